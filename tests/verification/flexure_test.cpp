/// Rivlin's flexure: a block bent into a sector of a tube in plane strain [rivlin1949]. With X through its thickness and Y along it,
///   r² = 2 α X + β,  θ = Y/α,   λ_r = α/r,  λ_θ = r/α;
/// the faces X = ±h are free of traction when β² = α⁴ + 4 α² h² (neo-Hookean, incompressible).
#include <gtest/gtest.h>

#include <numbers>

#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double mu = 3.0, half_thickness = 5.0, half_length = 20.0;
constexpr double alpha = half_length / (0.25 * std::numbers::pi);  // bent by a right angle
const double beta = alpha * std::sqrt(alpha * alpha + 4.0 * half_thickness * half_thickness);

double radius(double X) { return std::sqrt(2.0 * alpha * X + beta); }
Vec3 bent(const Vec3& X) {
  const double r = radius(X[0]), a = X[1] / alpha;
  return {r * std::cos(a), r * std::sin(a), X[2]};
}

/// Bending moment for each millimetre of width, mN: ∫ σ_θθ r dr, σ_rr = ½ μ (r²/α² + α²/r²) + constant, zero at both faces.
double exact_moment() {
  auto bracket = [](double r) { return r * r / (alpha * alpha) + alpha * alpha / (r * r); };
  const double inner = radius(-half_thickness), outer = radius(half_thickness);
  double sum = 0.0;
  constexpr int n = 4000;
  for (int i = 0; i < n; ++i) {
    const double r = inner + (outer - inner) * (i + 0.5) / n;
    const double radial = 0.5 * mu * (bracket(r) - bracket(inner)), hoop = radial + mu * (r * r / (alpha * alpha) - alpha * alpha / (r * r));
    sum += hoop * r * (outer - inner) / n;
  }
  return sum;
}

TEST(Flexure, BendingABlockMeetsRivlinsSolution) {
  constexpr int through = 12, along = 48;
  Solid block(block_mesh({2.0 * half_thickness, 2.0 * half_length, 1.0}, {through, along, 1}), {material(NeoHookean{mu}, 5000.0 * mu)});
  block.prescribe("all", Vec3::Zero(), {2});
  for (const char* end : {"ymin", "ymax"})
    for (const int n : block.mesh.node_sets.at(end)) {
      const Vec3 u = bent(block.mesh.X[n]) - block.mesh.X[n];
      for (int i = 0; i < 2; ++i) block.prescribe(3 * n + i, u[i]);
    }
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(block.model);
  ASSERT_EQ(run_path(problem, state, 12, {}, 1e-9).ending, Ending::converged);
  double moment = 0.0, inner = 0.0, outer = 0.0;
  for (const int n : block.mesh.node_sets.at("ymax")) {
    const Vec3 x = block.mesh.X[n] + state.unknowns.segment<3>(3 * n), f = problem.system.residual.segment<3>(3 * n);
    moment += x[0] * f[1] - x[1] * f[0];
  }
  for (std::size_t n = 0; n < block.mesh.X.size(); ++n) {
    const Vec3& X = block.mesh.X[n];
    if (std::abs(X[1]) > 1e-9) continue;
    const double r = (X + state.unknowns.segment<3>(3 * static_cast<Eigen::Index>(n))).head<2>().norm();
    if (X[0] < -half_thickness + 1e-9) inner = r;
    if (X[0] > half_thickness - 1e-9) outer = r;
  }
  const char* const source = "closed form [rivlin1949]";
  expect_verified({"Flexure of a block by 90°", "bending moment, mN mm/mm", moment, exact_moment(), 1.0, source});
  expect_verified({"Flexure of a block by 90°", "inner radius in the middle, mm", inner, radius(-half_thickness), 0.2, source});
  expect_verified({"Flexure of a block by 90°", "outer radius in the middle, mm", outer, radius(half_thickness), 0.2, source});
}

}  // namespace
}  // namespace nerveload
