/// A roller that rubs on a leg and turns freely.
#include <gtest/gtest.h>

#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

TEST(LongLegFriction, AFreeRollerRollsAndHardlyDrags) {
  const double way_mm = 20.0, coefficient = 0.45;
  const Scenario s = read_scenario_text(
      "mesh.fidelity = 'coarse'\n"
      "pose.hip_flexion_deg = 40\n"
      "roller.friction = 0.45\n"
      "load.force_N = 40\n"
      "[motion]\nkind = 'stroke'\nfrom_mm = 120\nto_mm = 140\n",
      "friction.toml", {});
  LegInput input = leg_input(s);
  input.shape.fidelity = Fidelity::rough;
  LegModel leg(input);
  LoadOptions options;
  options.rubbing_stroke_steps = 8;
  const LegOutcome out = load_leg(leg, load_goal(s), options);
  ASSERT_TRUE(out.complete) << out.reason;
  const auto* cylinder = std::get_if<Cylinder>(&leg.roller->options().shape);
  ASSERT_TRUE(cylinder);
  double first_spin = 0.0;
  int strokes = 0;
  for (const LegStep& step : out.steps) {
    if (step.phase == LegStep::Phase::press) first_spin = step.contact.spin;
    if (step.phase != LegStep::Phase::stroke) continue;
    ++strokes;
    const Vec3 along = cylinder->axis.cross(leg.roller->placement(step.state.path).direction);
    EXPECT_NEAR(step.contact.pressing_force, 40e3, 1.0);
    EXPECT_LT(std::abs(step.contact.friction.dot(along)), 0.02 * coefficient * 40e3) << strokes;
    double held = 0.0;  // what single points carry is no little
    for (const ContactSample& p : leg.roller->samples(step.state)) held += p.area * p.friction.norm();
    EXPECT_GT(held, 0.05 * coefficient * 40e3) << strokes;
  }
  EXPECT_EQ(strokes, 8);
  const double rolled = std::abs(out.steps.back().contact.spin - first_spin) * cylinder->radius;
  EXPECT_GT(rolled, 0.7 * way_mm);
  EXPECT_LT(rolled, 1.3 * way_mm);
  EXPECT_GE(out.steps.back().contact.dissipated, 0.0);
}

}  // namespace
}  // namespace nerveload
