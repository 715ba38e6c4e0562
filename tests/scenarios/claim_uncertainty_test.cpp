#include "scenarios/claim_uncertainty.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

using namespace nerveload;

namespace {

constexpr double nine_tenths = 1.6448536269514722;
const std::string figure = "nerve.peak_compression_kPa";

RunFigures run(double value, std::map<std::string, double> effects) {
  RunFigures r{true, {}, "{\"nerve\": {\"peak_compression_kPa\": " + std::to_string(value) + "}, \"verdict\": {\"level\": 2}}", {}};
  r.effects.by_figure[figure] = std::move(effects);
  return r;
}

/// Two runs that share the muscle; only the first has a foam that is not known.
std::map<std::string, RunFigures> pair() { return {{"a", run(6.0, {{"muscle", 3.0}, {"foam", 0.3}})}, {"b", run(4.0, {{"muscle", 2.0}})}}; }

ClaimTest test(ComparedFigure::Kind kind) {
  ClaimTest t;
  t.kind = kind;
  t.figure = {"a", figure};
  if (kind != ComparedFigure::Kind::value) t.other = FigureOfRun{"b", figure};
  if (kind == ComparedFigure::Kind::difference || kind == ComparedFigure::Kind::value) t.unit = "kPa";
  if (kind == ComparedFigure::Kind::change) t.unit = "percent", t.factor = 0.01;
  t.supports_low = 1.9;
  t.supports_high = std::numeric_limits<double>::infinity();
  return t;
}

ComparisonUncertainty found(const ClaimTest& t, const std::map<std::string, RunFigures>& runs) {
  const auto figures = [&](const std::string& name) -> const RunFigures& { return runs.at(name); };
  return uncertainty_of(t, value_of(t, figures), figures);
}

}  // namespace

// What both runs share cancels as far as it moves both: 3 − 2 of the muscle is left, not √(3² + 2²).
TEST(ClaimUncertainty, ASharedParameterMovesBothRuns) {
  const ComparisonUncertainty u = found(test(ComparedFigure::Kind::difference), pair());
  ASSERT_TRUE(u.reason.empty()) << u.reason;
  ASSERT_EQ(u.parameters.size(), 2u);
  EXPECT_EQ(u.parameters[0].first, "muscle");
  EXPECT_NEAR(u.parameters[0].second, 1.0, 1e-12);
  EXPECT_NEAR(u.parameters[1].second, 0.3, 1e-12);
  EXPECT_NEAR(u.range.high - 2.0, nine_tenths * std::hypot(1.0, 0.3), 1e-12);
  EXPECT_NEAR(2.0 - u.range.low, nine_tenths * std::hypot(1.0, 0.3), 1e-12);
  EXPECT_TRUE(u.crosses);
}

// Muscle moves both figures by the same share, 3/6 = 2/4: of their ratio it is no part.
TEST(ClaimUncertainty, OfARatioEqualSharesCancel) {
  const ComparisonUncertainty ratio = found(test(ComparedFigure::Kind::ratio), pair());
  ASSERT_EQ(ratio.parameters[0].first, "foam");
  EXPECT_NEAR(ratio.parameters[0].second, 0.3 / 4.0, 1e-12);
  const double factor = std::exp(nine_tenths * 0.3 / 6.0);
  EXPECT_NEAR(ratio.range.high, 1.5 * factor, 1e-9);
  EXPECT_NEAR(ratio.range.low, 1.5 / factor, 1e-9);
  EXPECT_FALSE(ratio.crosses);  // no such effect, all over the range
  const ComparisonUncertainty change = found(test(ComparedFigure::Kind::change), pair());
  EXPECT_NEAR(change.range.high, 100.0 * (1.5 * factor - 1.0), 1e-7);
  EXPECT_NEAR(change.range.low, 100.0 * (1.5 / factor - 1.0), 1e-7);
}

// 2 ± 1.72 kPa, "no such effect" at the figure and at both ends; between them lies all that would support the claim, or speak against it.
TEST(ClaimUncertainty, ASpanWithinTheRangeIsSomethingElse) {
  ClaimTest t = test(ComparedFigure::Kind::difference);
  const auto crosses = [&](double low, double high) {
    t.supports_low = low;
    t.supports_high = high;
    return found(t, pair()).crosses;
  };
  EXPECT_TRUE(crosses(2.5, 3.0));
  EXPECT_TRUE(crosses(1.0, 1.5));
  EXPECT_FALSE(crosses(4.0, 5.0));
  EXPECT_FALSE(crosses(0.1, 5.0));  // supported all over
  t.contradicts_low = 5.5;
  t.contradicts_high = 6.0;
  EXPECT_FALSE(crosses(4.0, 5.0));
  t.contradicts_low = 1.0;
  t.contradicts_high = 1.5;
  EXPECT_TRUE(crosses(4.0, 5.0));
}

TEST(ClaimUncertainty, SaysWhyThereIsNone) {
  auto runs = pair();
  runs["b"].effects = {};
  runs["b"].effects.without[figure] = "friction remembers the way";
  EXPECT_EQ(found(test(ComparedFigure::Kind::difference), runs).reason, "run b: friction remembers the way");
  ClaimTest level = test(ComparedFigure::Kind::value);
  level.figure.figure = "verdict.level";
  level.unit.clear();
  EXPECT_EQ(found(level, pair()).reason, "no derivative is taken of verdict.level");
}
