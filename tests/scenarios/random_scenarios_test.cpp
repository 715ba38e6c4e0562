#include "tests/support/random_scenarios.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

using namespace nerveload;

namespace {
const std::string committed_path = std::string(NERVELOAD_SOURCE_DIR) + "/tests/validation/random_scenarios.csv";
std::string committed() {
  std::ifstream in(committed_path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}
}  // namespace

/// NERVELOAD_WRITE_REFERENCE=1 writes the list anew, on purpose.
TEST(RandomScenarios, TheCommittedListIsTheSeeds) {
  if (std::getenv("NERVELOAD_WRITE_REFERENCE")) std::ofstream(committed_path) << random_scenarios_csv();
  EXPECT_EQ(committed(), random_scenarios_csv());
}

TEST(RandomScenarios, AllTwoHundredAreValidAndCoverTheRanges) {
  const auto all = settings_of_csv(committed());
  ASSERT_EQ(all.size(), 200u);
  std::set<std::string> rollers;
  std::set<Condition> conditions;
  double least = 1e9, most = 0.0, proximal = 1e9, distal = -1e9;
  for (std::size_t i = 0; i < all.size(); ++i) {
    try {
      const Scenario s = read_scenario_text("schema = 1\n", "random.toml", all[i]);
      rollers.insert(s.roller.kind);
      conditions.insert(s.condition.kind);
      least = std::min(least, s.load.value);
      most = std::max(most, s.load.value);
      proximal = std::min(proximal, s.roller.position_mm / s.subject.length_scale());
      distal = std::max(distal, s.roller.position_mm / s.subject.length_scale());
      EXPECT_GT(s.subject.thigh_girth_mm, 495.0);
      EXPECT_LT(s.subject.thigh_girth_mm, 725.0);
      EXPECT_EQ(leg_input(s).materials.size(), static_cast<std::size_t>(tissue_count));
    } catch (const InputError& e) {
      ADD_FAILURE() << "row " << i + 1 << ": " << e.what();
    }
  }
  EXPECT_EQ(rollers.size(), 3u);
  EXPECT_EQ(conditions.size(), 3u);
  EXPECT_LT(least, 65e3);
  EXPECT_GT(most, 335e3);
  EXPECT_LT(proximal, -100.0);
  EXPECT_GT(distal, 290.0);
}
