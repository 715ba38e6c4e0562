/// A thick-walled sphere of an incompressible neo-Hookean solid under inner pressure. With λ_a, λ_b the stretches of its inner and
/// outer surface, λ_b³ = 1 + (λ_a³ − 1) A³/B³,
///   p = ∫ W'(λ)/(λ³ − 1) dλ = 2μ [1/λ + 1/(4λ⁴)]  from λ_a to λ_b    (W = ½ μ (2λ² + λ⁻⁴ − 3)).
#include <gtest/gtest.h>

#include "solver/terms/traction.hpp"
#include "tests/support/octant.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double mu = 3.0, inner = 10.0, outer = 20.0;

double outer_stretch(double inner_stretch) { return std::cbrt(1.0 + (std::pow(inner_stretch, 3) - 1.0) * std::pow(inner / outer, 3)); }
double pressure(double inner_stretch) {
  auto part = [](double l) { return 1.0 / l + 0.25 / (l * l * l * l); };
  return 2.0 * mu * (part(outer_stretch(inner_stretch)) - part(inner_stretch));
}

TEST(ThickSphere, InflationMeetsTheClosedForm) {
  const double stretch = 1.5, load = pressure(stretch);
  Solid sphere(octant_mesh({inner, outer, 8, 10, std::pow(2.0, 0.1), false}), {material(NeoHookean{mu}, 5000.0 * mu)});
  const char* const planes[3] = {"x0", "y0", "z0"};
  for (int i = 0; i < 3; ++i) sphere.prescribe(planes[i], Vec3::Zero(), {i});
  sphere.model.terms.push_back(
      std::make_unique<Traction>(sphere.mesh, sphere.mesh.facet_sets.at("inner"), Vec3::Zero(), load, [](double path) { return path; }));
  Problem problem(sphere.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(sphere.model);
  ASSERT_EQ(run_path(problem, state, 4, {}, 1e-9).ending, Ending::converged);
  auto mean_stretch = [&](const char* set) {
    double sum = 0.0;
    for (const int n : sphere.mesh.node_sets.at(set)) sum += (sphere.mesh.X[n] + state.unknowns.segment<3>(3 * n)).norm() / sphere.mesh.X[n].norm();
    return sum / static_cast<double>(sphere.mesh.node_sets.at(set).size());
  };
  const double found = mean_stretch("inner");
  std::printf("%d iterations\n", problem.statistics.newton_iterations);
  const char* const source = "closed form, incompressible neo-Hookean";
  expect_verified({"Thick sphere inflated by 50 %", "inner pressure at the stretch found, kPa", load, pressure(found), 0.5, source});
  expect_verified({"Thick sphere inflated by 50 %", "stretch of the inner surface", found, stretch, 0.5, source});
  expect_verified({"Thick sphere inflated by 50 %", "stretch of the outer surface", mean_stretch("outer"), outer_stretch(stretch), 0.1, source});
}

}  // namespace
}  // namespace nerveload
