#include "scenarios/least_change.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace nerveload;

namespace {

using Change = std::vector<double>;

constexpr double far = 1e3;
const ChangeBox wide{{-far, -far}, {far, far}};

Trial plane(double value, const Change& slopes) { return {{}, {value}, {slopes}, {}}; }

/// Two parts of a change that meet a demand together, each with its own curvature:  g = 2 − a − a²/10 − 3b/10 + b²/50
Trial bowl(const Change& y) {
  return {{}, {2.0 - y[0] - 0.1 * y[0] * y[0] - 0.3 * y[1] + 0.02 * y[1] * y[1]}, {{-1.0 - 0.2 * y[0], -0.3 + 0.04 * y[1]}}, {}};
}

/// Least effort on a fine grid that meets the bowl's demand.
double least_by_search() {
  double least = far;
  for (double a = 0.0; a <= 3.0; a += 0.002)
    for (double b = 0.0; b <= 3.0; b += 0.002)
      if (bowl({a, b}).demands[0] <= 0.0) least = std::min(least, std::hypot(a, b));
  return least;
}

}  // namespace

TEST(LeastLinearChange, IsTheFootOfThePerpendicular) {
  const Change slopes{-0.3, 0.4};
  const Change y = least_linear_change(plane(1.0, slopes), {0.0, 0.0}, {{}}, wide, 0.0);
  EXPECT_NEAR(y[0], 0.3 / 0.25, 1e-6);  // −g s/|s|²
  EXPECT_NEAR(y[1], -0.4 / 0.25, 1e-6);
  // Linearised elsewhere, the plane is the same.
  const Change there = least_linear_change(plane(1.0 - 0.3 * 2.0, slopes), {2.0, 0.0}, {{}}, wide, 0.0);
  EXPECT_NEAR(there[0], y[0], 1e-6);
  EXPECT_NEAR(there[1], y[1], 1e-6);
  // With room for a margin, farther; met beforehand, not at all.
  EXPECT_NEAR(least_linear_change(plane(1.0, slopes), {0.0, 0.0}, {{}}, wide, 0.5)[0], 1.5 * y[0], 1e-6);
  EXPECT_EQ(least_linear_change(plane(-1.0, slopes), {0.0, 0.0}, {{}}, wide, 0.5), (Change{0.0, 0.0}));
}

TEST(LeastLinearChange, OtherPartsTakeOverWhatABoundForbids) {
  const ChangeBox box{{-far, -1.0}, {far, 1.0}};
  const Change y = least_linear_change(plane(1.0, {-0.3, 0.4}), {0.0, 0.0}, {{}}, box, 0.0);
  EXPECT_NEAR(y[1], -1.0, 1e-6);
  EXPECT_NEAR(y[0], (1.0 - 0.4) / 0.3, 1e-6);
}

TEST(LeastLinearChange, MeetsSeveralDemands) {
  // Nearest point with a ≥ 1 and a + b ≥ 3: (1.5, 1.5); with a ≥ 2 and a + b ≥ 3: (2, 1).
  const auto both = [](double a) { return Trial{{}, {a, 3.0}, {{-1.0, 0.0}, {-1.0, -1.0}}, {}}; };
  const Change one = least_linear_change(both(1.0), {0.0, 0.0}, {{}, {}}, wide, 0.0),
               two = least_linear_change(both(2.0), {0.0, 0.0}, {{}, {}}, wide, 0.0);
  EXPECT_NEAR(one[0], 1.5, 1e-6);
  EXPECT_NEAR(one[1], 1.5, 1e-6);
  EXPECT_NEAR(two[0], 2.0, 1e-6);
  EXPECT_NEAR(two[1], 1.0, 1e-6);
}

TEST(LeastLinearChange, BreaksAFirmDemandLast) {
  const ChangeBox box{{-2.0, -2.0}, {2.0, 2.0}};
  // a ≥ 5 cannot be had in the box: as far as it goes.
  EXPECT_NEAR(least_linear_change(plane(5.0, {-1.0, 0.0}), {0.0, 0.0}, {{}}, box, 0.0)[0], 2.0, 1e-6);
  // a ≥ 1 against a ≤ 0.5, which is firm.
  const Trial against{{}, {1.0, -0.5}, {{-1.0, 0.0}, {1.0, 0.0}}, {}};
  EXPECT_NEAR(least_linear_change(against, {0.0, 0.0}, {{false}, {true}}, box, 0.0)[0], 0.5, 1e-6);
}

TEST(FindLeastChange, FindsTheNearestPointOfACurvedLimit) {
  LeastChangeOptions options;
  options.margin = 0.0005;
  const LeastChange found = find_least_change(bowl({0.0, 0.0}), {{}}, wide, bowl, options);
  EXPECT_TRUE(found.met);
  EXPECT_LT(found.trial.demands[0], 0.0);
  EXPECT_LE(found.trials, options.most_trials);
  EXPECT_NEAR(effort(found.change), least_by_search(), 0.01);
}

TEST(FindLeastChange, LeavesAloneWhatIsMet) {
  int trials = 0;
  const LeastChange found = find_least_change(plane(-0.1, {1.0, 1.0}), {{}}, wide, [&](const Change&) { return ++trials, Trial{}; });
  EXPECT_TRUE(found.met);
  EXPECT_EQ(trials, 0);
  EXPECT_EQ(effort(found.change), 0.0);
}

// The straight way leads to where nothing can be computed: a shorter step with more of the other part is found.
TEST(FindLeastChange, GoesRoundWhatFails) {
  LeastChangeOptions options;
  options.most_trials = 20;
  const auto refusing = [](const Change& y) {
    if (y[0] > 0.8) return Trial{"the mesh is refused", {}, {}, {}};
    return Trial{{}, {1.0 - y[0] - 0.4 * y[1]}, {{-1.0, -0.4}}, {}};
  };
  const LeastChange found = find_least_change(refusing({0.0, 0.0}), {{}}, wide, refusing, options);
  EXPECT_TRUE(found.met) << found.trial.demands[0];
  EXPECT_LE(found.change[0], 0.8);
  EXPECT_EQ(found.last_failure, "the mesh is refused");
}

// A slope that promises too much: the step is taken back, never taken for a success.
TEST(FindLeastChange, DoesNotTrustAStepThatLeadsAway) {
  const auto valley = [](const Change& y) { return Trial{{}, {1.0 - y[0] + y[0] * y[0] / 3.5}, {{-1.0 + 2.0 * y[0] / 3.5, 0.0}}, {}}; };
  LeastChangeOptions options;
  options.most_trials = 12;
  const LeastChange found = find_least_change(valley({0.0, 0.0}), {{}}, {{-10.0, 0.0}, {10.0, 0.0}}, valley, options);
  EXPECT_FALSE(found.met);  // its least value is 1/8
  EXPECT_NEAR(found.trial.demands[0], 0.125, 0.01);
  EXPECT_LE(found.trials, options.most_trials);
}

TEST(FindLeastChange, StopsAtTheBoundsAndSaysHowNearItCame) {
  const auto slope = [](const Change& y) { return plane(5.0 - y[0] - y[1], {-1.0, -1.0}); };
  const LeastChange found = find_least_change(slope({0.0, 0.0}), {{}}, {{-1.0, -1.0}, {1.0, 2.0}}, slope);
  EXPECT_FALSE(found.met);
  EXPECT_NEAR(found.change[0], 1.0, 1e-6);
  EXPECT_NEAR(found.change[1], 2.0, 1e-6);
  EXPECT_NEAR(shortfall(found.trial, {{}}), 2.0, 1e-6);
}

// Whole numbers only: the search goes on from what was tried, and what it answers was tried.
TEST(FindLeastChange, AnswersWhatWasTried) {
  const auto whole = [](const Change& y) {
    Trial t = bowl({std::round(2.0 * y[0]) / 2.0, std::round(2.0 * y[1]) / 2.0});
    t.change = {std::round(2.0 * y[0]) / 2.0, std::round(2.0 * y[1]) / 2.0};
    return t;
  };
  const LeastChange found = find_least_change(whole({0.0, 0.0}), {{}}, wide, whole);
  EXPECT_TRUE(found.met);
  EXPECT_EQ(found.trial.change, found.change);
  EXPECT_EQ(whole(found.change).demands, found.trial.demands);
}
