/// Problems with a solution on paper: an inflated thick tube and Hertz's line contact.
#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/contact_points.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

/// A quarter of a tube in plane strain, inner radius 10, outer 20 mm; sets inner, outer, the two symmetry planes.
Mesh quarter_tube(int radial, int around) {
  Mesh mesh = block_mesh({1, 1, 1}, {radial, around, 1});
  for (Vec3& X : mesh.X) {
    const double r = 10.0 + 10.0 * (X[0] + 0.5), a = 0.5 * std::numbers::pi * (X[1] + 0.5);
    X = Vec3(r * std::cos(a), r * std::sin(a), X[2]);
  }
  return mesh;  // inner = xmin, symmetry planes = ymin (y = 0) and ymax (x = 0)
}

/// Incompressible neo-Hookean tube: r² = R² + c, inner pressure p = μ ∫ (λ² − λ⁻²) dr/r with λ = r/R.
double tube_pressure(double mu, double inner_displacement) {
  const double c = std::pow(10.0 + inner_displacement, 2) - 100.0;
  double p = 0.0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double R = 10.0 + 10.0 * (i + 0.5) / n, r = std::sqrt(R * R + c), l = r / R;
    p += mu * (l * l - 1.0 / (l * l)) / r * (R / r) * 10.0 / n;
  }
  return p;
}

TEST(ThickTube, InflationMeetsTheClosedForm) {
  const double mu = 3.0, inner = 4.0;
  Solid tube(quarter_tube(16, 16), {material(NeoHookean{mu}, 1e5)});
  for (std::size_t n = 0; n < tube.mesh.X.size(); ++n) tube.prescribe(3 * static_cast<int>(n) + 2, 0.0);
  tube.prescribe("ymin", Vec3::Zero(), {1});
  tube.prescribe("ymax", Vec3::Zero(), {0});
  for (const int n : tube.mesh.node_sets.at("xmin")) {
    const Vec3 e = Vec3(tube.mesh.X[n][0], tube.mesh.X[n][1], 0).normalized();
    for (int i = 0; i < 2; ++i) tube.prescribe(3 * n + i, inner * e[i]);
  }
  Problem problem(tube.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(tube.model);
  ASSERT_EQ(run_path(problem, state, 4, {}, 1e-9).ending, Ending::converged);
  // Radial force of the inner wall over its current area (a quarter turn of radius 14, 1 mm long).
  double force = 0.0;
  for (const int n : tube.mesh.node_sets.at("xmin"))
    force += Vec3(tube.mesh.X[n][0], tube.mesh.X[n][1], 0).normalized().dot(problem.system.residual.segment<3>(3 * n));
  const double pressure = force / (0.5 * std::numbers::pi * 14.0), exact = tube_pressure(mu, inner);
  expect_verified({"Thick tube inflated by 40 %", "inner pressure, kPa", pressure, exact, 0.5, "incompressible neo-Hookean tube, quadrature"});
  for (const int n : tube.mesh.node_sets.at("xmax")) {
    const double r = (tube.mesh.X[n] + state.unknowns.segment<3>(3 * n)).head<2>().norm();
    EXPECT_NEAR(r, std::sqrt(400.0 + 14.0 * 14.0 - 100.0), 2e-3);
  }
}

/// Rigid cylinder on an elastic half-space in plane strain: p0 = √(P E*/(π R)), E* = 4 μ for an incompressible body.
TEST(Hertz, PeakPressureOfLineContact) {
  const double radius = 60.0, mu = 30.0;
  Mesh mesh = block_mesh({2, 1, 1}, {120, 1, 50});
  for (Vec3& X : mesh.X) {
    const double s = X[0], t = 1.0 - X[2];
    X[0] = 150.0 * (0.06 * s + 0.94 * s * s * s);
    X[1] *= 1.0;
    X[2] = -150.0 * (0.08 * t + 0.92 * t * t * t);
  }
  Solid half_space(std::move(mesh), {material(NeoHookean{mu}, 500.0 * mu)});
  half_space.prescribe("zmin", Vec3::Zero());
  half_space.prescribe("all", Vec3::Zero(), {1});
  half_space.prescribe("xmin", Vec3::Zero(), {0});
  half_space.prescribe("xmax", Vec3::Zero(), {0});
  auto term = std::make_unique<Indenter>(
      half_space.mesh, half_space.mesh.facet_sets.at("zmax"), IndenterOptions{Cylinder{radius, 400.0, 10.0, Vec3::UnitY()}, {}, 200.0, 0.001, 0.0},
      [=](double) {
        return IndenterPlacement{Vec3(0, 0, radius), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* cylinder = term.get();
  half_space.model.terms.push_back(std::move(term));
  Problem problem(half_space.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(half_space.model);
  ASSERT_EQ(run_path(problem, state, 2, 0.6).ending, Ending::converged);
  const ContactReport r = cylinder->report(state);
  const double line_load = r.force[2] / 1.0, e_star = 4.0 * mu;
  const double p0 = std::sqrt(line_load * e_star / (std::numbers::pi * radius));
  const double half_width = std::sqrt(4.0 * line_load * radius / (std::numbers::pi * e_star));
  // From the second moment of the pressure, ⟨x²⟩ = ¼ b²: finer than where the contact ends, which is known to half a cell only.
  const double found = 2.0 * std::sqrt(mean_over_force(cylinder->samples(state), [](const Vec3& x) { return x[0] * x[0]; }));
  expect_verified(
      {"Hertz line contact, cylinder on a half-space", "peak pressure, kPa", r.max_pressure, p0, 2.0, "p0 = √(P E*/(π R)) [johnson1985]"});
  expect_verified({"Hertz line contact, cylinder on a half-space", "half width, mm", found, half_width, 2.0, "b = √(4 P R/(π E*)) [johnson1985]"});
}

}  // namespace
}  // namespace nerveload
