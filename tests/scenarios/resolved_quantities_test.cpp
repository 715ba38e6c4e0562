#include "scenarios/resolved_quantities.hpp"

#include <gtest/gtest.h>

#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"

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

}  // namespace
}  // namespace nerveload
