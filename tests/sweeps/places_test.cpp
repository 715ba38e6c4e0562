/// Where points of a sweep stand among each other, for the guesses of their states.
#include <gtest/gtest.h>

#include "sweeps/sweep_places.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

TEST(SweepPlaces, NumbersFromZeroToOneLoadsByTheirLogarithmAndTheRestByName) {
  const SweepPlan plan = tiny_plan(5, "[[parameter]]\nkey = \"roller.kind\"\nvalues = [\"soft\", \"standard\"]\n");
  const SweepPlaces places(plan.parameters);
  const LeadPlace a = places.of(R"({"load.force_N":50,"roller.position_mm":-40,"roller.kind":"soft"})");
  const LeadPlace b = places.of(R"({"load.force_N":250,"roller.position_mm":20,"roller.kind":"standard"})");
  const LeadPlace c = places.of(R"({"load.force_N":111.80339887,"roller.position_mm":-10,"roller.kind":"soft"})");
  ASSERT_EQ(a.leg.size(), 1);
  ASSERT_EQ(a.load.size(), 1);
  EXPECT_NEAR(a.leg[0], 0.0, 1e-12);
  EXPECT_NEAR(b.leg[0], 1.0, 1e-12);
  EXPECT_NEAR(c.leg[0], 0.5, 1e-12);
  EXPECT_NEAR(a.load[0], 0.0, 1e-12);
  EXPECT_NEAR(b.load[0], 1.0, 1e-12);
  EXPECT_NEAR(c.load[0], 0.5, 1e-8) << "half-way in the logarithm";
  EXPECT_EQ(a.kind, c.kind);
  EXPECT_NE(a.kind, b.kind);
}

TEST(SweepPlaces, ADistributionCountsOverItsBulk) {
  const SweepPlan plan = read_sweep_text(
      "schema = 1\nkind = \"sweep\"\nbase = \"default.toml\"\n[[parameter]]\nkey = \"subject.fat_thickness_mm\"\ndistribution = \"uniform(6, 12)\"\n"
      "[design]\nkind = \"lhs\"\npoints = 4\n",
      "drawn.toml");
  EXPECT_NEAR(SweepPlaces(plan.parameters).of(R"({"subject.fat_thickness_mm":9})").leg[0], 0.5, 1e-5);
}
