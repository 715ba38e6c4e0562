#include "scenarios/run_store.hpp"

#include <gtest/gtest.h>

#include "tests/support/run_program.hpp"

using namespace nerveload;

TEST(RunStore, GivesBackWhatItWasGiven) {
  const ScratchFolder folder;
  const RunStore store(folder.path());
  RunFigures run{true, {}, "{\"nerve\": {\"peak_strain_percent\": 2.5}}", {{"arc_length_mm", {0.0, 5.0}}}};
  run.effects.by_figure["nerve.peak_strain_percent"] = {{"materials.fat.shear_modulus_kPa", -0.1}, {"subject.skin_thickness_mm", 0.02}};
  run.effects.without["verdict.level"] = "a whole number";
  store.put("a leg", run);
  const auto found = store.find("a leg");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->complete);
  EXPECT_EQ(figure_of(*found, "nerve.peak_strain_percent"), 2.5);
  EXPECT_EQ(found->effects.by_figure, run.effects.by_figure);
  EXPECT_TRUE(found->effects.answers("verdict.level"));
  EXPECT_FALSE(found->effects.answers("nerve.peak_compression_kPa"));  // asked for later: to be run again
  EXPECT_FALSE(store.find("another leg"));
}
