#include "solver/linear/conjugate_gradients.hpp"

namespace nerveload {

CgReport conjugate_gradients(const Eigen::SparseMatrix<double>& K, const LinearSolver& factor, const Eigen::MatrixXd& B, double tolerance, int limit,
                             Eigen::MatrixXd& X) {
  CgReport report;
  const Eigen::Index columns = B.cols();
  X = Eigen::MatrixXd::Zero(B.rows(), columns);
  const Eigen::RowVectorXd goal = tolerance * B.colwise().norm();
  Eigen::MatrixXd R = B, P, KP;
  Eigen::RowVectorXd rz = Eigen::RowVectorXd::Ones(columns);
  const auto arrived = [&](Eigen::Index c) { return R.col(c).norm() <= goal[c]; };  // never, once it is not a number
  const auto all_arrived = [&] {
    for (Eigen::Index c = 0; c < columns; ++c)
      if (!arrived(c)) return false;
    return true;
  };
  while (!all_arrived()) {
    if (report.iterations == limit) {
      report.ending = CgEnding::iteration_limit;
      return report;
    }
    const Eigen::MatrixXd Z = factor.solve(R);
    ++report.iterations;
    const Eigen::RowVectorXd next = R.cwiseProduct(Z).colwise().sum();
    if (report.iterations == 1) P = Z;
    else
      for (Eigen::Index c = 0; c < columns; ++c) P.col(c) = Z.col(c) + (rz[c] > 0.0 ? next[c] / rz[c] : 0.0) * P.col(c);
    rz = next;
    KP.noalias() = K.selfadjointView<Eigen::Lower>() * P;
    for (Eigen::Index c = 0; c < columns; ++c) {
      if (arrived(c)) continue;
      const double curvature = P.col(c).dot(KP.col(c));
      if (!(curvature > 0.0)) {
        report.ending = CgEnding::negative_curvature;
        return report;
      }
      const double a = rz[c] / curvature;
      X.col(c) += a * P.col(c);
      R.col(c) -= a * KP.col(c);
    }
  }
  return report;
}

}  // namespace nerveload
