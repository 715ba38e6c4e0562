#include "scenarios/leg_guide.hpp"

#include <gtest/gtest.h>

#include "postprocess/nerve_metrics.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

constexpr double indentation_mm = 9.0;

Scenario scenario() {
  return read_scenario_text(
      "mesh.fidelity = 'coarse'\n"
      "pose.hip_flexion_deg = 40\n"
      "roller.position_mm = 120\n"
      "load.indentation_mm = 9\n",
      "guide.toml", {});
}

double largest_compression(const LegModel& leg, const LegStep& step) {
  double most = 0.0;
  for (const NerveCompression& c : measure_compression(leg.anatomy, *leg.body, step.state)) most = std::max(most, c.compression_kPa);
  return most;
}

/// Another mesh of the same leg leads to the equilibrium that stepwise pressing finds.
TEST(LongLegGuide, LeadsToTheStepwiseEquilibrium) {
  const Scenario s = scenario();
  const LegInput input = leg_input(s);
  const LoadGoal goal = load_goal(s);
  ASSERT_EQ(goal.kind, LoadGoal::Kind::indentation);
  LegModel stepwise(input);
  const LegOutcome by_steps = load_leg(stepwise, goal, {});
  ASSERT_TRUE(by_steps.complete) << by_steps.reason;

  LegInput other = input;  // a mesh whose layers are elsewhere
  other.shape.focus_station_mm -= 45.0;
  LegModel guide(other);
  const LegOutcome guide_outcome = load_leg(guide, goal, {});
  ASSERT_TRUE(guide_outcome.complete) << guide_outcome.reason;
  LegModel led(input);
  const LegOutcome by_guide = load_leg(led, goal, {}, {}, {&guide, &guide_outcome});
  ASSERT_TRUE(by_guide.complete) << by_guide.reason;

  EXPECT_EQ(by_guide.steps.size(), 3u);  // reference, pose, load: no step by step
  EXPECT_GT(by_steps.steps.size(), 4u);
  const LegStep &a = by_steps.steps.back(), &b = by_guide.steps.back();
  EXPECT_NEAR(b.indentation_mm, indentation_mm, 1e-9);
  EXPECT_NEAR(b.contact.force.norm() / a.contact.force.norm(), 1.0, 1e-6);
  EXPECT_NEAR(largest_compression(led, b) / largest_compression(stepwise, a), 1.0, 1e-6);
  EXPECT_LT((b.state.unknowns - a.state.unknowns).cwiseAbs().maxCoeff(), 1e-4);
}

}  // namespace
}  // namespace nerveload
