#pragma once
#ifdef NERVELOAD_HAVE_CHOLMOD
#include <Eigen/CholmodSupport>

#include "solver/linear/linear_solver.hpp"

namespace nerveload {

/// CHOLMOD's supernodal factorisation through Eigen's interface, METIS ordering, dense kernels of a threaded OpenBLAS.
class Cholmod final : public LinearSolver {
 public:
  explicit Cholmod(int threads);
  void analyse(const Eigen::SparseMatrix<double>& pattern) override;
  bool factorise(const Eigen::SparseMatrix<double>& K) override;
  Eigen::MatrixXd solve(const Eigen::MatrixXd& rhs) const override;
  std::string name() const override;

 private:
  int threads_;
  Eigen::CholmodSupernodalLLT<Eigen::SparseMatrix<double>, Eigen::Lower> llt_;
};

}  // namespace nerveload
#endif
