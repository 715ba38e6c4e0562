/// Guesses of states by Kriging over those at other places.
#include "scenarios/snapshots.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace nerveload;

namespace {

Eigen::VectorXd at(double x, double y) { return Eigen::Vector2d(x, y); }

/// Six unknowns (two nodes) and a pressure that depend on the place.
template <class Law>
RelativeState state(const Law& law, const Eigen::VectorXd& p) {
  RelativeState s;
  s.unknowns = law(p) * Eigen::VectorXd::LinSpaced(6, 1.0, 2.0);
  s.pressures = Eigen::VectorXd::Constant(1, 10.0 * law(p));
  return s;
}

double plane(const Eigen::VectorXd& p) { return 3.0 + 2.0 * p[0] - 1.5 * p[1]; }
double curved(const Eigen::VectorXd& p) { return std::exp(0.7 * p[0]) * (1.0 + 0.5 * p[1] * p[1]); }

}  // namespace

TEST(KrigingWeights, AreOneAtAKnownPlaceAndASecantBeyondTwo) {
  Eigen::MatrixXd known(2, 2);
  known << 0.0, 0.5, 0.0, 0.0;
  const KrigingWeights there = kriging_weights(known, at(0.5, 0.0));
  EXPECT_NEAR(there.weights[0], 0.0, 1e-6);
  EXPECT_NEAR(there.weights[1], 1.0, 1e-6);
  EXPECT_LT(there.power, 1e-3);
  const KrigingWeights beyond = kriging_weights(known, at(0.75, 0.0));
  EXPECT_NEAR(beyond.weights.sum(), 1.0, 1e-9);
  EXPECT_NEAR(beyond.weights[1], 1.5, 0.05);
  EXPECT_GT(beyond.power, there.power);
}

TEST(KrigingWeights, StayModestFarOutside) {
  Eigen::MatrixXd known(2, 3);
  known << 0.0, 0.01, 0.02, 0.0, 0.0, 0.0;
  const KrigingWeights far = kriging_weights(known, at(1.0, 1.0));
  EXPECT_LE(far.weights.cwiseAbs().sum(), 3.0);
  EXPECT_NEAR(far.weights.sum(), 1.0, 1e-9);
}

TEST(Snapshots, ThreeTellAPlaneAndMoreTellCurvature) {
  Snapshots flat, three, nine;
  for (const auto& p : {at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0)}) {
    flat.add(p, state(plane, p));
    three.add(p, state(curved, p));
  }
  for (double x : {0.0, 0.5, 1.0})
    for (double y : {0.0, 0.5, 1.0}) nine.add(at(x, y), state(curved, at(x, y)));
  double flat_error = 0.0, three_error = 0.0, nine_error = 0.0;
  for (double x = 0.05; x < 1.0; x += 0.1)
    for (double y = 0.05; y < 1.0; y += 0.1) {
      const Eigen::VectorXd p = at(x, y);
      flat_error = std::max(flat_error, std::abs(flat.guess(p)->state.unknowns[0] - plane(p)));
      three_error = std::max(three_error, std::abs(three.guess(p)->state.unknowns[0] - curved(p)));
      nine_error = std::max(nine_error, std::abs(nine.guess(p)->state.unknowns[0] - curved(p)));
      EXPECT_NEAR(nine.guess(p)->state.pressures[0], 10.0 * nine.guess(p)->state.unknowns[0], 1e-9);
    }
  EXPECT_LT(flat_error, 0.1 * 3.5) << "of a plane that rises by 3.5";
  EXPECT_LT(nine_error, 0.1 * three_error);
}

TEST(Snapshots, SayHowFarOffAGuessMayBe) {
  Snapshots s;
  EXPECT_FALSE(s.guess(at(0.0, 0.0)));
  s.add(at(0.0, 0.0), state(curved, at(0.0, 0.0)));
  EXPECT_TRUE(std::isinf(s.guess(at(1.0, 0.0))->error_mm)) << "nothing has been guessed yet";
  s.add(at(1.0, 0.0), state(curved, at(1.0, 0.0)));
  // The first was off by the whole difference, in the root mean square over nodes.
  const double off = (curved(at(1.0, 0.0)) - curved(at(0.0, 0.0))) * Eigen::VectorXd::LinSpaced(6, 1.0, 2.0).norm() / std::sqrt(2.0);
  const double far = s.guess(at(2.0, 0.0))->error_mm, near = s.guess(at(0.9, 0.0))->error_mm;
  EXPECT_LT(near, 0.3 * far);
  EXPECT_LT(near, off);
  EXPECT_GT(far, 0.1 * off);
}

TEST(Snapshots, TheSamePlaceCountsOnceAndOtherLayoutsDoNotMix) {
  Snapshots s;
  s.add(at(0.0, 0.0), state(plane, at(0.0, 0.0)));
  s.add(at(0.0, 0.0), state(plane, at(0.0, 0.0)));
  EXPECT_EQ(s.size(), 1U);
  RelativeState other;
  other.unknowns = Eigen::VectorXd::Ones(9);
  other.pressures = Eigen::VectorXd::Ones(2);
  s.add(at(1.0, 0.0), other);
  EXPECT_EQ(s.guess(at(0.0, 0.0))->state.unknowns.size(), 9);
}
