#include "scenarios/claim_uncertainty.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {
namespace {

Interval range_of(const ClaimTest& test, double value, double sd) {
  switch (test.kind) {
    case ComparedFigure::Kind::difference: return normal_interval(value, sd);
    case ComparedFigure::Kind::change: {  // of the ratio that the change is counted from
      const Interval ratio = interval_of(1.0 + value * test.factor, sd * test.factor);
      return {value, (ratio.low - 1.0) / test.factor, (ratio.high - 1.0) / test.factor};
    }
    default: return interval_of(value, sd);
  }
}

/// Whether the comparison would say something else anywhere in the range: at an end, or where a span begins or ends within it.
bool says_more_than_one(const ClaimTest& test, const Interval& range, TestOutcome said) {
  const double bounds[] = {test.supports_low, test.supports_high, test.contradicts_low, test.contradicts_high};
  const auto other = [&](double at) { return outcome_of(test, at) != said; };
  return other(range.low) || other(range.high) ||
         std::any_of(std::begin(bounds), std::end(bounds), [&](double at) { return at > range.low && at < range.high && other(at); });
}

}  // namespace

ComparisonUncertainty uncertainty_of(const ClaimTest& test, double value, const std::function<const RunFigures&(const std::string& run)>& figures) {
  ComparisonUncertainty out;
  try {
    double variance = 0.0;
    for (const auto& [parameter, effect] : effects_on(test, figures)) {
      variance += effect * effect;
      if (effect != 0.0) out.parameters.emplace_back(parameter, effect);
    }
    out.range = range_of(test, value, std::sqrt(variance));
  } catch (const std::runtime_error& e) {
    out.reason = e.what();
    return out;
  }
  std::stable_sort(out.parameters.begin(), out.parameters.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
  out.crosses = says_more_than_one(test, out.range, outcome_of(test, value));
  return out;
}

}  // namespace nerveload
