#include "meshes/smooth.hpp"

#include <gtest/gtest.h>

namespace nerveload {
namespace {

TEST(Smooth, StepRisesFromZeroToOneWithItsIntegral) {
  EXPECT_EQ(smooth_step(-3.0, -2.0, 4.0), 0.0);
  EXPECT_DOUBLE_EQ(smooth_step(1.0, -2.0, 4.0), 0.5);
  EXPECT_EQ(smooth_step(5.0, -2.0, 4.0), 1.0);
  for (const double x : {-2.5, -1.0, 0.3, 3.9, 6.0}) {
    const double h = 1e-5, slope = (smooth_step_integral(x + h, -2.0, 4.0) - smooth_step_integral(x - h, -2.0, 4.0)) / (2.0 * h);
    EXPECT_NEAR(slope, smooth_step(x, -2.0, 4.0), 1e-8);
  }
}

TEST(Smooth, SoftMaximumIsTheMaximumAwayFromTheCorner) {
  EXPECT_NEAR(soft_max(3.0, -40.0, 1.0), 3.0, 1e-12);
  EXPECT_NEAR(soft_max(-40.0, 3.0, 1.0), 3.0, 1e-12);
  EXPECT_NEAR(soft_max(2.0, 2.0, 1.5), 2.0 + 1.5 * std::log(2.0), 1e-12);
}

TEST(Smooth, SplinePassesItsKnotsAndHasTheSlopeItSays) {
  const std::vector<double> x{-1.0, 0.5, 2.0, 4.5}, y{2.0, -1.0, 0.5, 3.0};
  const Spline<double> s(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(s.at(x[i]), y[i], 1e-14);
  for (const double t : {-2.0, -0.3, 0.5, 1.9, 4.0, 6.0}) EXPECT_NEAR((s.at(t + 1e-6) - s.at(t - 1e-6)) / 2e-6, s.slope(t), 1e-8) << t;
}

TEST(Smooth, SplineOfALineIsThatLine) {
  const Spline<double> s({0.0, 1.0, 3.0, 7.0}, {1.0, 3.0, 7.0, 15.0});
  for (const double t : {-5.0, 0.2, 2.9, 6.0, 11.0}) EXPECT_NEAR(s.at(t), 1.0 + 2.0 * t, 1e-13);
}

TEST(Smooth, MonotoneCubicNeverOvershoots) {
  const MonotoneCubic c({0.0, 1.0, 2.0, 10.0, 10.5}, {0.0, 0.1, 5.0, 5.2, 20.0});
  double before = -1e-12;
  for (double t = 0.0; t <= 10.5; t += 0.01) {
    EXPECT_GE(c.at(t), before - 1e-12) << t;
    before = c.at(t);
  }
  EXPECT_DOUBLE_EQ(c.at(2.0), 5.0);
}

}  // namespace
}  // namespace nerveload
