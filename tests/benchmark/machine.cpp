#include "tests/benchmark/machine.hpp"

#include <omp.h>
#include <sys/resource.h>

#include <Eigen/Dense>
#include <fstream>
#include <thread>
#include <vector>

#include "solver/linear/blas.hpp"
#include "solver/linear/dense_kernels.hpp"

extern "C" void openblas_set_num_threads(int);

namespace nerveload {
namespace {

/// GF/s of C ← C − A Bᵀ.
template <class Real>
double product_rate(int threads) {
  constexpr int n = 2000;
  const std::vector<Real> a(n * n, Real(1e-3)), b(n * n, Real(1e-3));
  std::vector<Real> c(n * n, Real(0));
  openblas_set_num_threads(threads);
  const double time = best_of(5, [&] { blas::gemm(n, n, n, a.data(), n, b.data(), n, c.data(), n); });
  openblas_set_num_threads(1);
  return 2e-9 * n * n * n / time;
}

double read_rate(int threads) {
  const Eigen::Index count = 1 << 27;
  const Eigen::VectorXf values = Eigen::VectorXf::Ones(count);
  double sum = 0.0;
  const double time = best_of(5, [&] {
#pragma omp parallel for num_threads(threads) reduction(+ : sum)
    for (int part = 0; part < 64; ++part) sum += values.segment(part * (count / 64), count / 64).sum();
  });
  return sum > 0.0 ? 4e-9 * double(count) / time : 0.0;
}

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown processor";
}

}  // namespace

MachineLimits measure_machine() {
  use_best_dense_kernels();
  MachineLimits m;
  m.processor = processor();
  m.kernels = dense_kernels_name();
  m.cores = static_cast<int>(std::thread::hardware_concurrency());
  m.dgemm_1 = product_rate<double>(1);
  m.dgemm_all = product_rate<double>(m.cores);
  m.sgemm_1 = product_rate<float>(1);
  m.sgemm_all = product_rate<float>(m.cores);
  m.read_1 = read_rate(1);
  m.read_all = read_rate(m.cores);
  return m;
}

double peak_memory_GB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_maxrss) / (1024.0 * 1024.0);
}

}  // namespace nerveload
