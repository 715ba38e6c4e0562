#include "scenarios/resolved_quantities.hpp"

#include <gtest/gtest.h>

#include <set>

#include "scenarios/preset.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/uncertainty.hpp"

namespace nerveload {
namespace {

TEST(ResolvedQuantities, AChangedValueIsWhatTheReaderWouldMakeOfIt) {
  const Scenario s = read_scenario("default");
  const Scenario heavier = with_value(s, "subject.mass_kg", 90.0);
  EXPECT_NEAR(heavier.load.value / s.load.value, 90.0 / s.subject.mass_kg, 1e-12);  // a share of body weight
  const Scenario same = with_value(s, "roller.position_mm", s.roller.position_mm);
  EXPECT_EQ(same.pose, s.pose);
  EXPECT_EQ(same.load.value, s.load.value);
  EXPECT_EQ(same.subject.fat_thickness_mm, s.subject.fat_thickness_mm);
  const Scenario both = with_value(heavier, "roller.position_mm", 12.0);
  EXPECT_EQ(both.subject.mass_kg, 90.0);
  EXPECT_EQ(both.load.value, heavier.load.value);
  EXPECT_EQ(both.roller.position_mm, 12.0);
  const Scenario soft = with_value(s, "materials.fat.shear_modulus_kPa", 0.5);
  for (const TissueLaw& law : soft.tissues)
    if (law.name == "fat") {
      EXPECT_NEAR(initial_shear_modulus(law.matrix), 0.5, 1e-12);
    }
}

std::set<std::string> said(const Scenario& s) {
  std::set<std::string> keys;
  for (const ResolvedQuantity& q : resolved_quantities(s))
    if (q.said) keys.insert(q.key);
  return keys;
}

/// What a run writes as its scenario.toml, run again, must have the same ranges: what it lists as defaults nobody has measured.
TEST(ResolvedQuantities, AreAsWellKnownWhenTheResolvedFileIsReadAgain) {
  for (const auto& [name, text] : embedded_library()) {
    const Scenario s = read_scenario(std::string(name)), again = read_scenario_text(resolved_toml(s), "scenario.toml");
    EXPECT_EQ(said(again), said(s)) << name;
    EXPECT_EQ(resolved_toml(again, false), resolved_toml(s, false)) << name;
  }
}

/// An edited value is somebody's own.
TEST(ResolvedQuantities, AChangedValueOfAResolvedFileIsKnown) {
  std::string text = resolved_toml(read_scenario("default"));
  EXPECT_EQ(said(read_scenario_text(text, "again.toml")).count("subject.buttock_fat_thickness_mm"), 0u);
  const std::string line = "\nbuttock_fat_thickness_mm = 24 ";
  text.replace(text.find(line), line.size(), "\nbuttock_fat_thickness_mm = 31 ");
  EXPECT_EQ(said(read_scenario_text(text, "again.toml")).count("subject.buttock_fat_thickness_mm"), 1u);
}

/// A healthy piriformis is one muscle with one thickness; what swells has its own, which no user measured either.
TEST(ResolvedQuantities, ThePiriformisHasASecondThicknessOnlyWhereItSwells) {
  const auto of_condition = [](const Scenario& s) {
    for (const UncertainQuantity& q : uncertain_quantities(s))
      if (q.quantity.key == "condition.piriformis_thickness_mm") return q.quantity.value;
    return 0.0;
  };
  const Scenario healthy = read_scenario("default");
  EXPECT_EQ(of_condition(healthy), 0.0);
  EXPECT_EQ(of_condition(read_scenario("figure_four_piriformis_syndrome")), 23.0);
  const Scenario thicker = with_value(healthy, "subject.piriformis_thickness_mm", 19.0);
  EXPECT_EQ(thicker.condition.piriformis_thickness_mm, 19.0) << "and does not swell to a ratio of 17 to 19";
  EXPECT_NE(resolved_toml(thicker).find("[condition]"), std::string::npos);
  EXPECT_EQ(with_value(read_scenario("figure_four_piriformis_syndrome"), "subject.piriformis_thickness_mm", 19.0).condition.piriformis_thickness_mm,
            23.0);
}

TEST(ResolvedQuantities, AConstantOfATissueIsKnownByItself) {
  const std::vector<std::string> settings = {"materials.muscle.prony=[]", "materials.fat.alpha=9", "materials.piriformis.bulk_modulus_kPa=900"};
  const Scenario s = read_scenario("default", settings);
  EXPECT_EQ(said(s).count("materials.muscle.shear_modulus_kPa"), 0u);
  EXPECT_EQ(said(s).count("materials.piriformis.shear_modulus_kPa"), 0u);
  EXPECT_EQ(said(s).count("materials.fat.shear_modulus_kPa"), 0u);
  EXPECT_EQ(said(s).count("materials.fat.alpha"), 1u);
  const std::string text = resolved_toml(s);
  const auto line = [&](const std::string& table, const std::string& key) {
    const std::size_t at = text.find("\n" + key + " = ", text.find("[materials." + table + "]"));
    return text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  };
  EXPECT_NE(line("muscle", "shear_modulus_kPa").find("# default: "), std::string::npos) << line("muscle", "shear_modulus_kPa");
  EXPECT_NE(line("muscle", "prony").find("# --set"), std::string::npos) << line("muscle", "prony");
  EXPECT_NE(line("piriformis", "shear_modulus_kPa").find("# default: "), std::string::npos) << line("piriformis", "shear_modulus_kPa");
  const Scenario measured = read_scenario("default", std::vector<std::string>{"materials.muscle.shear_modulus_kPa=4"});
  EXPECT_EQ(said(measured).count("materials.muscle.shear_modulus_kPa"), 1u);
  const Scenario chosen = read_scenario("default", std::vector<std::string>{"materials.fat.mu_kPa=[0.3, 0.2]", "materials.fat.alpha=[8, 2]"});
  EXPECT_EQ(said(chosen).count("materials.fat.shear_modulus_kPa"), 1u);
}

}  // namespace
}  // namespace nerveload
