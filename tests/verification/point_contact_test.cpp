/// Hertz's point contact: a rigid sphere on a half-space at small strain (contact radius a fiftieth of the sphere's).
///   F = 4/3 E* √R d^{3/2},   a = √(R d),   p0 = 2/π E* √(d/R),   E* = 2G/(1 − ν)                    [johnson1985]
/// The half-space ends at a distance of 400 contact radii, where it is held: the travel that its rest would add is that of a point
/// force at that distance, 4a/(3πL) d or about 0.1 % of it.
/// The contact radius is that of the pressure's second moment, ⟨r²⟩ = ⅖ a²: counting points would tell it to half a cell only.
#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/contact_points.hpp"
#include "tests/support/octant.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double shear_modulus = 30.0, radius = 50.0, contact_radius = 1.0, travel = contact_radius * contact_radius / radius;

class HertzPointContact : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(BulkOverShear, HertzPointContact, testing::Values(2.0, 500.0));

TEST_P(HertzPointContact, ForceRadiusAndPeakPressure) {
  const double ratio = GetParam(), poisson = (3.0 * ratio - 2.0) / (2.0 * (3.0 * ratio + 1.0)), e_star = 2.0 * shear_modulus / (1.0 - poisson);
  // The octant z ≥ 0 is a quarter of the half-space; the sphere comes from below.
  Solid quarter(octant_mesh({1.5 * contact_radius, 400.0 * contact_radius, 7, 36, 1.174, true}),
                {material(NeoHookean{shear_modulus}, ratio * shear_modulus)});
  quarter.prescribe("outer", Vec3::Zero());
  quarter.prescribe("x0", Vec3::Zero(), {0});
  quarter.prescribe("y0", Vec3::Zero(), {1});
  std::vector<Quad> facets;
  for (const Quad& q : quarter.mesh.facet_sets.at("z0"))
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
  const auto points = contact_points(quarter.mesh, *sphere, state);
  const double a = std::sqrt(2.5 * mean_over_force(points, [](const Vec3& x) { return x.head<2>().squaredNorm(); }));
  std::printf("%d iterations, penetration %.1e of the travel\n", problem.statistics.newton_iterations, r.max_penetration / travel);
  const std::string name = "Hertz point contact, sphere on a half-space, K/G = " + digits(ratio);
  expect_verified({name, "force, mN", 4.0 * r.pressing_force, 4.0 / 3.0 * e_star * std::sqrt(radius) * std::pow(travel, 1.5), 2.0,
                   "F = 4/3 E* √R d^1.5 [johnson1985]"});
  expect_verified({name, "contact radius, mm", a, contact_radius, 2.0, "a = √(R d) [johnson1985]"});
  expect_verified({name, "peak pressure, kPa", r.max_pressure, 2.0 / std::numbers::pi * e_star * std::sqrt(travel / radius), 2.0,
                   "p0 = 2/π E* √(d/R) [johnson1985]"});
}

}  // namespace
}  // namespace nerveload
