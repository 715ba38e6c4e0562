#include "scenarios/greatest_load.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

using namespace nerveload;

namespace {

/// The undeformed leg, its pose, and one step of pressing a force.
std::vector<LegStep> pressed(std::initializer_list<double> forces) {
  std::vector<LegStep> steps{{.phase = LegStep::Phase::reference, .state = {}, .contact = {}},
                             {.phase = LegStep::Phase::pose, .state = {}, .contact = {}}};
  for (double f : forces) {
    LegStep step{.phase = LegStep::Phase::press, .state = {}, .contact = {}};
    step.contact.pressing_force = f;
    steps.push_back(step);
  }
  return steps;
}

TEST(GreatestLoad, IsTheStepOfPressingWithTheGreatestForce) {
  EXPECT_EQ(greatest_load(pressed({10.0, 30.0, 25.0})), 3u);
  EXPECT_EQ(greatest_load(pressed({10.0, 30.0})), 3u);
}

TEST(GreatestLoad, IsNoneBeforeTheRollerTouches) {
  EXPECT_EQ(greatest_load({}), std::nullopt);
  EXPECT_EQ(greatest_load(pressed({})), std::nullopt);
  EXPECT_EQ(greatest_load(pressed({0.0})), std::nullopt);
}

/// A fold that is passed by (random scenario 74: 311, then 308 N) is no end, nor is what happens at the first touch.
TEST(GreatestLoad, ALegGivesWayOnceTheForceHasFallenFarBelow) {
  constexpr double goal = 343.0;
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0}), goal));
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0, 308.0}), goal));
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0, 218.0}), goal));
  EXPECT_TRUE(gives_way(pressed({100.0, 311.0, 308.0, 217.0}), goal));
  EXPECT_FALSE(gives_way(pressed({30.0, 2.0}), goal));
  EXPECT_FALSE(gives_way(pressed({}), goal));
  EXPECT_FALSE(gives_way({}, goal));
}

LegOutcome ended(std::initializer_list<double> newtons, const std::string& reason) {
  LegOutcome outcome;
  outcome.steps = pressed(newtons);
  for (LegStep& step : outcome.steps) step.contact.pressing_force *= 1000.0;
  double depth = 0.0;
  for (LegStep& step : outcome.steps) step.indentation_mm = step.phase == LegStep::Phase::press ? depth += 6.0 : 0.0;
  outcome.reason = reason;
  return outcome;
}

TEST(GreatestLoad, IsWhereARunEndsThatGivesWay) {
  LegOutcome outcome = ended({100.0, 311.4, 308.0, 217.0}, "");
  EXPECT_TRUE(end_at_greatest_load(outcome, 343e3));
  ASSERT_EQ(outcome.steps.size(), 4u);
  EXPECT_EQ(outcome.steps.back().contact.pressing_force, 311.4e3);
  EXPECT_EQ(outcome.reason, "the greatest force on the way was 311 N, at 12 mm of indentation; pressed further the leg gives way");
}

TEST(GreatestLoad, IsNamedBesideAnotherReason) {
  LegOutcome outcome = ended({100.0, 311.4, 308.0}, "pressing did not converge");
  EXPECT_TRUE(end_at_greatest_load(outcome, 343e3));
  EXPECT_EQ(outcome.steps.back().contact.pressing_force, 311.4e3);
  EXPECT_EQ(outcome.reason, "pressing did not converge; the greatest force on the way was 311 N, at 12 mm of indentation");
  LegOutcome stopped = ended({100.0, 311.4, 217.0}, "interrupted");
  EXPECT_TRUE(end_at_greatest_load(stopped, 343e3));
  EXPECT_EQ(stopped.steps.size(), 4u);
  EXPECT_EQ(stopped.reason, "interrupted");
}

/// While the force rises the last state is the one to keep; one that carries more than what is asked for is no answer either.
TEST(GreatestLoad, LeavesARunAloneThatRisesOrHasPassedItsGoal) {
  LegOutcome rising = ended({100.0, 311.4}, "pressing did not converge");
  EXPECT_FALSE(end_at_greatest_load(rising, 343e3));
  LegOutcome passed = ended({100.0, 351.0, 338.0}, "the load did not settle");
  EXPECT_FALSE(end_at_greatest_load(passed, 343e3));
  EXPECT_EQ(passed.steps.size(), 5u);
  EXPECT_EQ(passed.reason, "the load did not settle");
}

}  // namespace
