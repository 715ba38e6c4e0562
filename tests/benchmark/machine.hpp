#pragma once
#include <chrono>
#include <string>

namespace nerveload {

/// Seconds of one call.
template <class Work>
double seconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Best of some calls, seconds: what the machine can do when nothing else disturbs it.
template <class Work>
double best_of(int repetitions, Work&& work) {
  double best = 1e300;
  for (int i = 0; i < repetitions; ++i) best = std::min(best, seconds(work));
  return best;
}

/// What the machine can do, measured.
struct MachineLimits {
  std::string processor, kernels;
  int cores = 1;
  double dgemm_1 = 0.0, dgemm_all = 0.0, sgemm_1 = 0.0, sgemm_all = 0.0;  ///< matrix products of n = 2000, GF/s, on one core and on all
  double read_1 = 0.0, read_all = 0.0;                                    ///< reading of memory far larger than the caches, GB/s
};
MachineLimits measure_machine();

/// Peak memory of this process so far, GB.
double peak_memory_GB();

}  // namespace nerveload
