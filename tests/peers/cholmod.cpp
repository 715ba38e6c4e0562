#include "tests/peers/cholmod.hpp"

#include <cholmod.h>
#include <omp.h>

#include <stdexcept>

extern "C" void openblas_set_num_threads(int);

namespace nerveload {
namespace {

/// Debian's CHOLMOD opens OpenMP regions with a compiled-in thread count on every small supernode, whatever OMP_NUM_THREADS says; beside other
/// work that costs a factor of thirty. Keep those regions serial around a call.
class SerialOpenMpRegions {
 public:
  SerialOpenMpRegions() : levels_(omp_get_max_active_levels()) {
    omp_set_max_active_levels(0);
    openblas_set_num_threads(1);
  }
  ~SerialOpenMpRegions() { omp_set_max_active_levels(levels_); }
  SerialOpenMpRegions(const SerialOpenMpRegions&) = delete;
  SerialOpenMpRegions& operator=(const SerialOpenMpRegions&) = delete;

 private:
  int levels_;
};

/// CHOLMOD's view of a matrix, without copying it.
cholmod_sparse view(const Eigen::SparseMatrix<double>& K) {
  cholmod_sparse s{};
  s.nrow = static_cast<std::size_t>(K.rows());
  s.ncol = static_cast<std::size_t>(K.cols());
  s.nzmax = static_cast<std::size_t>(K.nonZeros());
  s.p = const_cast<int*>(K.outerIndexPtr());
  s.i = const_cast<int*>(K.innerIndexPtr());
  s.x = const_cast<double*>(K.valuePtr());
  s.stype = -1;  // lower triangle
  s.itype = CHOLMOD_INT;
  s.xtype = CHOLMOD_REAL;
  s.dtype = CHOLMOD_DOUBLE;
  s.sorted = s.packed = 1;
  return s;
}

}  // namespace

struct Cholmod::Data {
  cholmod_common common{};
  cholmod_factor* factor = nullptr;
};

Cholmod::Cholmod(const Eigen::SparseMatrix<double>& K, const std::vector<int>& order) : data_(std::make_unique<Data>()) {
  const SerialOpenMpRegions serial;
  cholmod_start(&data_->common);
  data_->common.nmethods = 1;
  data_->common.method[0].ordering = CHOLMOD_GIVEN;
  data_->common.supernodal = CHOLMOD_SUPERNODAL;
  cholmod_sparse matrix = view(K);
  data_->factor = cholmod_analyze_p(&matrix, const_cast<int*>(order.data()), nullptr, 0, &data_->common);
  if (!data_->factor) throw std::runtime_error("CHOLMOD could not analyse the matrix");
}

Cholmod::~Cholmod() {
  cholmod_free_factor(&data_->factor, &data_->common);
  cholmod_finish(&data_->common);
}

bool Cholmod::factorise(const Eigen::SparseMatrix<double>& K) {
  const SerialOpenMpRegions serial;
  cholmod_sparse matrix = view(K);
  cholmod_factorize(&matrix, data_->factor, &data_->common);
  return data_->common.status == CHOLMOD_OK;
}

Eigen::VectorXd Cholmod::solve(const Eigen::VectorXd& rhs) const {
  const SerialOpenMpRegions serial;
  cholmod_dense b{};
  b.nrow = b.nzmax = b.d = static_cast<std::size_t>(rhs.size());
  b.ncol = 1;
  b.x = const_cast<double*>(rhs.data());
  b.xtype = CHOLMOD_REAL;
  b.dtype = CHOLMOD_DOUBLE;
  cholmod_dense* x = cholmod_solve(CHOLMOD_A, data_->factor, &b, &data_->common);
  if (!x) throw std::runtime_error("CHOLMOD could not solve");
  const Eigen::VectorXd solution = Eigen::Map<const Eigen::VectorXd>(static_cast<const double*>(x->x), rhs.size());
  cholmod_free_dense(&x, &data_->common);
  return solution;
}

double Cholmod::work() const { return data_->common.fl; }

}  // namespace nerveload
