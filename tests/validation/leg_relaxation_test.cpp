/// A leg whose tissue relaxes beside elastic ones.
#include <gtest/gtest.h>

#include "scenarios/leg_input.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

Scenario scenario(const std::string& more) {
  return read_scenario_text(
      "mesh.fidelity = 'coarse'\n"
      "pose.hip_flexion_deg = 40\n"
      "roller.position_mm = 120\n" +
          more,
      "relaxation.toml", {});
}

LegOutcome solve(const LegInput& input, const LoadGoal& goal, int hold_steps = 12) {
  LegModel leg(input);
  LoadOptions options;
  options.hold_steps = hold_steps;
  return load_leg(leg, goal, options);
}

/// Travel of the roller where it first touches the posed leg.
double touching_travel(const LegInput& input) {
  LegModel leg(input);
  const LegOutcome posed = load_leg(leg, {}, {});
  return leg.roller->touching_travel(posed.steps.back().state);
}

const std::string pressed_in = "load.indentation_mm = 12\n";

double force(const LegStep& step) { return step.contact.pressing_force; }

/// At a fixed indentation the force falls from that of the 1 s values to that of an elastic leg with what is left of every modulus, under a
/// roller in the same place: the pose moves a softer leg's skin a little further towards the roller, which touches it earlier.
TEST(LongLegRelaxation, FallsFromTheElasticLegToTheRelaxedOne) {
  const Scenario held = scenario(pressed_in +
                                 "motion.relaxation = true\nmotion.duration_min = 120\nmaterials.fat.prony = [{ g = 0.39, tau_s = 70 }]\n"
                                 "materials.nerve_fibres.relaxing_share = 0\n");
  const LegInput input = leg_input(held);
  const LegOutcome relaxing = solve(input, load_goal(held));
  ASSERT_TRUE(relaxing.complete) << relaxing.reason;

  const Scenario short_load = scenario(pressed_in);
  const LegOutcome elastic = solve(leg_input(short_load), load_goal(short_load));
  ASSERT_TRUE(elastic.complete) << elastic.reason;
  const std::size_t pressed = elastic.steps.size() - 1;
  EXPECT_NEAR(force(relaxing.steps.at(pressed)) / force(elastic.steps.back()), 1.0, 1e-6);
  EXPECT_LT((relaxing.steps[pressed].state.unknowns - elastic.steps.back().state.unknowns).cwiseAbs().maxCoeff(), 1e-4);

  ASSERT_EQ(relaxing.steps.size(), pressed + 1 + 12);
  for (std::size_t k = pressed + 1; k < relaxing.steps.size(); ++k) {
    EXPECT_EQ(relaxing.steps[k].phase, LegStep::Phase::hold);
    EXPECT_LT(force(relaxing.steps[k]), force(relaxing.steps[k - 1])) << k;
    EXPECT_NEAR(relaxing.steps[k].indentation_mm, 12.0, 1e-9);
  }
  EXPECT_NEAR(relaxing.steps.back().loaded_s, 7199.0, 1e-9);

  LegInput left = input;
  left.times = {};
  for (Material& m : left.materials) {
    double stays = 1.0;
    for (const Prony::Term& t : m.viscosity.terms) stays -= t.g;
    m.matrix = stiffened(m.matrix, stays);
    m.viscosity = {};
  }
  const double indentation_mm = relaxing.steps.back().contact.travel - touching_travel(left);
  const LegOutcome relaxed = solve(left, {LoadGoal::Kind::indentation, indentation_mm});
  ASSERT_TRUE(relaxed.complete) << relaxed.reason;
  EXPECT_GT(indentation_mm, 12.01);
  EXPECT_NEAR(relaxed.steps.back().indentation_mm, indentation_mm, 1e-9);
  EXPECT_LT(force(relaxed.steps.back()), 0.9 * force(elastic.steps.back()));
  EXPECT_NEAR(force(relaxing.steps.back()) / force(relaxed.steps.back()), 1.0, 1e-6);
  EXPECT_LT((relaxing.steps.back().state.unknowns - relaxed.steps.back().state.unknowns).cwiseAbs().maxCoeff(), 1e-4);
}

/// A hold at a force: the roller sinks in further, and twice as many steps find the same way.
TEST(LegRelaxation, AHoldIsFollowedFinelyEnough) {
  const Scenario held = scenario("load.force_N = 30\nmotion.relaxation = true\nmotion.duration_s = 60\n");
  LegInput input = leg_input(held);
  input.shape.fidelity = Fidelity::rough;
  const LegOutcome usual = solve(input, load_goal(held), 12), fine = solve(input, load_goal(held), 24);
  ASSERT_TRUE(usual.complete && fine.complete) << usual.reason << fine.reason;
  const std::size_t loaded = usual.steps.size() - 1 - 12;
  const double from = usual.steps[loaded].indentation_mm;
  for (std::size_t k = 1; k <= 12; ++k) {
    const LegStep &a = usual.steps[loaded + k], &b = fine.steps[loaded + 2 * k];
    EXPECT_GT(a.indentation_mm, usual.steps[loaded + k - 1].indentation_mm) << k;
    EXPECT_NEAR(a.loaded_s, b.loaded_s, 1e-6);
    EXPECT_NEAR(force(a), 30e3, 1.0);
    EXPECT_NEAR((a.indentation_mm - from) / (b.indentation_mm - from), 1.0, 0.02) << k;
  }
  EXPECT_GT(usual.steps.back().indentation_mm, 1.05 * from);
}

}  // namespace
}  // namespace nerveload
