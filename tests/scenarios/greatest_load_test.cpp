#include "scenarios/greatest_load.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

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

/// A fold that is passed by (random scenario 74: 311, then 308 N) is no end.
TEST(GreatestLoad, ALegGivesWayOnceTheForceHasFallenFarBelow) {
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0})));
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0, 308.0})));
  EXPECT_FALSE(gives_way(pressed({100.0, 311.0, 218.0})));
  EXPECT_TRUE(gives_way(pressed({100.0, 311.0, 308.0, 217.0})));
  EXPECT_FALSE(gives_way(pressed({})));
  EXPECT_FALSE(gives_way({}));
}

}  // namespace
