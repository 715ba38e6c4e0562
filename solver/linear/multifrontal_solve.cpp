/// The triangular solves of the multifrontal factorisation. They are bound by reading the factor: a front's columns are read once for all
/// right-hand sides, and subtrees and the tiles of large fronts are tasks, for a second core reads from memory as well.
#include <algorithm>

#include "solver/linear/blas.hpp"
#include "solver/linear/multifrontal.hpp"

extern "C" void openblas_set_num_threads(int);

namespace nerveload {
namespace {

/// Operations of a subtree's factorisation from which its solve is worth a task, and entries of a front worth cutting into tiles.
constexpr double task_work = 1e8, tiled_entries = 4e5;
constexpr int block = 256, tall = 1024, part = 64;  ///< columns eliminated at a time; rows and columns that a task takes

}  // namespace

/// Every front has its own rows in `workspace`: those of its columns, then those below.
template <class Real>
struct Multifrontal<Real>::RightHandSides {
  Real* x;  ///< in the order of elimination, column after column
  Real* workspace;
  std::size_t rows, workspace_rows;
  int columns;
};

template <class Real>
void Multifrontal<Real>::solve(Eigen::MatrixXd& X, int threads) const {
  const Elimination& e = *elimination_;
  const Eigen::Index n = X.rows(), columns = X.cols();
  if (n == 0) return;
  openblas_set_num_threads(1);
  // Columns of any size are brought to one, so that none overflows in single precision.
  Eigen::RowVectorXd unit = (scale_.asDiagonal() * X).cwiseAbs().colwise().maxCoeff();
  for (Eigen::Index c = 0; c < columns; ++c)
    if (!(unit[c] > 0.0)) unit[c] = 1.0;
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> x(n, columns), workspace(static_cast<Eigen::Index>(workspace_size_), columns);
  for (Eigen::Index c = 0; c < columns; ++c)
    for (Eigen::Index k = 0; k < n; ++k) x(k, c) = static_cast<Real>(X(e.order[k], c) * (scale_[e.order[k]] / unit[c]));
  const RightHandSides r{x.data(), workspace.data(), static_cast<std::size_t>(n), workspace_size_, static_cast<int>(columns)};
#pragma omp parallel num_threads(threads)
#pragma omp single
  for (std::size_t k = 0; k < e.fronts.size(); ++k)
    if (e.fronts[k].parent < 0) {
      forward(static_cast<int>(k), r);
      back(static_cast<int>(k), r);
    }
  for (Eigen::Index c = 0; c < columns; ++c)
    for (Eigen::Index k = 0; k < n; ++k) X(e.order[k], c) = static_cast<double>(x(k, c)) * (scale_[e.order[k]] * unit[c]);
}

template <class Real>
void Multifrontal<Real>::forward(int front, const RightHandSides& r) const {
  const Front& f = elimination_->fronts[front];
  for (const int child : f.children) {
#pragma omp task if (elimination_->fronts[child].subtree > task_work) shared(r)
    forward(child, r);
  }
#pragma omp taskwait
  eliminate_forward(front, r);
}

template <class Real>
void Multifrontal<Real>::eliminate_forward(int front, const RightHandSides& r) const {
  const Front& f = elimination_->fronts[front];
  const int size = f.size(), width = f.width;
  for (int c = 0; c < r.columns; ++c) {
    Real* y = r.workspace + static_cast<std::size_t>(c) * r.workspace_rows + workspace_[front];
    std::copy_n(r.x + static_cast<std::size_t>(c) * r.rows + f.first, width, y);
    std::fill_n(y + width, f.below(), Real(0));
    for (const int k : f.children) {
      const Front& child = elimination_->fronts[k];
      const Real* from = r.workspace + static_cast<std::size_t>(c) * r.workspace_rows + workspace_[k] + child.width;
      for (int i = 0; i < child.below(); ++i) y[child.place[i]] += from[i];
    }
  }
  const Real* panel = factor_.get() + panel_[front];
  const bool tiled = double(size) * width > tiled_entries;
  for (int k = 0; k < width; k += block) {
    const int count = std::min(block, width - k), next = k + count;
    const Real* columns = panel + static_cast<std::size_t>(k) * size;
    Real* y = r.workspace + workspace_[front];
    for (int c = 0; c < r.columns; ++c) blas::trsv(false, count, columns + k, size, y + c * r.workspace_rows + k);
    if (next == size) break;  // no taskloop without iterations: multifrontal.cpp
#pragma omp taskloop grainsize(1) if (tiled)
    for (int row = next; row < size; row += tall)
      for (int c = 0; c < r.columns; ++c) {
        Real* here = y + c * r.workspace_rows;
        blas::gemv(false, std::min(tall, size - row), count, columns + row, size, here + k, here + row);
      }
  }
  for (int c = 0; c < r.columns; ++c)
    std::copy_n(r.workspace + static_cast<std::size_t>(c) * r.workspace_rows + workspace_[front], width,
                r.x + static_cast<std::size_t>(c) * r.rows + f.first);
}

template <class Real>
void Multifrontal<Real>::back(int front, const RightHandSides& r) const {
  substitute_back(front, r);
  for (const int child : elimination_->fronts[front].children) {
#pragma omp task if (elimination_->fronts[child].subtree > task_work) shared(r)
    back(child, r);
  }
#pragma omp taskwait
}

template <class Real>
void Multifrontal<Real>::substitute_back(int front, const RightHandSides& r) const {
  const Front& f = elimination_->fronts[front];
  const int size = f.size(), width = f.width;
  Real* y = r.workspace + workspace_[front];
  if (f.parent >= 0)
    for (int c = 0; c < r.columns; ++c) {
      const Real* from = r.workspace + static_cast<std::size_t>(c) * r.workspace_rows + workspace_[f.parent];
      Real* below = y + c * r.workspace_rows + width;
      for (int i = 0; i < f.below(); ++i) below[i] = from[f.place[i]];
    }
  const Real* panel = factor_.get() + panel_[front];
  const bool tiled = double(size) * width > tiled_entries;
  for (int k = (width - 1) / block * block; k >= 0; k -= block) {
    const int count = std::min(block, width - k), next = k + count;
#pragma omp taskloop grainsize(1) if (tiled)
    for (int column = k; column < next; column += part)
      for (int c = 0; c < r.columns; ++c) {
        Real* here = y + c * r.workspace_rows;
        if (next < size)
          blas::gemv(true, size - next, std::min(part, next - column), panel + static_cast<std::size_t>(column) * size + next, size, here + next,
                     here + column);
      }
    for (int c = 0; c < r.columns; ++c) blas::trsv(true, count, panel + static_cast<std::size_t>(k) * size + k, size, y + c * r.workspace_rows + k);
  }
  for (int c = 0; c < r.columns; ++c) std::copy_n(y + c * r.workspace_rows, width, r.x + static_cast<std::size_t>(c) * r.rows + f.first);
}

template class Multifrontal<float>;
template class Multifrontal<double>;

}  // namespace nerveload
