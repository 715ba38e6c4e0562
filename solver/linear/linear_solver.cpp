#include "solver/linear/linear_solver.hpp"

#include "solver/base/error.hpp"
#include "solver/linear/cholmod.hpp"
#include "solver/linear/eigen_ldlt.hpp"

namespace nerveload {

std::unique_ptr<LinearSolver> make_linear_solver(LinearSolverKind kind, [[maybe_unused]] int threads) {
  if (kind == LinearSolverKind::eigen_ldlt) return std::make_unique<EigenLdlt>();
#ifdef NERVELOAD_HAVE_CHOLMOD
  return std::make_unique<Cholmod>(threads);
#else
  NL_EXPECT(kind == LinearSolverKind::best_available, "a build with CHOLMOD");
  return std::make_unique<EigenLdlt>();
#endif
}

}  // namespace nerveload
