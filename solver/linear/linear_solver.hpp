#pragma once
#include <Eigen/Sparse>
#include <memory>
#include <string>

namespace nerveload {

/// Cholesky factorisation of a symmetric positive definite matrix given by its lower triangle.
/// `factorise` answers false for a matrix that is not positive definite: a value, not an exception.
struct LinearSolver {
  virtual ~LinearSolver() = default;
  virtual void analyse(const Eigen::SparseMatrix<double>& pattern) = 0;
  [[nodiscard]] virtual bool factorise(const Eigen::SparseMatrix<double>& K) = 0;
  virtual Eigen::MatrixXd solve(const Eigen::MatrixXd& right_hand_sides) const = 0;
  virtual std::string name() const = 0;
};

enum class LinearSolverKind { best_available, eigen_ldlt, cholmod };

/// @param threads  for the dense kernels inside the factorisation
/// @throws ContractError when the kind is not in this build
std::unique_ptr<LinearSolver> make_linear_solver(LinearSolverKind kind, int threads);

}  // namespace nerveload
