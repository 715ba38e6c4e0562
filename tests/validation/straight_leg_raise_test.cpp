/// What raising the straight leg does to the nerve as a whole, without a roller: target windows of its elongation and mean strain.
#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>
#include <ostream>

#include "scenarios/leg_input.hpp"
#include "scenarios/load_leg.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {
namespace {

/// The windows are of the path alone: its elongation, and that over its length, as those who measured them had it. The nerve's own mean strain is
/// less, for its ends give way and, taut, it takes a shorter way through the tissue.
struct Window {
  int flexion_deg;
  double elongation_mm[2], strain_percent[2];
  double nerve_percent;  ///< recorded: mean strain of the nerve beyond rest
};

void PrintTo(const Window& w, std::ostream* out) { *out << w.flexion_deg << " degrees"; }

class StraightLegRaise : public testing::TestWithParam<Window> {};
INSTANTIATE_TEST_SUITE_P(Hip, StraightLegRaise,
                         testing::Values(Window{60, {43.0, 50.0}, {4.3, 5.5}, 4.23}, Window{90, {61.0, 72.0}, {6.0, 8.0}, 5.72}),
                         [](const auto& each) { return std::to_string(each.param.flexion_deg); });

TEST_P(StraightLegRaise, ElongatesTheNerveAsMeasured) {
  const Window& w = GetParam();
  const std::vector<std::string> settings{"mesh.fidelity=coarse", "pose.hip_flexion_deg=" + std::to_string(w.flexion_deg)};
  const Scenario scenario = read_scenario("slr_no_roller", settings);
  LegModel leg(leg_input(scenario));
  const LegOutcome outcome = load_leg(leg, {}, {});
  ASSERT_TRUE(outcome.complete) << outcome.reason;
  const SlidingCable::Report nerve = leg.nerve->report(outcome.steps.back().state);
  const double length = std::accumulate(nerve.length.begin(), nerve.length.end(), 0.0), rest = leg.cable_arc_length_mm.back();
  const double path = 100.0 * leg.root_path_mm / rest, mean = 100.0 * (length / rest - 1.0);
  const double ends = nerve.root_motion - nerve.foot_motion, shortcut = leg.root_path_mm - ends - (length - rest);
  std::printf("%d degrees: path %.1f mm or %.2f %% longer; nerve %.2f %%: its ends give %.1f mm, its way is %.1f mm shorter\n", w.flexion_deg,
              leg.root_path_mm, path, mean, ends, shortcut);
  EXPECT_GT(leg.root_path_mm, w.elongation_mm[0]);
  EXPECT_LT(leg.root_path_mm, w.elongation_mm[1]);
  EXPECT_GT(path, w.strain_percent[0]);
  EXPECT_LT(path, w.strain_percent[1]);
  EXPECT_NEAR(mean, w.nerve_percent, 0.1);
  EXPECT_GT(ends, 0.0);
  EXPECT_GT(shortcut, 0.0);
}

/// Healthy people sit with straight legs for minutes without numbness: no pressure on the nerve beyond level 1 may come from the pose alone.
TEST(StraightLeg, IsNotJudgedByCompressionBeyondCaution) {
  const std::vector<std::string> settings{"mesh.fidelity=coarse", "pose.hip_flexion_deg=90"};
  const Simulation sim = simulate(read_scenario("slr_no_roller", settings));
  ASSERT_TRUE(sim.results.complete) << sim.results.reason;
  const ResultStep& step = sim.results.steps[sim.results.governing_step];
  const double peak = peak_of(step.nerve, &NerveStation::compression_kPa).value;
  std::printf("straight leg at 90 degrees: %.2f kPa on the nerve\n", peak);
  EXPECT_GT(peak, 0.5);
  EXPECT_LT(peak, sim.results.ladder.compression_kPa(1, LadderColumn::healthy, sim.results.context.hold_min));
  EXPECT_LT(step.verdict.by_level[2].compression, 1.0);
}

}  // namespace
}  // namespace nerveload
