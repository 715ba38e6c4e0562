/// Hertz's point contact: a rigid sphere on a half-space at small strain (contact radius a fiftieth of the sphere's).
///   F = 4/3 E* √R d^{3/2},   a = √(R d),   p0 = 2/π E* √(d/R),   E* = 2G/(1 − ν)                    [johnson1985]
/// The half-space ends 30 contact radii away. There it moves as under a point force of Hertz's size, which differs from the field of
/// his pressure by the square of that ratio and is some 2 % of the travel; held fast it would add 0.5 % to the force at 400 radii still.
/// The contact radius is that of the pressure's second moment, ⟨r²⟩ = ⅖ a²: counting points would tell it to half a cell only.
/// The pressure is taken at the innermost point: the largest one may stand at the rim, where a facet that touches with one point of its
/// four carries its whole force there.
#include <gtest/gtest.h>

#include <algorithm>

#include "solver/terms/indenter.hpp"
#include "tests/support/contact_points.hpp"
#include "tests/support/octant.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double shear_modulus = 30.0, radius = 50.0, contact_radius = 1.0, travel = contact_radius * contact_radius / radius;

/// Displacement of a half-space z ≥ 0 under a force along z at its origin (Boussinesq):  with r² = x² + y², ρ² = r² + z²,
///   u_z = F/(4πGρ) (2(1 − ν) + z²/ρ²),   u_r = F/(4πGρ) (r z/ρ² − (1 − 2ν) r/(ρ + z)).
Vec3 point_force(const Vec3& X, double force, double poisson) {
  const double rho = X.norm(), scale = force / (4.0 * std::numbers::pi * shear_modulus * rho);
  const double out = X[2] / (rho * rho) - (1.0 - 2.0 * poisson) / (rho + X[2]);
  return scale * Vec3(X[0] * out, X[1] * out, 2.0 * (1.0 - poisson) + X[2] * X[2] / (rho * rho));
}

class HertzPointContact : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(BulkOverShear, HertzPointContact, testing::Values(2.0, 500.0));

TEST_P(HertzPointContact, ForceRadiusAndPressure) {
  const double ratio = GetParam(), poisson = (3.0 * ratio - 2.0) / (2.0 * (3.0 * ratio + 1.0)), e_star = 2.0 * shear_modulus / (1.0 - poisson);
  const double force = 4.0 / 3.0 * e_star * std::sqrt(radius) * std::pow(travel, 1.5);
  // The octant z ≥ 0 is a quarter of the half-space; the sphere comes from below.
  Solid quarter(octant_mesh({1.45 * contact_radius, 30.0 * contact_radius, 6, 18, 1.192, true}),
                {material(NeoHookean{shear_modulus}, ratio * shear_modulus)});
  quarter.prescribe("x0", Vec3::Zero(), {0});
  quarter.prescribe("y0", Vec3::Zero(), {1});
  for (const int n : quarter.mesh.node_sets.at("outer")) {
    const Vec3 u = point_force(quarter.mesh.X[n], force, poisson);
    for (int i = 0; i < 3; ++i) quarter.prescribe(3 * n + i, u[i]);
  }
  std::vector<Facet> facets;
  for (const Facet& q : quarter.mesh.facet_sets.at("z0"))
    if (quarter.mesh.X[q[0]].norm() < 3.0 * contact_radius) facets.push_back(q);
  auto term = std::make_unique<Indenter>(
      quarter.mesh, facets, IndenterOptions{Sphere{radius}, {}, 100.0 * e_star / contact_radius, 5e-4 * travel, 0.0},
      [](double) {
        return IndenterPlacement{Vec3(0, 0, -radius), Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* sphere = term.get();
  quarter.model.terms.push_back(std::move(term));
  Problem problem(quarter.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(quarter.model);
  ASSERT_EQ(run_path(problem, state, 1, travel).ending, Ending::converged);
  const ContactReport r = sphere->report(state);
  const auto points = sphere->samples(state);
  const double a = std::sqrt(2.5 * mean_over_force(points, [](const Vec3& x) { return x.head<2>().squaredNorm(); }));
  std::printf("%d iterations, penetration %.1e of the travel\n", problem.statistics.newton_iterations, r.max_penetration / travel);
  const std::string name = "Hertz point contact, sphere on a half-space, K/G = " + digits(ratio);
  expect_verified({name, "force, mN", 4.0 * r.pressing_force, force, 2.0, "F = 4/3 E* √R d^1.5 [johnson1985]"});
  expect_verified({name, "contact radius, mm", a, contact_radius, 2.0, "a = √(R d) [johnson1985]"});
  const auto inmost = std::ranges::min_element(points, {}, [](const ContactSample& c) { return c.at.head<2>().norm(); });
  const double exact = 2.0 / std::numbers::pi * e_star * std::sqrt(travel / radius - inmost->at.head<2>().squaredNorm() / (radius * radius));
  expect_verified({name, "pressure near the centre, kPa", inmost->pressure, exact, 2.0, "p = 2/π E* √(d/R − r²/R²) [johnson1985]"});
}

}  // namespace
}  // namespace nerveload
