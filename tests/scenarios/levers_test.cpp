#include "scenarios/levers.hpp"

#include <gtest/gtest.h>

#include "scenarios/read_scenario.hpp"

using namespace nerveload;

TEST(Levers, AreThePlaceOfTheRollerAndTheAnglesOfTheLeg) {
  const std::vector<std::string> settings = {"roller.position_cm=5"};
  const std::vector<AdviceLever> levers = levers_of(read_scenario("default", settings));
  ASSERT_EQ(levers.size(), 9u);
  EXPECT_EQ(levers[0].key, "roller.position_cm");
  EXPECT_NEAR(levers[0].effort_unit, 1.0, 1e-12);  // 10 mm
  EXPECT_EQ(name_of(levers[0]), "roller_position");
  EXPECT_EQ(levers[2].key, "roller.azimuth_deg");
  EXPECT_NEAR(levers[2].effort_unit, 10.0, 1e-12);
  const ChangeBox box = box_of(levers), one = box_of_one(levers, 2);
  EXPECT_NEAR(box.high[2], 2.0, 1e-12);
  EXPECT_EQ(one.high[2], box.high[2]);
  EXPECT_EQ(one.low[0], 0.0);
  EXPECT_EQ(one.high[0], 0.0);
}

TEST(Levers, AreWrittenToWholeMillimetresAndDegreesWithinTheirBounds) {
  const std::vector<AdviceLever> levers = {{"roller.position_mm", -20.3, -120.0, 310.0, 10.0}, {"roller.azimuth_deg", 0.0, -20.0, 20.0, 10.0}};
  const std::vector<double> written = as_written(levers, {0.46, 7.0});
  const std::vector<AdvisedChange> changes = changes_of(levers, written);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].from, "-20.3");
  EXPECT_EQ(changes[0].to, "-16");
  EXPECT_EQ(changes[1].to, "20");
  EXPECT_NEAR(written[0], 0.43, 1e-12);
  EXPECT_TRUE(changes_of(levers, as_written(levers, {0.04, -0.04})).empty());
}
