/// The block benchmarks: exact figures on which two independent programs agree.
#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr std::array<int, 3> cells{20, 12, 10};

/// 100 × 60 × 50 mm, neo-Hookean 3 kPa, K/G = 500 with ½K (ln J)², held below.
struct Block : Solid {
  Block() : Solid(block_mesh({100, 60, 50}, cells), {material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic)}) {
    prescribe("zmin", Vec3::Zero());
  }
};

struct StripResult {
  double force_N;
  int iterations;
  Eigen::VectorXd pressure;
};

StripResult press_strip(int steps) {
  Block block;
  auto& strip = block.mesh.node_sets["strip"];
  for (const int n : block.mesh.node_sets.at("zmax"))
    if (std::abs(block.mesh.X[n][0]) <= 10.0 + 1e-9) strip.push_back(n);
  block.prescribe("strip", Vec3(0, 0, -10));
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 2));
  State state = problem.assembly.initial_state(block.model);
  const PathReport report = run_path(problem, state, steps, {}, 1e-8);
  EXPECT_EQ(report.ending, Ending::converged);
  EXPECT_EQ(static_cast<int>(report.steps.size()), steps);
  EXPECT_EQ(problem.statistics.indefinite_tangents, 0);
  return {-reaction(block.mesh, "strip", problem.system.residual)[2] * 1e-3, problem.statistics.newton_iterations, state.mixed};
}

TEST(BlockB0, StripForceInTenSteps) {
  const StripResult r = press_strip(10);
  expect_verified({"B0: block under a strip, K/G = 500", "force at 10 mm, N", r.force_N, 6.6774, 0.1, "two independent programs on the same mesh"});
  EXPECT_LE(r.iterations, 45);
}

TEST(BlockB0, TheAnswerDoesNotDependOnTheSteps) {
  const StripResult two = press_strip(2), four = press_strip(4);
  EXPECT_NEAR(two.force_N, four.force_N, 1e-6 * two.force_N);
  EXPECT_NEAR(two.force_N, 6.6774, 0.001 * 6.6774);
}

/// The element may carry an alternating pressure. Its part in a patch of 2×2×2 cells is the (−1)^(i+j+k) mean of their
/// pressures; a smooth field leaves a third difference only. The bound holds away from the floor's rim and the strip's edge,
/// where the exact pressure is singular (bottom layer and top three layers of cells left out); the printed second figure
/// is the worst of all patches.
TEST(BlockB0, PressureDoesNotAlternate) {
  const StripResult r = press_strip(4);
  auto p = [&](int i, int j, int k) { return r.pressure[(k * cells[1] + j) * cells[0] + i]; };
  double worst = 0.0, worst_anywhere = 0.0;
  for (int i = 0; i + 1 < cells[0]; ++i)
    for (int j = 0; j + 1 < cells[1]; ++j)
      for (int k = 0; k + 1 < cells[2]; ++k) {
        double alternating = 0.0;
        for (int a = 0; a < 8; ++a) {
          const int di = a & 1, dj = a >> 1 & 1, dk = a >> 2;
          alternating += ((di + dj + dk) % 2 ? -1.0 : 1.0) * p(i + di, j + dj, k + dk) / 8.0;
        }
        worst_anywhere = std::max(worst_anywhere, std::abs(alternating));
        if (k > 0 && k + 1 < cells[2] - 3) worst = std::max(worst, std::abs(alternating));
      }
  const double range = r.pressure.maxCoeff() - r.pressure.minCoeff();
  std::printf("alternating pressure: %.2f %% of its range anywhere\n", 100 * worst_anywhere / range);
  expect_at_most("B0: block under a strip, K/G = 500", "alternating pressure off the singular rims, % of its range", 100 * worst / range, 2.0,
                 "smooth field");
}

TEST(BlockB1, RigidCylinderForce) {
  Block block;
  auto term = std::make_unique<Indenter>(
      block.mesh, block.mesh.facet_sets.at("zmax"), IndenterOptions{Cylinder{75.0, 400.0, 10.0, Vec3::UnitY()}, {}, 50.0, 0.01, 2.0},
      [](double) {
        return IndenterPlacement{Vec3(0, 0, 125), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* cylinder = term.get();
  block.model.terms.push_back(std::move(term));
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 2));
  State state = problem.assembly.initial_state(block.model);
  ASSERT_EQ(run_path(problem, state, 10, 10.0).ending, Ending::converged);
  const ContactReport r = cylinder->report(state);
  std::printf("cylinder force %.4f N in %d iterations, %d indefinite\n", r.force[2] * 1e-3, problem.statistics.newton_iterations,
              problem.statistics.indefinite_tangents);
  expect_verified({"B1: block under a rigid cylinder, K/G = 500", "force at 10 mm, N", r.force[2] * 1e-3, 8.20, 0.73,
                   "bracket of an independent program, hard contact at any mesh"});
  EXPECT_NEAR(r.force[0], 0.0, 1e-3);
  EXPECT_LE(r.max_penetration, 0.01);
  // The floor carries what the cylinder gives.
  EXPECT_NEAR(reaction(block.mesh, "zmin", problem.system.residual)[2], r.force[2], 1e-4 * r.force[2]);
}

}  // namespace
}  // namespace nerveload
