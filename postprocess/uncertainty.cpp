#include "postprocess/uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nerveload {
namespace {
constexpr double nine_tenths = 1.6448536269514722;  // normal quantile at 0.95
double normal_above(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }
}  // namespace

Interval normal_interval(double value, double s) { return {value, value - nine_tenths * s, value + nine_tenths * s}; }

Interval interval_of(double value, double s, Scatter scatter) {
  if (!(value > 0.0)) return normal_interval(value, s);
  if (scatter == Scatter::by_amount) return {value, std::max(value - nine_tenths * s, 0.0), value + nine_tenths * s};
  const double factor = std::exp(nine_tenths * s / value);
  return {value, value / factor, value * factor};
}

double probability_above(double limit, double value, double s, Scatter scatter) {
  if (!(s > 0.0)) return value >= limit ? 1.0 : 0.0;
  if (value > 0.0 && limit > 0.0 && scatter == Scatter::by_factor) return normal_above(std::log(limit / value) / (s / value));
  return normal_above((limit - value) / s);
}

}  // namespace nerveload
