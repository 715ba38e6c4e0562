#pragma once
#include "solver/newton.hpp"

namespace nerveload {

/// The equations of a problem linearised about an equilibrium, its tangent factorised once: K du = f for many f.
/// The tangent takes the mixed fields of the state, which at an equilibrium are those of its displacements (docs/decisions/0005).
class Linearisation {
 public:
  /// @param free_border  per border unknown, whether it has its own equation (force control) or is held
  Linearisation(Problem& problem, const State& state, std::vector<bool> free_border);

  /// Why there is none: a tangent that is not positive definite is no stable equilibrium's; empty = there is one.
  const std::string& fault() const { return fault_; }

  /// @param forces  a column for each right-hand side, over all unknowns, mN; those of held unknowns do not count
  /// @return increments of all unknowns, zero where held; relative residual below 1e-8. @throws NotSolved
  Eigen::MatrixXd solve(const Eigen::MatrixXd& forces) const;

  struct NotSolved : std::runtime_error {
    using std::runtime_error::runtime_error;
  };

 private:
  Eigen::MatrixXd solve_inner(const Eigen::MatrixXd& forces) const;
  Problem& problem_;
  std::vector<int> free_borders_;
  Eigen::MatrixXd border_columns_;  ///< K⁻¹ times the border of the free ones
  std::string fault_;
};

/// Residual of another model at a state of a problem: the same terms on the same topology with other numbers. All unknowns, mN.
/// The model's terms are claimed anew.
Eigen::VectorXd residual_of_variant(Problem& problem, const Model& variant, const State& state);

}  // namespace nerveload
