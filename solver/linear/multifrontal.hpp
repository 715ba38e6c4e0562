#pragma once
#include <atomic>
#include <memory>

#include "solver/linear/buffer_pool.hpp"
#include "solver/linear/elimination.hpp"

namespace nerveload {

/// Cholesky factorisation K = L Lᵀ by the multifrontal method (Duff & Reid 1983; Liu 1992) in single or double precision. Each front is
/// assembled from the matrix and its children's Schur complements, its columns are eliminated by dense kernels, and its own Schur
/// complement goes to its parent. Subtrees and the tiles of large fronts are tasks of OpenMP; every sum has one fixed order, so the factor is
/// the same to the bit for any number of threads.
template <class Real>
class Multifrontal {
 public:
  explicit Multifrontal(std::shared_ptr<const Elimination> elimination, const Eigen::SparseMatrix<double>& pattern);

  /// @param K  lower triangle with the pattern of the constructor
  /// @return false when a pivot is not positive: the matrix is not positive definite to this precision
  /// @throws InsufficientMemory
  [[nodiscard]] bool factorise(const Eigen::SparseMatrix<double>& K, int threads);

  /// Gives the factor's memory back; the next factorisation takes it anew.
  void release() { factor_.reset(); }

  /// X ← K⁻¹ X, one column a right-hand side, in the rows of K.
  void solve(Eigen::MatrixXd& X, int threads) const;

  /// Of the factor, and of a factorisation with what it needs on the way: subtrees side by side hold more than one after another.
  static double factor_bytes(const Elimination& e) { return static_cast<double>(e.entries * sizeof(Real)); }
  static double peak_bytes(const Elimination& e) { return factor_bytes(e) + 2.0 * static_cast<double>(e.waiting * sizeof(Real)); }

 private:
  using Buffer = std::vector<Real>;
  bool scale_by_diagonal(const Eigen::SparseMatrix<double>& K, int threads);
  void factorise_subtree(int front);
  void factorise_front(int front);
  void assemble(int front, Real* panel, Real* schur);
  void eliminate(const Front& f, Real* panel, Real* schur);
  void eliminate_in_tiles(const Front& f, Real* panel, Real* schur);
  // multifrontal_solve.cpp
  struct RightHandSides;
  void forward(int front, const RightHandSides& r) const;
  void eliminate_forward(int front, const RightHandSides& r) const;
  void back(int front, const RightHandSides& r) const;
  void substitute_back(int front, const RightHandSides& r) const;

  std::shared_ptr<const Elimination> elimination_;
  std::size_t factor_entries_ = 0;
  std::vector<std::size_t> panel_;      ///< where the columns of each front begin in factor_
  std::vector<std::size_t> workspace_;  ///< where the rows of each front begin in a vector that holds every front's
  std::size_t workspace_size_ = 0;
  std::vector<int> entry_;                ///< entries of the matrix, front by front: place in its value array
  std::vector<int> entry_place_;          ///< … and in the front's columns
  std::vector<std::size_t> first_entry_;  ///< of each front
  Eigen::VectorXd scale_;                 ///< of rows and columns
  std::vector<Real> scaled_;              ///< entries of the matrix
  std::unique_ptr<Real[]> factor_;        ///< width columns of `size` rows each, front by front
  std::vector<Buffer> schur_;             ///< of fronts whose parent is not assembled yet: below × below, lower triangle
  BufferPool<Real> pool_;
  std::atomic<bool> definite_{true}, out_of_memory_{false};
};

}  // namespace nerveload
