#include "solver/linear/cholmod.hpp"

#ifdef NERVELOAD_HAVE_CHOLMOD
#include <omp.h>

extern "C" {
void openblas_set_num_threads(int);
char* openblas_get_corename(void);
}

namespace nerveload {
namespace {

/// Debian's CHOLMOD opens OpenMP regions with a compiled-in thread count on every small supernode, whatever OMP_NUM_THREADS
/// says; beside a threaded BLAS that costs a factor of thirty (performance trap 1). Keep those regions serial around a call.
class SerialOpenMpRegions {
 public:
  SerialOpenMpRegions() : levels_(omp_get_max_active_levels()) { omp_set_max_active_levels(0); }
  ~SerialOpenMpRegions() { omp_set_max_active_levels(levels_); }
  SerialOpenMpRegions(const SerialOpenMpRegions&) = delete;
  SerialOpenMpRegions& operator=(const SerialOpenMpRegions&) = delete;

 private:
  int levels_;
};

}  // namespace

Cholmod::Cholmod(int threads) : threads_(threads) {
  llt_.cholmod().print = 0;
  llt_.cholmod().nmethods = 1;
  llt_.cholmod().method[0].ordering = CHOLMOD_METIS;
}

void Cholmod::analyse(const Eigen::SparseMatrix<double>& pattern) {
  const SerialOpenMpRegions serial;
  llt_.analyzePattern(pattern);
}

bool Cholmod::factorise(const Eigen::SparseMatrix<double>& K) {
  const SerialOpenMpRegions serial;
  openblas_set_num_threads(threads_);
  llt_.factorize(K);
  return llt_.info() == Eigen::Success;
}

Eigen::MatrixXd Cholmod::solve(const Eigen::MatrixXd& rhs) const {
  const SerialOpenMpRegions serial;
  openblas_set_num_threads(1);  // triangular solves are bound by memory: a second thread only adds its waiting
  return llt_.solve(rhs);
}

std::string Cholmod::name() const { return std::string("CHOLMOD supernodal, OpenBLAS ") + openblas_get_corename(); }

}  // namespace nerveload
#endif
