#include "postprocess/uncertainty.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "postprocess/headline_figures.hpp"

namespace nerveload {
namespace {

NerveProfile profile(const std::vector<double>& compression, double spacing_mm) {
  NerveProfile p;
  for (std::size_t i = 0; i < compression.size(); ++i) {
    NerveStation s;
    s.arc_length_mm = spacing_mm * double(i);
    s.compression_kPa = compression[i];
    s.in_mesh = true;
    p.stations.push_back(s);
  }
  return p;
}
double smoothed(const NerveProfile& p) {
  return smoothed_peak(p, [](const NerveStation& s) { return s.compression_kPa; });
}

TEST(SmoothedPeak, LiesJustBelowThePeakWhateverTheUnit) {
  std::vector<double> hump, scaled;
  for (int i = 0; i <= 200; ++i) {
    hump.push_back(10.0 * std::exp(-0.5 * std::pow((i - 100) / 30.0, 2)));
    scaled.push_back(1e4 * hump.back());
  }
  const double value = smoothed(profile(hump, 1.0));
  // Of a Gaussian: ∫ q^(k+1) / ∫ q^k = top · sqrt(k/(k+1)).
  EXPECT_NEAR(value, 10.0 * std::sqrt(peak_exponent / (peak_exponent + 1.0)), 1e-9);
  EXPECT_NEAR(smoothed(profile(scaled, 1.0)), 1e4 * value, 1e-6);
}

TEST(SmoothedPeak, OfNothingIsNothing) {
  EXPECT_EQ(smoothed(profile({-3.0, -1.0, -2.0}, 5.0)), 0.0);
  EXPECT_EQ(smoothed(profile({}, 5.0)), 0.0);
  NerveProfile outside = profile({1.0, 5.0, 1.0}, 5.0);
  for (NerveStation& s : outside.stations) s.in_mesh = false;
  EXPECT_EQ(smoothed(outside), 0.0);
}

TEST(SmoothedPeak, HasADerivativeWhereThePeakPassesToTheNextStation) {
  auto at = [](double x) { return smoothed(profile({8.0, 10.0 - x, 10.0 + x, 8.0}, 10.0)); };
  const double h = 1e-4;
  EXPECT_NEAR((at(h) - at(0.0)) / h, (at(0.0) - at(-h)) / h, 1e-2);
}

TEST(Interval, OfAPositiveFigureIsLognormal) {
  const Interval i = interval_of(10.0, 3.0);
  EXPECT_NEAR(std::log(i.high / 10.0), 1.6448536 * 0.3, 1e-6);
  EXPECT_NEAR(i.low * i.high, 100.0, 1e-9);
  const Interval none = interval_of(0.0, 2.0);
  EXPECT_NEAR(none.high, 1.6448536 * 2.0, 1e-6);
  EXPECT_NEAR(none.low, -none.high, 1e-12);
}

TEST(Interval, OfAFigureThatScattersByAmountEndsAtZero) {
  const Interval wide = interval_of(2.0, 1.5, Scatter::by_amount);
  EXPECT_EQ(wide.low, 0.0);
  EXPECT_NEAR(wide.high, 2.0 + 1.6448536 * 1.5, 1e-6);
  const Interval narrow = interval_of(2.0, 0.5, Scatter::by_amount);
  EXPECT_NEAR(narrow.high - 2.0, 2.0 - narrow.low, 1e-12);
  EXPECT_NEAR(probability_above(narrow.high, 2.0, 0.5, Scatter::by_amount), 0.05, 1e-9);
  EXPECT_NEAR(probability_above(narrow.low, 2.0, 0.5, Scatter::by_amount), 0.95, 1e-9);
}

TEST(ProbabilityAbove, IsAHalfAtTheFigureItself) {
  EXPECT_NEAR(probability_above(10.0, 10.0, 3.0), 0.5, 1e-12);
  EXPECT_NEAR(probability_above(interval_of(10.0, 3.0).high, 10.0, 3.0), 0.05, 1e-9);
  EXPECT_NEAR(probability_above(interval_of(10.0, 3.0).low, 10.0, 3.0), 0.95, 1e-9);
  EXPECT_EQ(probability_above(10.0, 12.0, 0.0), 1.0);
  EXPECT_EQ(probability_above(10.0, 8.0, 0.0), 0.0);
}

}  // namespace
}  // namespace nerveload
