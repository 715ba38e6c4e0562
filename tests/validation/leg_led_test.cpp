/// Points of a sweep that differ in their load only, and legs nearby: solved for from each other, they come to what each comes to by itself.
#include <gtest/gtest.h>

#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"

using namespace nerveload;

namespace {

Scenario scenario(const std::string& load) {
  Scenario s = read_scenario("default", std::vector<std::string>{load, "pose.preset=neutral"});
  s.fidelity = Fidelity::rough;  // quick; not offered to users
  return s;
}

Simulation solved(const std::string& load, BaselineStore& baselines, Simulation* earlier) {
  SimulationOptions options;
  options.baselines = &baselines;
  options.earlier = earlier;
  return simulate(scenario(load), options);
}

void expect_same(const Simulation& led, const Simulation& cold) {
  ASSERT_TRUE(led.results.complete) << led.results.reason;
  ASSERT_TRUE(cold.results.complete) << cold.results.reason;
  const ResultStep &a = led.results.steps[led.results.governing_step], &b = cold.results.steps[cold.results.governing_step];
  EXPECT_NEAR(a.contact.pressing_force / b.contact.pressing_force, 1.0, 1e-6);
  EXPECT_NEAR(a.indentation_mm / b.indentation_mm, 1.0, 1e-5);
  const double pa = peak_of(a.nerve, &NerveStation::compression_kPa).value, pb = peak_of(b.nerve, &NerveStation::compression_kPa).value;
  EXPECT_NEAR(pa / pb, 1.0, 1e-5);
  EXPECT_NEAR(peak_of(a.nerve, &NerveStation::strain_percent).value / peak_of(b.nerve, &NerveStation::strain_percent).value, 1.0, 1e-5);
}

}  // namespace

TEST(LedLeg, ComesToWhatItComesToByItself) {
  BaselineStore baselines;
  Simulation last = solved("load.force_N=60", baselines, nullptr);
  EXPECT_FALSE(last.led);
  const std::string loads[] = {"load.force_N=100", "load.indentation_mm=22"};
  for (const std::string& load : loads) {
    Simulation led = solved(load, baselines, &last);
    EXPECT_TRUE(led.led) << load;
    const Simulation cold = solved(load, baselines, nullptr);
    expect_same(led, cold);
    EXPECT_LT(2 * led.outcome.statistics.factorisations, cold.outcome.statistics.factorisations) << load;
    last = std::move(led);
  }
  // Another leg is not led by this one; stopped at once, for nothing else is asked of it.
  SimulationOptions options;
  options.baselines = &baselines;
  options.earlier = &last;
  options.observer = [](const Progress&) { return false; };
  const Simulation other = simulate(scenario("roller.position_mm=10"), options);
  EXPECT_FALSE(other.led);
  EXPECT_NE(last.leg, nullptr) << "it keeps its leg";
}

namespace {

/// A leg under a small load, 3 mm of the roller's position for one unit of its place among others.
Simulation beside(double position_mm, double claimed_mm, LegLead* lead) {
  Scenario s = read_scenario("default",
                             std::vector<std::string>{"roller.position_mm=" + std::to_string(position_mm), "load.force_N=30", "pose.preset=neutral"});
  s.fidelity = Fidelity::rough;
  SimulationOptions options;
  options.lead = lead;
  options.place.leg = Eigen::VectorXd::Constant(1, claimed_mm / 6.0);
  options.place.load = Eigen::VectorXd::Zero(1);
  return simulate(s, options);
}

}  // namespace

TEST(LedLeg, OthersNearbyLeadItToWhatItComesToByItself) {
  LegLead lead;
  EXPECT_FALSE(beside(0.0, 0.0, &lead).guessed) << "there is none yet";
  EXPECT_FALSE(beside(3.0, 3.0, &lead).guessed) << "how good a guess is, is not known yet";
  const Simulation led = beside(6.0, 6.0, &lead), cold = beside(6.0, 6.0, nullptr);
  EXPECT_TRUE(led.guessed);
  expect_same(led, cold);
  EXPECT_LT(led.outcome.statistics.factorisations, cold.outcome.statistics.factorisations);
  // One whose place is a lie: the guess is wrong, and what comes out is not.
  expect_same(beside(45.0, 6.5, &lead), beside(45.0, 45.0, nullptr));
}
