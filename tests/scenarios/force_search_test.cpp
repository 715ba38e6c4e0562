#include "scenarios/force_search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace nerveload;

namespace {

using Law = std::function<double(double)>;

std::vector<LoadPoint> curve_of(const Law& law, double most, int points = 12) {
  std::vector<LoadPoint> curve;
  for (int i = 0; i <= points; ++i) {
    const double force = most * i / points;
    curve.push_back({force, law(force)});
  }
  return curve;
}

struct Found {
  bool done = false, reached = false;
  double force = 0.0;
  int trials = 0;
};

Found search(std::vector<LoadPoint> curve, const Law& law, double most) {
  ForceSearch s(std::move(curve), most);
  s.set_pose(law(0.0));
  Found f;
  while (!s.done() && f.trials < 30) {
    ++f.trials;
    EXPECT_GT(s.next(), 0.0);
    EXPECT_LE(s.next(), most * (1.0 + 1e-12));
    s.add({s.next(), law(s.next())});
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
