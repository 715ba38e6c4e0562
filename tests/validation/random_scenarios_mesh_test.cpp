/// The fixed list of random scenarios against the mesh gate.
#include <gtest/gtest.h>

#include <cstdio>

#include "meshes/anatomy_mesh.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"
#include "tests/support/random_scenarios.hpp"

namespace nerveload {
namespace {

/// Of the first of the list the gate may refuse at most 2 %; what it lets through has no inverted cell.
void expect_meshed(std::size_t count) {
  auto all = committed_random_scenarios();
  ASSERT_EQ(all.size(), 200u);
  all.resize(count);
  std::vector<AnatomyShape> shapes;
  for (const ScenarioSettings& settings : all) {
    const Scenario scenario = read_scenario_text("mesh.fidelity = 'coarse'\n", "random.toml", settings);
    shapes.push_back(leg_input(scenario).shape);
  }
  int refused = 0;
#pragma omp parallel for schedule(dynamic) reduction(+ : refused)
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    try {
      const double least = build_anatomy(shapes[i]).quality.min_scaled_jacobian;
#pragma omp critical
      EXPECT_GT(least, 0.0) << "row " << i + 1;
    } catch (const MeshRefusal& refusal) {
      ++refused;
#pragma omp critical
      std::printf("row %zu: %s\n", i + 1, refusal.what());
    }
  }
  std::printf("%d of %zu refused\n", refused, all.size());
  EXPECT_LE(refused, static_cast<int>(count / 50));
}

TEST(RandomScenarios, AreMeshed) { expect_meshed(50); }
TEST(LongRandomScenarios, AreMeshed) { expect_meshed(200); }

}  // namespace
}  // namespace nerveload
