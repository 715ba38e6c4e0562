#include "solver/linear/linear_solver.hpp"

#include "solver/base/error.hpp"
#include "solver/linear/eigen_ldlt.hpp"
#ifdef NERVELOAD_HAVE_MULTIFRONTAL
#include "solver/linear/multifrontal_solver.hpp"
#endif

namespace nerveload {

std::unique_ptr<LinearSolver> make_linear_solver(LinearSolverKind kind, [[maybe_unused]] int threads) {
  if (kind == LinearSolverKind::eigen_ldlt) return std::make_unique<EigenLdlt>();
#ifdef NERVELOAD_HAVE_MULTIFRONTAL
  if (kind == LinearSolverKind::multifrontal_double) return std::make_unique<MultifrontalSolver<double>>(threads);
  return std::make_unique<MultifrontalSolver<float>>(threads);
#else
  NL_EXPECT(kind == LinearSolverKind::best_available, "a build with METIS and OpenBLAS");
  return std::make_unique<EigenLdlt>();
#endif
}

}  // namespace nerveload
