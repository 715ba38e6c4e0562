#pragma once
#include <Eigen/Sparse>

#include "solver/linear/linear_solver.hpp"

namespace nerveload {

/// Why conjugate gradients stopped.
enum class CgEnding { converged, iteration_limit, negative_curvature };

struct CgReport {
  CgEnding ending = CgEnding::converged;
  int iterations = 0;
};

/// Solves K x = b with an older factorisation as preconditioner: a tangent that is some iterations or steps old is an
/// excellent one, and a pair of triangular solves costs a thirtieth of a new factorisation.
/// @param K          lower triangle, symmetric
/// @param tolerance  on |b − K x| / |b|
/// @return negative_curvature as soon as a direction with pᵀKp ≤ 0 shows that K is not positive definite
inline CgReport conjugate_gradient(const Eigen::SparseMatrix<double>& K, const LinearSolver& old_factor, const Eigen::VectorXd& b, double tolerance,
                                   int limit, Eigen::VectorXd& x) {
  CgReport report;
  x = Eigen::VectorXd::Zero(b.size());
  Eigen::VectorXd r = b;
  const double goal = tolerance * b.norm();
  if (!(b.norm() > 0.0)) return report;
  Eigen::VectorXd z = old_factor.solve(r), p = z, Kp(b.size());
  double rz = r.dot(z);
  while (report.iterations < limit) {
    Kp.noalias() = K.selfadjointView<Eigen::Lower>() * p;
    const double curvature = p.dot(Kp);
    if (!(curvature > 0.0)) {
      report.ending = CgEnding::negative_curvature;
      return report;
    }
    const double a = rz / curvature;
    x += a * p;
    r -= a * Kp;
    ++report.iterations;
    if (r.norm() <= goal) return report;
    z = old_factor.solve(r);
    const double next = r.dot(z);
    p = z + (next / rz) * p;
    rz = next;
  }
  report.ending = CgEnding::iteration_limit;
  return report;
}

}  // namespace nerveload
