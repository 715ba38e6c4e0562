/// What a leg is loaded to.
#include <gtest/gtest.h>

#include "scenarios/leg_input.hpp"
#include "scenarios/load_leg.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

/// Also where a step of travel ends just short of it.
TEST(LegLoad, AnIndentationIsReachedInFull) {
  constexpr double indentation_mm = 6.1;
  const Scenario s = read_scenario_text("roller.position_mm = 120\nload.indentation_mm = 6.1\n", "load.toml", {});
  LegInput input = leg_input(s);
  input.shape.fidelity = Fidelity::rough;
  LegModel leg(input);
  const LegOutcome r = load_leg(leg, load_goal(s), {});
  ASSERT_TRUE(r.complete) << r.reason;
  EXPECT_NEAR(r.steps.back().indentation_mm, indentation_mm, 1e-9);
}

}  // namespace
}  // namespace nerveload
