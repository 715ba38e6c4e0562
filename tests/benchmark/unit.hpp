#pragma once
#include <limits>

#include "solver/linear/elimination.hpp"
#include "tests/benchmark/machine.hpp"
#include "tests/peers/cholmod.hpp"

namespace nerveload {

/// F: one factorisation by CHOLMOD on one thread, seconds; not a number where it refuses the matrix.
inline double unit_of(const Eigen::SparseMatrix<double>& K, const Elimination& plan, int repetitions) {
  Cholmod cholmod(K, plan.order);
  bool good = true;
  const double time = best_of(repetitions, [&] { good = cholmod.factorise(K) && good; });
  return good ? time : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace nerveload
