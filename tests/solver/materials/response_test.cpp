#include "solver/materials/response.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace nerveload {
namespace {

/// Stretches that coalesce are bridged by series, which are the functions themselves to the last digits up to where they end.
TEST(CoalescingStretches, SeriesAreTheirFunctions) {
  for (const double x : {0.0999999, 0.09, 0.05, 0.01, -0.07}) {
    const double a = std::exp(x), b = std::exp(-x);
    EXPECT_NEAR(x_over_tanh(x, a, b), x / std::tanh(x), 1e-15) << x;
    EXPECT_NEAR(half_difference_over(x, a, b), std::sinh(x) / x, 1e-15) << x;
  }
  EXPECT_EQ(x_over_tanh(0.0, 1.0, 1.0), 1.0);
  EXPECT_EQ(half_difference_over(0.0, 2.0, 2.0), 2.0);
}

TEST(CoalescingStretches, BeyondTheSeriesAreTheFunctions) {
  for (const double x : {0.1000001, 0.4, -2.0}) {
    const double a = 3.0 * std::exp(x), b = 3.0 * std::exp(-x);
    EXPECT_NEAR(x_over_tanh(x, a, b), x / std::tanh(x), 1e-14) << x;
    EXPECT_NEAR(half_difference_over(x, a, b), 3.0 * std::sinh(x) / x, 2e-14) << x;
  }
}

}  // namespace
}  // namespace nerveload
