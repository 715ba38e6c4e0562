#include "scenarios/advise.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "scenarios/leg_trials.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/resolved_quantities.hpp"

using namespace nerveload;

namespace {

constexpr int irritation = 2;

Scenario rough(const std::vector<std::string>& settings = {}) {
  Scenario s = read_scenario("default", settings);
  s.fidelity = Fidelity::rough;
  return s;
}

}  // namespace

// The stress of the rolled muscle has the derivative that whole runs have.
TEST(LongAdvise, StressOfTheMuscleIsDifferentiated) {
  const std::string key = "roller.position_mm";
  LegTrials trials({irritation, 2, {key}, {}, {}, {}});
  const Scenario s = rough();
  const LegTrial at = trials.run(s, {}, true);
  ASSERT_EQ(at.load.failure + at.fault_of_slopes, "");
  EXPECT_EQ(at.muscle, Tissue::gluteus_maximus);
  const double half = 0.05;
  const auto moved = [&](double by) {
    Scenario there = with_value(s, key, s.roller.position_mm + by);
    for (ResolvedEntry& e : there.resolved)  // by which runs are told apart
      if (e.key == "position_mm") e.text = std::to_string(there.roller.position_mm);
    return trials.run(there, at.muscle, false).load.muscle_kPa;
  };
  const double difference = (moved(half) - moved(-half)) / (2.0 * half) / at.load.muscle_kPa;
  std::printf("muscle: %.6g kPa, derivative of its logarithm %.6g, by difference %.6g\n", at.load.muscle_kPa, at.slopes.at(key)[2], difference);
  EXPECT_NEAR(at.slopes.at(key)[2], difference, 0.02 * std::abs(difference));
}

// Rolled where and as `default` says, the buttock's nerve is beyond irritation; what is proposed is not, and runs from its own text.
TEST(LongAdvise, WhatIsProposedStaysUnderTheLevel) {
  AdviceOptions options;
  options.level = irritation;
  options.most_single = 1;
  options.mesh = Fidelity::rough;
  options.observer = [](const AdviceProgress& p) {
    if (p.load)
      std::printf("%s %d: %.3f %.3f %.2f kPa %s\n", p.proposal.c_str(), p.number, p.load->compression, p.load->tension, p.load->muscle_kPa,
                  p.load->failure.c_str());
  };
  const Advice a = find_advice("default", options);
  std::printf("%s", advice_text(a).c_str());
  ASSERT_FALSE(a.before.under());
  ASSERT_EQ(a.status, Advice::Status::found);
  const AdviceProposal& p = a.proposals.front();
  EXPECT_GE(p.after.muscle_kPa, options.keep * a.before.muscle_kPa);
  Scenario proposed = read_scenario_text(p.scenario_toml, "proposal.toml");
  proposed.fidelity = Fidelity::rough;
  const Simulation sim = simulate(proposed);
  EXPECT_LT(sim.results.verdict.level, irritation);
  EXPECT_NEAR(sim.results.verdict.by_level[irritation].compression, p.after.compression, 1e-6);
}
