#pragma once
#include <Eigen/Sparse>

#include "solver/linear/linear_solver.hpp"

namespace nerveload {

/// Why conjugate gradients stopped.
enum class CgEnding { converged, iteration_limit, negative_curvature };

struct CgReport {
  CgEnding ending = CgEnding::converged;
  int iterations = 0;  ///< applications of the preconditioner, one for all right-hand sides together
};

/// Solves K X = B with a factorisation as preconditioner: one of K itself in single precision, of a K that is some iterations or steps old, or
/// of K with a raised diagonal. The right-hand sides go side by side, so that the factor is read once for all.
/// @param K          lower triangle, symmetric
/// @param tolerance  on |b − K x| / |b| of every column
/// @param X          the best there is, whatever the ending
/// @return negative_curvature as soon as a direction with pᵀKp ≤ 0 shows that K is not positive definite
CgReport conjugate_gradients(const Eigen::SparseMatrix<double>& K, const LinearSolver& factor, const Eigen::MatrixXd& B, double tolerance, int limit,
                             Eigen::MatrixXd& X);

}  // namespace nerveload
