#include "scenarios/force_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

using namespace nerveload;

namespace {

using Law = std::function<double(double)>;

LoadPoint point_of(double force, const Law& law, const Law& other) { return {force, law(force), other ? other(force) : 0.0}; }

std::vector<LoadPoint> curve_of(const Law& law, double most, int points = 12, const Law& other = {}) {
  std::vector<LoadPoint> curve;
  for (int i = 0; i <= points; ++i) curve.push_back(point_of(most * i / points, law, other));
  return curve;
}

struct Found {
  bool done = false, reached = false;
  double force = 0.0;
  int trials = 0;
};

Found search(std::vector<LoadPoint> curve, const Law& law, double most, const Law& other = {}) {
  ForceSearch s(std::move(curve), most);
  s.set_pose(point_of(0.0, law, other));
  Found f;
  while (!s.done() && f.trials < 30) {
    ++f.trials;
    EXPECT_GT(s.next(), 0.0);
    EXPECT_LE(s.next(), most * (1.0 + 1e-12));
    s.add(point_of(s.next(), law, other));
  }
  f.done = s.done();
  f.reached = s.reached();
  f.force = s.next();
  return f;
}

constexpr double most = 400e3;
double rough(double f) { return 0.2 + 1.6 * std::pow(f / most, 0.8); }

}  // namespace

TEST(ForceSearch, FindsTheCrossingOfAScaledCurveInTwoTrials) {
  const Law law = [](double f) { return 0.25 + 1.3 * 1.6 * std::pow(f / most, 0.8); };
  const Found f = search(curve_of(rough, most, 40), law, most);
  EXPECT_TRUE(f.reached);
  EXPECT_LE(f.trials, 3);
  EXPECT_NEAR(law(f.force), 1.0, 0.01);
}

TEST(ForceSearch, FindsTheCrossingOfALawUnlikeItsCurve) {
  for (const double power : {0.3, 0.7, 1.0, 1.5, 3.0})
    for (const double pose : {0.0, 0.5, 0.95}) {
      const Law law = [=](double f) { return pose + 2.0 * std::pow(f / most, power); };
      const Found f = search(curve_of(rough, most), law, most);
      const double exact = most * std::pow((1.0 - pose) / 2.0, 1.0 / power);
      EXPECT_TRUE(f.reached) << power << " " << pose;
      EXPECT_LT(f.trials, 12) << power << " " << pose;
      EXPECT_NEAR(f.force, exact, std::max(0.01 * exact, 100.0)) << power << " " << pose;
    }
}

TEST(ForceSearch, FollowsAKinkWhereTensionTakesOver) {
  const Law law = [](double f) { return std::max(0.3 + f / most, 0.9 + 0.2 * f / most); };
  const Found f = search(curve_of(rough, most), law, most);
  EXPECT_TRUE(f.reached);
  EXPECT_NEAR(f.force, 0.5 * most, 0.01 * 0.5 * most);
}

// A coarser mesh that tells of more pressure than there is, or of less, has pressure take over from stretch at another force: what is left to the level
// is then what stretch has left, and not as near as the curve's steep pressure says.
TEST(ForceSearch, KeepsItsToleranceWherePressureAndStretchChangePlaces) {
  for (const double steepness : {0.7, 1.2, 1.7, 2.5, 6.0})
    for (const double told : {0.7, 0.85, 1.0, 1.15, 1.3})
      for (const double pose : {0.3, 0.6, 0.9, 0.97})
        for (const double growth : {0.0, 0.02, 0.05, 0.2, 0.6}) {
          const Law pressure = [=](double f) { return steepness * f / most; }, stretch = [=](double f) { return pose + growth * f / most; };
          const Law told_pressure = [=](double f) { return told * pressure(f); };
          const Found f = search(curve_of(told_pressure, most, 12, stretch), pressure, most, stretch);
          const double exact = most * std::min(1.0 / steepness, (1.0 - pose) / growth);
          const std::string at = std::to_string(steepness) + " " + std::to_string(told) + " " + std::to_string(pose) + " " + std::to_string(growth);
          ASSERT_TRUE(f.done) << at;
          EXPECT_EQ(f.reached, exact < most) << at;
          if (f.reached) {
            EXPECT_NEAR(f.force, exact, 0.01 * exact) << at;
          }
          EXPECT_LE(f.trials, 4) << at;
        }
}

// Stretch that the coarser mesh does not tell of at all.
TEST(ForceSearch, FindsAFigureThatItsCurveDoesNotKnow) {
  const Law pressure = [](double f) { return 0.9 * f / most; }, stretch = [](double f) { return 0.6 + 0.8 * f / most; };
  const Found f = search(curve_of(pressure, most, 12, [](double) { return 0.6; }), pressure, most, stretch);
  EXPECT_TRUE(f.reached);
  EXPECT_NEAR(f.force, 0.5 * most, 0.01 * 0.5 * most);
}

TEST(ForceSearch, SaysWhenTheLevelIsNotReached) {
  const Law law = [](double f) { return 0.2 + 0.6 * f / most; };
  const Found led = search(curve_of(rough, most), law, most);
  EXPECT_TRUE(led.done);
  EXPECT_FALSE(led.reached);
  const Found alone = search({}, law, most);
  EXPECT_TRUE(alone.done);
  EXPECT_FALSE(alone.reached);
  EXPECT_EQ(alone.trials, 1);
}

TEST(ForceSearch, NeedsNoCurve) {
  const Law law = [](double f) { return 0.1 + 1.5 * f / most; };
  const Found f = search({}, law, most);
  EXPECT_TRUE(f.reached);
  EXPECT_NEAR(f.force, 0.6 * most, 0.006 * most);
}
