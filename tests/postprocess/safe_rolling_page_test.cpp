#include "postprocess/safe_rolling_page.hpp"

#include <gtest/gtest.h>

#include "tests/support/has.hpp"

using namespace nerveload;

namespace {

EnvelopePoint point(double position, const std::string& status, double force) {
  EnvelopePoint p;
  p.position_mm = position;
  p.hip_flexion_deg = 60.0;
  p.knee_flexion_deg = 80.0;
  p.roller = "standard";
  p.status = status;
  p.governing = position > 100.0 ? "tension" : "compression";
  if (force >= 0.0) {
    p.critical_force_N = force;
    p.critical_body_weight_fraction = force / 735.5;
    p.critical_mean_pressure_kPa = 8.0;
  }
  return p;
}

Envelope a_leg() {
  Envelope e;
  e.name = "a leg";
  e.fidelity = "coarse";
  e.level_name = "caution";
  e.most_fraction = 0.55;
  e.most_N = 404.5;
  e.positions_mm = {-60.0, 0.0, 50.0, 180.0, 250.0};
  e.hip_flexion_deg = {60.0};
  e.knee_flexion_deg = {80.0};
  e.rollers = {"standard"};
  e.points = {point(-60, "not_reached", -1), point(0, "reached", 147.1), point(50, "reached_by_pose", 0), point(180, "reached", 73.55),
              point(250, "failed", -1)};
  e.healthy_kPa = 2.66645;
  e.vulnerable_kPa = 1.33322;
  return e;
}

}  // namespace

TEST(SafeRollingPage, CountsAndNamesThePlaces) {
  const std::string page = safe_rolling_page(a_leg(), "nerveload envelope x");
  for (const char* words :
       {"Made by `nerveload envelope x`", "Of 5 combinations of place and pose, 1 stay below the level",
        "2 reach it with less, and in 1 the pose alone", "For 1 there is no answer",
        "Least force that reaches it: 73 N (0.10 of body weight), 180 mm below the sitting bone",
        "Greatest: 147 N (0.20), level with the sitting bone", "Pressure decides in 1 of those reached by force, stretch in 1",
        "(pictures/envelope_standard_knee_80.png)", "| 60° | more than 0.55 | 0.20 | 0 (pose) | 0.10 | no answer |", "emergency care at once"})
    EXPECT_TRUE(has(page, words)) << words << "\n" << page;
}

TEST(SafeRollingPage, SaysWhoseNerveItIs) {
  Envelope e = a_leg();
  const std::string healthy = safe_rolling_page(e, "x");
  EXPECT_TRUE(has(healthy, "a **healthy** nerve: pressure reaches the level from 2.7 kPa (20 mmHg)")) << healthy;
  EXPECT_TRUE(has(healthy, "may be judged from 1.3 kPa (10 mmHg): less weight reaches it")) << healthy;
  e.healthy = false;
  EXPECT_TRUE(has(safe_rolling_page(e, "x"), "a nerve that is **not healthy**"));
}

TEST(SafeRollingPage, OnlyTheFirstLevelIsCalledCautious) {
  Envelope e = a_leg();
  EXPECT_TRUE(has(safe_rolling_page(e, "x"), "staying below it is cautious"));
  for (e.level = 2; e.level <= 3; ++e.level) {
    const std::string page = safe_rolling_page(e, "x");
    EXPECT_FALSE(has(page, "is cautious")) << e.level;
    EXPECT_TRUE(has(page, "no limit to roll by")) << e.level;
  }
}

TEST(SafeRollingPage, LoadsAreCutOffAndNeverRoundedUp) {
  EXPECT_EQ(force_words(73.99), "73");
  EXPECT_EQ(force_words(74.0 - 1e-9), "74");
  EXPECT_EQ(share_of_weight_words(0.296), "0.29");
  EXPECT_EQ(share_of_weight_words(0.29), "0.29");
  EXPECT_EQ(share_of_weight_words(0.0051), "0.00");
}

TEST(SafeRollingPage, MapsOfTwoKneesLieInTwoFiles) {
  Envelope e = a_leg();
  e.knee_flexion_deg = {30.2, 30.4};
  const std::string page = safe_rolling_page(e, "x");
  EXPECT_TRUE(has(page, "envelope_standard_knee_30.2.png"));
  EXPECT_TRUE(has(page, "envelope_standard_knee_30.4.png"));
}
