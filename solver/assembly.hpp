#pragma once
#include <Eigen/Sparse>
#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "solver/base/error.hpp"
#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

using SparseMatrix = Eigen::SparseMatrix<double>;  ///< lower triangle, column-major

/// Prescribed motion of one unknown: value = rate · path.
struct Prescribed {
  int unknown;
  double rate;
};

/// The mechanics of one problem: terms on a mesh and the motions prescribed to its unknowns.
struct Model {
  const Mesh* mesh = nullptr;
  std::vector<std::unique_ptr<Term>> terms;
  std::vector<Prescribed> supports;  ///< at most one entry an unknown
};

/// Where every block of every term goes in the sparse tangent: made once, used for every assembly.
class Assembly {
 public:
  explicit Assembly(const Model& model);

  /// Whether this is what another model's assembly would be: the same unknowns, blocks and supports. Its terms have claimed them after that.
  bool fits(const Model& model) const;

  const Layout& layout() const { return layout_; }
  const SparseMatrix& pattern() const { return pattern_; }
  int free_count() const { return static_cast<int>(pattern_.rows()); }
  /// Row of an unknown in the sparse system; −1 for prescribed and for border unknowns.
  int row(int unknown) const { return row_[unknown]; }
  const std::vector<int>& free_unknowns() const { return free_; }
  /// Zero state with the terms' initial values.
  State initial_state(const Model& model) const;

 private:
  friend class NewtonSystem;
  void build_pattern();
  void locate_blocks();
  /// Writes the places of a block by entries, or of a pair of nodes in one by pairs.
  void locate_entries(std::span<const int> block, int* place) const;
  int* locate_pair(std::span<const int> m, std::span<const int> n, int* place) const;
  int* locate_whole_pair(int m, int n, int* place) const;
  int place_of(int u, int v) const;
  int position(int row, int column) const;
  Layout layout_;
  std::vector<int> row_, free_;
  SparseMatrix pattern_;
  std::vector<std::size_t> position_offset_;  ///< per block
  /// Places in the value array. Of a block by entries: its lower triangle by rows, −1 = none. Of one by pairs, for each node pair a ≥ b:
  /// if all their unknowns are rows, a node's three in order, where the first row of the pair stands in the three columns of its other node, the
  /// one with the lower rows (rows of a node follow one another in a column), the first place as −1 − place if those columns are a's;
  /// else `by_entries` and the places of the nine entries.
  std::vector<int> position_;
  static constexpr int by_entries = std::numeric_limits<int>::min();
};

/// Residual and tangent at one state.
class NewtonSystem {
 public:
  explicit NewtonSystem(const Assembly& assembly);

  /// What the terms are asked for.
  struct Request {
    bool tangent = true;
    const Eigen::VectorXd* prescribed_increment = nullptr;  ///< pending motion of prescribed unknowns
  } request;

  void evaluate(const Model& model, const State& state);

  /// Adds a block's residual and lower triangle (by rows); the block's order is that of its registration.
  void add(int block, const double* residual, const double* tangent);

  /// The same for a block of couple_cell(): 3 numbers a node, 9 a node pair a ≥ b (by a, then b; K_ai,bk at 3i + k; of a pair (a, a) only i ≥ k
  /// is read), each `stride` numbers from the one before.
  void add_pairs(int block, const double* residual, const double* pairs, int stride);
  /// Fetches what add_pairs() will write to, for a block whose turn comes soon: on large meshes its rows are far from the processor, and in no
  /// order that it would guess.
  void prefetch_pairs(int block) const;

  /// The same from a full symmetric matrix of up to 24 rows.
  template <class Residual, class Matrix>
  void add_full(int block, const Residual& r, const Matrix& K) {
    constexpr int most = 24;
    NL_EXPECT(K.rows() <= most, "a small block");
    std::array<double, most*(most + 1) / 2> lower;
    for (Eigen::Index i = 0, k = 0; i < K.rows(); ++i)
      for (Eigen::Index j = 0; j <= i; ++j) lower[static_cast<std::size_t>(k++)] = K(i, j);
    add(block, r.data(), lower.data());
  }

  /// What a term without cells reports: a cell that is inverted as well comes first.
  static constexpr int not_a_cell = std::numeric_limits<int>::max() - 1;
  /// Threads may report; the lowest cell number is kept, so the report does not depend on their order.
  void report_inverted(int cell);

  Eigen::VectorXd residual;       ///< all unknowns, mN
  SparseMatrix tangent;           ///< free unknowns
  Eigen::MatrixXd border;         ///< free × border unknowns
  Eigen::MatrixXd border_corner;  ///< border × border
  Eigen::VectorXd forcing;        ///< tangent of the free rows times the prescribed increment
  Eigen::VectorXd border_forcing;
  double reference_force = 0.0;  ///< size of the forces in balance: largest norm among the terms' partial sums, mN
  int inverted_cell = -1;

 private:
  template <int stride>
  void add_pairs(std::span<const int> members, const int* place, const double* pairs);
  /// An entry that is not in the sparse matrix, of unknowns ui and uj: into the border or, with pending motion, the forcing.
  void add_outside(int ui, int uj, double entry);
  const Assembly& assembly_;
  std::vector<int> border_index_;  ///< per unknown, −1 = none
  std::atomic<int> inverted_;
};

}  // namespace nerveload
