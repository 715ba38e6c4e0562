#pragma once
#include <Eigen/Sparse>
#include <cstddef>
#include <vector>

namespace nerveload {

/// Some neighbouring columns of a Cholesky factor that have the same rows below them, stored as a dense matrix.
/// The frontal matrix of the multifrontal method (Duff & Reid 1983) has `width + rows.size()` rows, the columns' own first.
struct Front {
  int first = 0;           ///< its first column, in the order of elimination
  int width = 0;           ///< columns eliminated in it
  std::vector<int> rows;   ///< rows below, ascending, in the order of elimination
  std::vector<int> place;  ///< of `rows` among the rows of the parent's frontal matrix; ascending
  int parent = -1;         ///< −1: a root
  std::vector<int> children;
  double work = 0.0;     ///< operations of this front
  double subtree = 0.0;  ///< of this front and all below it

  int below() const { return static_cast<int>(rows.size()); }
  int size() const { return width + below(); }
  /// Row of the frontal matrix that holds row `r` of the factor.
  int local(int r) const;
};

/// In which order the unknowns are eliminated, and in which fronts.
struct Elimination {
  std::vector<int> order;     ///< order[k] = row of the matrix that is eliminated as the k-th
  std::vector<int> position;  ///< its inverse
  std::vector<Front> fronts;  ///< children before their parents
  double work = 0.0;          ///< operations of a factorisation
  std::size_t entries = 0;    ///< stored entries of the factor
  std::size_t waiting = 0;    ///< most entries of Schur complements that wait for their parents at a time, on one thread
};

/// Nested dissection by METIS (Karypis & Kumar 1998) on the graph whose vertices are groups of unknowns with the same couplings (the
/// displacements of a node), elimination tree (Liu 1990), fronts, and fronts joined with their parents where a model of the machine says
/// that larger dense matrices pay for the zeros.
/// @param pattern  lower triangle, diagonal included, rows sorted
Elimination plan_elimination(const Eigen::SparseMatrix<double>& pattern);

}  // namespace nerveload
