/// Linear elasticity, for checks: a bar's closed form at any load, and the limit that finite strain goes to.
#include <gtest/gtest.h>

#include "tests/support/blocks.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double G = 3.0, K = 30.0;

Material linear() {
  Material m = material(NeoHookean{G}, K);
  m.small_strain = true;
  return m;
}

/// Stress of a bar stretched by a strain, and its strain across.
std::pair<double, double> stretched(const Material& m, double strain, const char* shape, int* iterations = nullptr) {
  Solid bar(block_of_shape(shape, {10, 10, 20}, {2, 2, 3}), {m});
  distort(bar.mesh, 0.4);
  bar.prescribe("xmin", Vec3::Zero(), {0});
  bar.prescribe("ymin", Vec3::Zero(), {1});
  bar.prescribe("zmin", Vec3::Zero(), {2});
  bar.prescribe("zmax", Vec3(0, 0, 20.0 * strain), {2});
  Problem problem(bar.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(bar.model);
  EXPECT_EQ(run_path(problem, state, 1, {}, 1e-12).ending, Ending::converged);
  if (iterations) *iterations = problem.statistics.newton_iterations;
  const int corner = bar.mesh.node_sets.at("xmax").back();
  return {bar.body->points(0, state).at[0].cauchy[2], state.unknowns[3 * corner] / 10.0};
}

TEST(LinearElastic, ABarObeysHookesLawAtAnyStrain) {
  const double E = 9.0 * K * G / (3.0 * K + G), nu = (3.0 * K - 2.0 * G) / (6.0 * K + 2.0 * G);
  for (const char* shape : cell_shapes) {
    int iterations = 0;
    const auto [stress, across] = stretched(linear(), 0.4, shape, &iterations);
    EXPECT_NEAR(stress, 0.4 * E, 1e-10 * E) << shape;
    EXPECT_NEAR(across, -0.4 * nu, 1e-10) << shape;
    EXPECT_LE(iterations, 2) << shape;  // one, and what rounding leaves
  }
  const auto [stress, across] = stretched(linear(), 0.4, "tet10");
  expect_verified({"Linear elastic bar, strain 0.4, tet10", "stress, kPa", stress, 0.4 * E, 1e-7, "Hooke's law"});
  expect_verified({"Linear elastic bar, strain 0.4, tet10", "strain across", across, -0.4 * nu, 1e-7, "Poisson's ratio"});
}

TEST(LinearElastic, IsTheLimitOfFiniteStrain) {
  const double small = 1e-5;
  const auto exact = stretched(linear(), small, "hex8"), finite = stretched(material(NeoHookean{G}, K), small, "hex8");
  EXPECT_NEAR(finite.first, exact.first, 1e-4 * exact.first);
  EXPECT_NEAR(finite.second, exact.second, 1e-4 * std::abs(exact.second));
}

}  // namespace
}  // namespace nerveload
