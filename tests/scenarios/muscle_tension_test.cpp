#include "scenarios/muscle_tension.hpp"

#include <gtest/gtest.h>

#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

using namespace nerveload;

namespace {
Scenario read(const std::string& text) { return read_scenario_text(text, "t.toml"); }
const std::optional<FibreFamily>& fibres(const LegInput& input, Tissue t) { return input.materials[static_cast<std::size_t>(t)].fibres; }
double at_rest(const LegInput& input, Tissue t) { return fibres(input, t)->law(1.0).f; }
}  // namespace

TEST(MuscleTension, IsOffUnlessAskedFor) {
  for (const Material& m : leg_input(read("pose.preset = 'hamstring_straight'\n")).materials) EXPECT_FALSE(m.fibres);
}

TEST(MuscleTension, AStraightLegHasTautHamstrings) {
  const LegInput straight = leg_input(read("subject.fibre_tension = true\npose.preset = 'hamstring_straight'\n"));
  const LegInput bent = leg_input(read("subject.fibre_tension = true\npose.preset = 'hamstring_bent'\n"));
  EXPECT_GT(at_rest(straight, Tissue::hamstrings), 20.0);
  EXPECT_LT(at_rest(straight, Tissue::hamstrings), 50.0);
  EXPECT_LT(at_rest(bent, Tissue::hamstrings), 0.4 * at_rest(straight, Tissue::hamstrings));
  EXPECT_FALSE(fibres(straight, Tissue::gluteus_maximus));
  EXPECT_FALSE(fibres(straight, Tissue::quadriceps_adductors));
}

TEST(MuscleTension, TheBaselineIsUntensed) {
  const Scenario s = read("subject.fibre_tension = true\npose.preset = 'hamstring_straight'\nmaterials.muscle_fibres.stress_scale_kPa = 5\n");
  const LegInput base = baseline_leg_input(s);
  ASSERT_TRUE(fibres(base, Tissue::hamstrings));
  EXPECT_EQ(at_rest(base, Tissue::hamstrings), 0.0);
  EXPECT_DOUBLE_EQ(fibres(base, Tissue::hamstrings)->c3, 5.0);
  // Tangent and stress are continuous where the toe ends.
  const FibreFamily f{*fibres(base, Tissue::hamstrings)};
  EXPECT_NEAR(f.law(f.lambda_max - 1e-9).slope, f.law(f.lambda_max + 1e-9).slope, 1e-4);
}
