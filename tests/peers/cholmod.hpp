#pragma once
#include <Eigen/Sparse>
#include <memory>
#include <vector>

namespace nerveload {

/// The unit of the benchmarks: CHOLMOD's supernodal factorisation in double precision, on one thread of OpenBLAS.
class Cholmod {
 public:
  /// Symbolic analysis of a lower triangle.
  /// @param order  order[k] = row that is eliminated as the k-th
  Cholmod(const Eigen::SparseMatrix<double>& K, const std::vector<int>& order);
  ~Cholmod();
  Cholmod(const Cholmod&) = delete;
  Cholmod& operator=(const Cholmod&) = delete;

  [[nodiscard]] bool factorise(const Eigen::SparseMatrix<double>& K);
  Eigen::VectorXd solve(const Eigen::VectorXd& rhs) const;
  double work() const;  ///< operations of a factorisation, as CHOLMOD counts them

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace nerveload
