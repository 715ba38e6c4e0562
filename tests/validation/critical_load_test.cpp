#include "scenarios/critical_load.hpp"

#include <gtest/gtest.h>

#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"
#include "solver/base/units.hpp"

using namespace nerveload;

namespace {

Scenario rough(const std::vector<std::string>& settings) {
  Scenario s = read_scenario("default", settings);
  s.fidelity = Fidelity::rough;
  return s;
}

}  // namespace

// The mesh is walked and then searched, for nothing leads it; a run with the force found stands at the level.
TEST(CriticalLoad, IsTheForceThatARunReachesTheLevelWith) {
  CriticalLoadOptions options;
  options.most_mN = 235.0 * mN_per_N;
  const CriticalLoad found = find_critical_load(rough({}), options);
  ASSERT_EQ(found.status, CriticalLoad::Status::reached) << found.reason;
  Scenario at = rough({});
  at.load = {LoadGoal::Kind::force, found.force_mN};
  const Simulation run = simulate(at);
  ASSERT_TRUE(run.results.complete) << run.results.reason;
  const LevelUtilisation& u = run.results.verdict.by_level[1];
  EXPECT_NEAR(std::max(u.compression, u.tension), 1.0, 0.012);
  EXPECT_EQ(found.governing, Verdict::Governing::compression);
  EXPECT_NEAR(found.governing_at_mm, u.compression_at_mm, 30.0);
  EXPECT_NEAR(found.mean_pressure_kPa, run.results.steps[run.results.governing_step].contact.mean_pressure, 0.2);
}

TEST(CriticalLoad, SaysWhenTheGreatestForceDoesNotReachTheLevel) {
  CriticalLoadOptions options;
  options.most_mN = 20.0 * mN_per_N;
  const CriticalLoad found = find_critical_load(rough({}), options);
  EXPECT_EQ(found.status, CriticalLoad::Status::not_reached) << found.reason;
  EXPECT_LT(std::max(found.last.compression, found.last.tension), 1.0);
}

TEST(CriticalLoad, SaysWhenThePoseAloneReachesTheLevel) {
  CriticalLoadOptions options;
  options.most_mN = 235.0 * mN_per_N;
  const CriticalLoad found = find_critical_load(rough({"pose.knee_flexion_deg=0"}), options);
  EXPECT_EQ(found.status, CriticalLoad::Status::reached_by_pose) << found.reason;
  EXPECT_EQ(found.governing, Verdict::Governing::tension);
  EXPECT_EQ(found.force_mN, 0.0);
}

TEST(CriticalLoad, FailsInWordsWhenToldToStop) {
  CriticalLoadOptions options;
  options.most_mN = 235.0 * mN_per_N;
  options.stopped = [] { return true; };
  const CriticalLoad found = find_critical_load(rough({}), options);
  EXPECT_EQ(found.status, CriticalLoad::Status::failed);
  EXPECT_EQ(found.reason, "interrupted");
}
