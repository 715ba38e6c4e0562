#include "scenarios/leg_trials.hpp"

#include <gtest/gtest.h>

#include "scenarios/read_scenario.hpp"

using namespace nerveload;

// What refused a trial once need not do so again: with --resume it is run anew.
TEST(LegTrials, KeepWhatDidNotFailOnly) {
  int kept = 0;
  LegTrials::Options options;
  options.keep = [&](const std::string&, const RunFigures&) { ++kept; };
  LegTrials trials(options);
  Scenario s = read_scenario("default");
  s.fidelity = Fidelity::rough;
  s.pose.hip_flexion = 2.4;  // no mesh follows
  s.pose.knee_flexion = -1.2;
  const LegTrial& refused = trials.run(s, {}, false);
  EXPECT_NE(refused.load.failure, "");
  EXPECT_EQ(kept, 0);
  EXPECT_TRUE(trials.knows(s, {}, false));  // within one call once is enough
  trials.run(s, {}, false);
  EXPECT_EQ(trials.runs(), 1);
}
