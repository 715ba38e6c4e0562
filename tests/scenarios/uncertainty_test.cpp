#include "scenarios/uncertainty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "postprocess/headline_figures.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

Scenario read(const std::string& text) { return read_scenario_text(text, "t.toml"); }
std::optional<UncertainQuantity> quantity(const Scenario& s, const std::string& key) {
  for (const UncertainQuantity& q : uncertain_quantities(s))
    if (q.quantity.key == key) return q;
  return {};
}

TEST(Uncertainty, EverySpreadIsOfAParameterThatThereIs) {
  const Scenario s = read("condition.kind = 'piriformis_syndrome'\n");
  for (const auto& each : parameter_spreads()) {
    const std::string& dotted = each.first;
    EXPECT_GT(each.second.sd, 0.0) << dotted;
    EXPECT_FALSE(each.second.source.empty()) << dotted;
    const std::vector<ResolvedQuantity> all = resolved_quantities(s);
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const ResolvedQuantity& q) { return q.key == dotted || q.key.starts_with(dotted + "_"); }))
        << dotted;
  }
}

TEST(Uncertainty, WhatTheScenarioSaysIsKnown) {
  EXPECT_TRUE(quantity(read(""), "subject.fat_thickness_mm"));
  EXPECT_FALSE(quantity(read("subject.fat_thickness_mm = 11\n"), "subject.fat_thickness_mm"));
  EXPECT_TRUE(quantity(read(""), "materials.muscle.shear_modulus_kPa"));
  EXPECT_FALSE(quantity(read("materials.muscle.shear_modulus_kPa = 4\n"), "materials.muscle.shear_modulus_kPa"));
  EXPECT_TRUE(quantity(read(""), "load.body_weight_fraction"));
  EXPECT_FALSE(quantity(read("load.force_N = 200\n"), "load.body_weight_fraction"));
  EXPECT_FALSE(quantity(read_scenario("default"), "load.body_weight_fraction"));  // a file may be named so
}

TEST(Uncertainty, SpreadsAreThoseOfWhatIsLeftOfTheDistribution) {
  const auto fat = quantity(read(""), "subject.fat_thickness_mm");
  ASSERT_TRUE(fat);
  EXPECT_FALSE(fat->cut_off);
  EXPECT_NEAR(fat->spread(), 0.42 * fat->quantity.value, 0.05 * fat->quantity.value);  // hardly anything is cut off
  const auto shift = quantity(read(""), "subject.nerve_lateral_shift_mm");
  ASSERT_TRUE(shift);
  EXPECT_TRUE(shift->cut_off);
  // A normal of 8 mm cut off at ± 8 mm: sqrt(1 − 2 φ(1) / (2 Φ(1) − 1)) of it.
  EXPECT_NEAR(shift->spread(), 8.0 * 0.5396, 1e-3);
  for (const auto* q : {&*fat, &*shift}) {
    double mean = 0.0, square = 0.0;
    constexpr int n = 20000;
    for (int i = 0; i < n; ++i) {
      const double v = q->quantile((i + 0.5) / n), x = q->of_logarithm ? std::log(v / q->quantity.value) * q->quantity.value : v;
      mean += x / n;
      square += x * x / n;
    }
    EXPECT_NEAR(std::sqrt(square - mean * mean), q->spread(), 0.01 * q->spread());
    EXPECT_GE(q->quantile(0.0), q->quantity.low);
    EXPECT_LE(q->quantile(1.0), q->quantity.high);
  }
}

TEST(Uncertainty, AddsSquaresAndOrdersByEffect) {
  const Scenario s = read("");
  Sensitivities d;
  d.figures = {10.0, 4.0, 5.0, 1.5};
  d.parameters = {{"subject.fat_thickness_mm", 8.0, {-0.1, 0.0, 0.0, 0.0}}, {"materials.muscle.shear_modulus_kPa", 3.5, {1.0, 0.1, 0.0, 0.0}}};
  Results r;
  r.verdict.by_level[1].compression = 1.0;
  r.verdict.by_level[2].tension = 0.5;
  const Uncertainty u = measure_uncertainty(s, r, d);
  ASSERT_EQ(u.contributions.size(), 2u);
  EXPECT_EQ(u.contributions[0].key, "materials.muscle.shear_modulus_kPa");
  const double total = std::hypot(u.contributions[0].effect[0], u.contributions[1].effect[0]);
  EXPECT_NEAR(u.figures[headline_compression].high, interval_of(10.0, total).high, 1e-12);
  // Stretch adds up: its range lies evenly about the figure.
  EXPECT_NEAR(u.figures[headline_strain].high - 4.0, 4.0 - u.figures[headline_strain].low, 1e-12);
  EXPECT_NEAR(u.by_compression[1], 0.5, 1e-12);  // at the level itself
  EXPECT_LT(u.by_tension[2], 0.05);
  EXPECT_GT(u.by_tension[2], 0.0);
}

}  // namespace
}  // namespace nerveload
