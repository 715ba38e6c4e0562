#pragma once
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "solver/base/memory.hpp"
#include "solver/linear/dense_kernels.hpp"
#include "solver/linear/linear_solver.hpp"
#include "solver/linear/multifrontal.hpp"

namespace nerveload {

/// The multifrontal factorisation as a linear solver: one analysis a pattern, which throws InsufficientMemory where the
/// factorisation would not find room. In single precision (Real = float) it takes half the time and
/// memory of double, and its solves are good to five digits or so: as a preconditioner it needs two or three iterations for ten.
template <class Real>
class MultifrontalSolver final : public LinearSolver {
 public:
  explicit MultifrontalSolver(int threads) : threads_(threads) { use_best_dense_kernels(); }
  void analyse(const Eigen::SparseMatrix<double>& pattern) override {
    elimination_ = std::make_shared<Elimination>(plan_elimination(pattern));
    const double needed = Multifrontal<Real>::peak_bytes(*elimination_), available = available_memory_bytes();
    if (needed > available) throw InsufficientMemory(needed, available);
    const double addresses = needed + threads_ * dense_buffer_bytes;
    if (addresses > available_address_bytes()) throw InsufficientMemory(addresses, available_address_bytes());
    factor_.emplace(elimination_, pattern);
  }
  bool factorise(const Eigen::SparseMatrix<double>& K) override { return factor_->factorise(K, threads_); }
  Eigen::MatrixXd solve(const Eigen::MatrixXd& rhs) const override {
    Eigen::MatrixXd x = rhs;
    factor_->solve(x, threads_);
    return x;
  }
  void release() override {
    if (factor_) factor_->release();
  }
  FactorCost cost() const override {
    if (!elimination_) return {};
    return {elimination_->work, Multifrontal<Real>::factor_bytes(*elimination_)};
  }
  std::string name() const override {
    return std::string("multifrontal, ") + (std::is_same_v<Real, float> ? "single" : "double") + " precision, " + dense_kernels_name();
  }

 private:
  /// What OpenBLAS 0.3 takes of addresses for each thread, most of it never touched; where a limit denies it, it tries for ever.
  static constexpr double dense_buffer_bytes = 135e6;
  int threads_;
  std::shared_ptr<const Elimination> elimination_;
  std::optional<Multifrontal<Real>> factor_;
};

}  // namespace nerveload
