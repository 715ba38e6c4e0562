/// Random scenarios against the mesh gate.
#include <gtest/gtest.h>

#include <cstdio>

#include "meshes/anatomy_mesh.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"
#include "tests/support/random_scenarios.hpp"

namespace nerveload {
namespace {

Scenario at_coarse(const ScenarioSettings& settings) { return read_scenario_text("mesh.fidelity = 'coarse'\n", "random.toml", settings); }

std::vector<AnatomyShape> shapes_of(const std::vector<ScenarioSettings>& all) {
  std::vector<AnatomyShape> shapes;
  for (const ScenarioSettings& settings : all) shapes.push_back(leg_input(at_coarse(settings)).shape);
  return shapes;
}

/// The same persons in the neutral pose, which each is compared with.
std::vector<AnatomyShape> neutral_shapes_of(const std::vector<ScenarioSettings>& all) {
  std::vector<AnatomyShape> shapes;
  for (const ScenarioSettings& settings : all) shapes.push_back(baseline_leg_input(at_coarse(settings)).shape);
  return shapes;
}

/// The gate may refuse that many; what it lets through has no inverted cell.
void expect_meshed(const std::vector<AnatomyShape>& shapes, int most_refused) {
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
  std::printf("%d of %zu refused\n", refused, shapes.size());
  EXPECT_LE(refused, most_refused);
}

TEST(RandomScenarios, AreMeshed) {
  auto some = committed_random_scenarios();
  ASSERT_EQ(some.size(), 200u);
  some.resize(30);
  expect_meshed(shapes_of(some), 0);
}

TEST(LongRandomScenarios, AreMeshed) { expect_meshed(shapes_of(committed_random_scenarios()), 0); }

/// Of 2000 these were refused: in the leanest thighs nodes of the ischium crowded, and a chord cut 1.0 to 1.3 mm of the bone.
TEST(RandomScenarios, TheLeanestThighsKeepTheirBonesOutline) {
  const auto all = settings_of_csv(random_scenarios_csv(2000, 20261127));
  expect_meshed(shapes_of({all[84], all[412], all[1160], all[1598], all[1633]}), 0);
}

/// Two more had cells of 0.191 and 0.195 near the roller, where 0.20 is asked.
TEST(RandomScenarios, PoorCellsNearTheRollerAreLifted) {
  const auto all = settings_of_csv(random_scenarios_csv(2000, 20261127));
  expect_meshed(shapes_of({all[1136], all[1734]}), 0);
}

/// Of two the neutral pose was refused, for an inverted cell and for one of 0.196: neighbouring sections were at different minima.
TEST(RandomScenarios, SectionsAtDifferentMinimaAreDrawnTogether) {
  const auto all = settings_of_csv(random_scenarios_csv(2000, 20261127));
  expect_meshed(neutral_shapes_of({all[1136], all[1222]}), 0);
}

/// Those of StudyRandomScenarios.TwoThousandReachTheirLoadAtCoarse, in half an hour.
TEST(StudyRandomMeshes, TwoThousandAreMeshed) {
  const auto all = settings_of_csv(random_scenarios_csv(2000, 20261127));
  expect_meshed(shapes_of(all), 0);
  expect_meshed(neutral_shapes_of(all), 0);
}

}  // namespace
}  // namespace nerveload
