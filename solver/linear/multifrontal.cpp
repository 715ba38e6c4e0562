#include "solver/linear/multifrontal.hpp"

#include <algorithm>
#include <new>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/base/memory.hpp"
#include "solver/linear/blas.hpp"

extern "C" void openblas_set_num_threads(int);

namespace nerveload {
namespace {

/// Operations of a subtree that are worth a task of their own, and of a front that is worth cutting into tiles.
constexpr double task_work = 2e7, tiled_work = 5e7;
constexpr int tile = 256;

int tiles(int n) { return (n + tile - 1) / tile; }

/// Adds a child's Schur complement to its parent's front. `place` is ascending, so the lower triangle stays one.
template <class Real>
void add_child(const Front& child, const Real* from, int width, int size, Real* panel, Real* schur) {
  const int n = child.below(), below = size - width;
  const int* place = child.place.data();
  const int split = static_cast<int>(std::lower_bound(place, place + n, width) - place);  // children's rows from here on are rows below
  for (int j = 0; j < n; ++j) {
    const Real* source = from + static_cast<std::size_t>(j) * n;
    if (j < split) {
      Real* target = panel + static_cast<std::size_t>(place[j]) * size;
      for (int i = j; i < n; ++i) target[place[i]] += source[i];
    } else {
      Real* target = schur + static_cast<std::size_t>(place[j] - width) * below - width;
      for (int i = j; i < n; ++i) target[place[i]] += source[i];
    }
  }
}

}  // namespace

template <class Real>
Multifrontal<Real>::Multifrontal(std::shared_ptr<const Elimination> elimination, const Eigen::SparseMatrix<double>& pattern)
    : elimination_(std::move(elimination)), first_entry_(elimination_->fronts.size() + 1, 0), schur_(elimination_->fronts.size()) {
  const Elimination& e = *elimination_;
  std::vector<int> front_of(e.order.size());
  for (std::size_t k = 0; k < e.fronts.size(); ++k) {
    const Front& f = e.fronts[k];
    std::fill_n(front_of.begin() + f.first, f.width, static_cast<int>(k));
    panel_.push_back(factor_entries_);
    factor_entries_ += static_cast<std::size_t>(f.width) * static_cast<std::size_t>(f.size());
    workspace_.push_back(workspace_size_);
    workspace_size_ += static_cast<std::size_t>(f.size());
  }
  const auto each_entry = [&](auto&& visit) {
    for (int c = 0; c < pattern.cols(); ++c)
      for (int k = pattern.outerIndexPtr()[c]; k < pattern.outerIndexPtr()[c + 1]; ++k) {
        const int a = e.position[c], b = e.position[pattern.innerIndexPtr()[k]];
        visit(k, std::min(a, b), std::max(a, b));
      }
  };
  each_entry([&](int, int column, int) { ++first_entry_[front_of[column] + 1]; });
  std::partial_sum(first_entry_.begin(), first_entry_.end(), first_entry_.begin());
  entry_.resize(first_entry_.back());
  entry_place_.resize(entry_.size());
  const auto widest = std::max_element(e.fronts.begin(), e.fronts.end(), [](const Front& a, const Front& b) { return a.size() < b.size(); });
  NL_EXPECT(widest == e.fronts.end() || widest->size() <= 46340, "fronts whose entries an int counts");
  std::vector<std::size_t> at(first_entry_.begin(), first_entry_.end() - 1);
  each_entry([&](int k, int column, int row) {
    const Front& f = e.fronts[front_of[column]];
    const std::size_t slot = at[front_of[column]]++;
    entry_[slot] = k;
    entry_place_[slot] = (column - f.first) * f.size() + f.local(row);
  });
}

template <class Real>
bool Multifrontal<Real>::factorise(const Eigen::SparseMatrix<double>& K, int threads) {
  NL_EXPECT(static_cast<std::size_t>(K.nonZeros()) == entry_.size(), "the pattern that was analysed");
  if (!factor_) factor_ = std::make_unique_for_overwrite<Real[]>(factor_entries_);
  if (!scale_by_diagonal(K, threads)) return false;
  definite_ = true;
  out_of_memory_ = false;
  openblas_set_num_threads(1);  // threads are ours: subtrees and tiles
#pragma omp parallel num_threads(threads)
#pragma omp single
  for (std::size_t k = 0; k < elimination_->fronts.size(); ++k)
    if (elimination_->fronts[k].parent < 0) factorise_subtree(static_cast<int>(k));
  if (out_of_memory_) throw InsufficientMemory(peak_bytes(*elimination_), available_memory_bytes());
  return definite_;
}

/// S K S with S = diag(K)^(−1/2): a diagonal of ones, whose factor overflows in single precision as little as K itself in double.
template <class Real>
bool Multifrontal<Real>::scale_by_diagonal(const Eigen::SparseMatrix<double>& K, int threads) {
  const Eigen::VectorXd diagonal = K.diagonal();
  if (!(diagonal.array() > 0.0).all()) return false;
  scale_ = diagonal.cwiseSqrt().cwiseInverse();
  scaled_.resize(entry_.size());
#pragma omp parallel for schedule(static) num_threads(threads)
  for (Eigen::Index c = 0; c < K.cols(); ++c)
    for (int k = K.outerIndexPtr()[c]; k < K.outerIndexPtr()[c + 1]; ++k)
      scaled_[k] = static_cast<Real>(K.valuePtr()[k] * scale_[c] * scale_[K.innerIndexPtr()[k]]);
  return true;
}

template <class Real>
void Multifrontal<Real>::factorise_subtree(int front) {
  const Front& f = elimination_->fronts[front];
  for (const int child : f.children) {
    if (elimination_->fronts[child].subtree > task_work) {
#pragma omp task
      factorise_subtree(child);
    }
  }
  for (const int child : f.children)
    if (!(elimination_->fronts[child].subtree > task_work)) factorise_subtree(child);
#pragma omp taskwait
  factorise_front(front);
}

template <class Real>
void Multifrontal<Real>::factorise_front(int front) {
  const Front& f = elimination_->fronts[front];
  const std::size_t below = static_cast<std::size_t>(f.below());
  if (definite_) {
    try {
      schur_[front] = pool_.take(below * below);
      Real* panel = factor_.get() + panel_[front];
      assemble(front, panel, schur_[front].data());
      if (f.work > tiled_work) eliminate_in_tiles(f, panel, schur_[front].data());
      else eliminate(f, panel, schur_[front].data());
    } catch (const std::bad_alloc&) {  // must not leave its task
      out_of_memory_ = true;
      definite_ = false;
    }
  }
  for (const int child : f.children) pool_.give(std::move(schur_[child]));
  if (f.parent < 0) pool_.give(std::move(schur_[front]));
}

template <class Real>
void Multifrontal<Real>::assemble(int front, Real* panel, Real* schur) {
  const Front& f = elimination_->fronts[front];
  std::fill_n(panel, static_cast<std::size_t>(f.width) * static_cast<std::size_t>(f.size()), Real(0));
  const std::size_t below = static_cast<std::size_t>(f.below());
  for (std::size_t j = 0; j < below; ++j) std::fill(schur + j * below + j, schur + (j + 1) * below, Real(0));
  for (std::size_t k = first_entry_[front]; k < first_entry_[front + 1]; ++k) panel[entry_place_[k]] = scaled_[entry_[k]];
  for (const int child : f.children) add_child(elimination_->fronts[child], schur_[child].data(), f.width, f.size(), panel, schur);
}

template <class Real>
void Multifrontal<Real>::eliminate(const Front& f, Real* panel, Real* schur) {
  const int size = f.size(), below = f.below();
  if (blas::potrf(f.width, panel, size) != 0) {
    definite_ = false;
    return;
  }
  if (below == 0) return;
  blas::trsm(below, f.width, panel, size, panel + f.width, size);
  blas::syrk(below, f.width, panel + f.width, size, schur, below);
}

template <class Real>
void Multifrontal<Real>::eliminate_in_tiles(const Front& f, Real* panel, Real* schur) {
  const int size = f.size(), below = f.below();
  const auto at = [&](int row, int column) { return panel + static_cast<std::size_t>(column) * size + row; };
  for (int k = 0; k < f.width; k += tile) {
    const int columns = std::min(tile, f.width - k), next = k + columns;
    if (blas::potrf(columns, at(k, k), size) != 0) {
      definite_ = false;
      return;
    }
    if (next == size) return;  // clang 14 takes a taskloop without iterations for one of 2^32
#pragma omp taskloop grainsize(1)
    for (int i = 0; i < tiles(size - next); ++i) {
      const int row = next + i * tile;
      blas::trsm(std::min(tile, size - row), columns, at(k, k), size, at(row, k), size);
    }
    // The columns still to be eliminated, tile by tile of the lower trapezium.
    const int down = tiles(size - next), across = tiles(f.width - next);
    if (across == 0) continue;
#pragma omp taskloop grainsize(1) collapse(2)
    for (int j = 0; j < across; ++j)
      for (int i = 0; i < down; ++i) {
        if (i < j) continue;
        const int row = next + i * tile, column = next + j * tile;
        const int rows = std::min(tile, size - row), width = std::min(tile, f.width - column);
        if (i == j) {
          blas::syrk(width, columns, at(column, k), size, at(column, column), size);
          if (rows > width) blas::gemm(rows - width, width, columns, at(row + width, k), size, at(column, k), size, at(row + width, column), size);
        } else {
          blas::gemm(rows, width, columns, at(row, k), size, at(column, k), size, at(row, column), size);
        }
      }
  }
  const int count = tiles(below);
  if (count == 0) return;
#pragma omp taskloop grainsize(1) collapse(2)
  for (int j = 0; j < count; ++j)
    for (int i = 0; i < count; ++i) {
      if (i < j) continue;
      const int row = i * tile, column = j * tile, rows = std::min(tile, below - row), columns = std::min(tile, below - column);
      Real* target = schur + static_cast<std::size_t>(column) * below + row;
      if (i == j) blas::syrk(rows, f.width, at(f.width + row, 0), size, target, below);
      else blas::gemm(rows, columns, f.width, at(f.width + row, 0), size, at(f.width + column, 0), size, target, below);
    }
}

template class Multifrontal<float>;
template class Multifrontal<double>;

}  // namespace nerveload
