#pragma once
#include <Eigen/Sparse>
#include <memory>
#include <string>

namespace nerveload {

/// What a factorisation and a pair of triangular solves cost, counted and not timed: the same matrix takes the same path every time.
struct FactorCost {
  double work = 0.0;   ///< operations of a factorisation
  double bytes = 0.0;  ///< of the factor, which a pair of solves reads twice
};

/// Cholesky factorisation of a symmetric positive definite matrix given by its lower triangle, perhaps in single precision: a preconditioner,
/// whose solves conjugate gradients refine (conjugate_gradients.hpp).
/// `factorise` answers false for a matrix that is not positive definite in its precision: a value, not an exception.
struct LinearSolver {
  virtual ~LinearSolver() = default;
  /// @throws InsufficientMemory
  virtual void analyse(const Eigen::SparseMatrix<double>& pattern) = 0;
  [[nodiscard]] virtual bool factorise(const Eigen::SparseMatrix<double>& K) = 0;
  virtual Eigen::MatrixXd solve(const Eigen::MatrixXd& right_hand_sides) const = 0;
  virtual void release() {}                       ///< gives the factor's memory back and keeps the analysis
  virtual FactorCost cost() const { return {}; }  ///< known after `analyse`; zeros: not counted
  virtual std::string name() const = 0;
};

enum class LinearSolverKind { best_available, eigen_ldlt, multifrontal, multifrontal_double };

/// @param threads  of a factorisation
/// @throws ContractError when the kind is not in this build
std::unique_ptr<LinearSolver> make_linear_solver(LinearSolverKind kind, int threads);

}  // namespace nerveload
