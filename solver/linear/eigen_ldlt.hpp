#pragma once
#include <Eigen/SparseCholesky>

#include "solver/linear/linear_solver.hpp"

namespace nerveload {

/// Eigen's own simplicial factorisation: no other library, no GPL code, for small models.
class EigenLdlt final : public LinearSolver {
 public:
  void analyse(const Eigen::SparseMatrix<double>& pattern) override { ldlt_.analyzePattern(pattern); }
  bool factorise(const Eigen::SparseMatrix<double>& K) override {
    ldlt_.factorize(K);
    return ldlt_.info() == Eigen::Success && (K.rows() == 0 || ldlt_.vectorD().minCoeff() > 0.0);
  }
  Eigen::MatrixXd solve(const Eigen::MatrixXd& rhs) const override { return ldlt_.solve(rhs); }
  std::string name() const override { return "Eigen SimplicialLDLT"; }

 private:
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>, Eigen::Lower> ldlt_;
};

}  // namespace nerveload
