#include "scenarios/sensitivity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <functional>

#include "postprocess/headline_figures.hpp"
#include "scenarios/critical_force.hpp"
#include "scenarios/leg_results.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/resolved_quantities.hpp"

namespace nerveload {
namespace {

/// A parameter and half of the central difference that its derivative is compared with: long enough for what two runs still differ in.
struct Compared {
  const char* key;
  double half;
  bool always = false;  ///< also where the time is short
};
constexpr Compared compared[] = {
    {"load.body_weight_fraction", 0.0004},
    {"roller.position_mm", 0.02, true},
    {"pose.hip_flexion_deg", 0.02, true},
    {"pose.hip_abduction_deg", 0.02},
    {"pose.hip_external_rotation_deg", 0.02},
    {"pose.knee_flexion_deg", 0.1},
    {"pose.ankle_dorsiflexion_deg", 0.25},
    {"subject.fat_thickness_mm", 0.02},
    {"subject.buttock_fat_thickness_mm", 0.02},
    {"subject.nerve_posterior_shift_mm", 0.02},
    {"materials.muscle.shear_modulus_kPa", 0.003, true},
    {"materials.fat.shear_modulus_kPa", 0.001},
    {"materials.nerve_fibres.pre_strain_percent", 0.02},
};

Scenario scenario(Fidelity fidelity) {
  Scenario s = read_scenario("default");
  s.fidelity = fidelity;
  return s;
}

SimulationOptions keeping() {
  SimulationOptions options;
  options.keep_baseline = true;
  return options;
}

std::vector<double> figures(const Scenario& s) {
  const Simulation sim = simulate(s, keeping());
  EXPECT_TRUE(sim.results.complete) << sim.results.reason;
  return headline_values(sim.results.steps[sim.results.governing_step].nerve);
}

/// The same by Newton's method from the equilibria of a like scenario, for changes so small that no way is needed: residuals and figures are those of a
/// whole run, the derivative's code has no part in it. Meshes too, unless they follow the like one's: where sections are relaxed and cells
/// lifted (`standard`), whole runs move their meshes by small jumps.
std::vector<double> figures_near(const Scenario& s, const Simulation& sim, Likeness likeness) {
  const auto settled = [](const LegModel& leg, State state) {
    Problem problem(leg.model, make_linear_solver(LinearSolverKind::best_available, 2));
    StepTarget target{state.path, {}};
    target.border.resize(problem.assembly.layout().borders().size());  // the roller's force is what it is
    NewtonOptions options;
    options.tolerance = 1e-9;
    options.absolute_tolerance = 1e-5;  // rounding ends at 3e-7
    const SolveReport report = solve_newton(problem, state, target, options);
    EXPECT_TRUE(report.converged()) << report.message;
    return state;
  };
  const LegModel leg(leg_input(s), sim.leg.get(), likeness), neutral(baseline_leg_input(s), sim.baseline->leg.get(), likeness);
  const State loaded = settled(leg, *sim.results.steps[sim.results.governing_step].state), unloaded = settled(neutral, sim.baseline->state);
  NerveProfile nerve = measure_nerve(s, leg, loaded, measure_compression(neutral.anatomy, *neutral.body, unloaded));
  judge(nerve, s.thresholds, judgement_context(s));
  return headline_values(nerve);
}

void expect_central_differences(Fidelity fidelity, bool all,
                                const std::function<std::vector<double>(const Scenario&, const Simulation&)>& figures_of) {
  const Scenario s = scenario(fidelity);
  const Simulation sim = simulate(s, keeping());
  const Sensitivities found = measure_sensitivities(s, sim, {.threads = 2});
  ASSERT_TRUE(found.reason.empty()) << found.reason;
  std::printf("%zu derivatives in %.1f s; the run took %.1f s\n", found.parameters.size(), found.wall_s, sim.results.solver.wall_s);
  for (const Compared& c : compared) {
    if (!all && !c.always) continue;
    const auto d = std::find_if(found.parameters.begin(), found.parameters.end(), [&](const ParameterDerivative& p) { return p.key == c.key; });
    ASSERT_NE(d, found.parameters.end()) << c.key;
    const auto at = [&](double value) { return figures_of(with_value(s, c.key, value), sim); };
    const std::vector<double> more = at(d->value + c.half), less = at(d->value - c.half);
    for (int k = 0; k < headline_count; ++k) {
      const double difference = (more[k] - less[k]) / (2.0 * c.half);
      std::printf("%-45s %-38s %12.6g %12.6g %+8.3f %%\n", c.key, headline_keys()[k].c_str(), d->figures[k], difference,
                  100.0 * (d->figures[k] / difference - 1.0));
      // A hundredth of the derivative; or what changes a figure by less than a millionth of itself over the difference.
      EXPECT_NEAR(d->figures[k], difference, 0.01 * std::abs(difference) + 1e-6 * std::abs(found.figures[k]) / c.half)
          << c.key << " " << headline_keys()[k];
    }
  }
}

std::vector<double> of_whole_run(const Scenario& s, const Simulation&) { return figures(s); }
std::vector<double> of_equilibrium(const Scenario& s, const Simulation& like) { return figures_near(s, like, Likeness::start); }
std::vector<double> of_following_mesh(const Scenario& s, const Simulation& like) { return figures_near(s, like, Likeness::follow); }

TEST(Sensitivity, IsThatOfEquilibria) { expect_central_differences(Fidelity::rough, false, of_equilibrium); }
TEST(LongSensitivity, IsThatOfEquilibriaOnTheRoughMesh) { expect_central_differences(Fidelity::rough, true, of_equilibrium); }
TEST(LongSensitivity, IsThatOfWholeRunsAtCoarse) { expect_central_differences(Fidelity::coarse, true, of_whole_run); }
/// Abduction is not among these: over ±0.02° its difference is a quarter off, over ±0.3° 7 % (docs/uncertainty.md).
TEST(LongSensitivity, IsThatOfMeshesThatFollowAtStandard) { expect_central_differences(Fidelity::standard, false, of_following_mesh); }

TEST(Sensitivity, SaysWhereThereIsNone) {
  Scenario s = scenario(Fidelity::rough);
  Simulation sim;
  sim.results.complete = true;
  s.roller.friction = 0.4;
  EXPECT_EQ(measure_sensitivities(s, sim, {}).reason, "friction remembers the way");
  s.roller.friction = 0.0;
  s.motion.relaxation = true;
  EXPECT_EQ(measure_sensitivities(s, sim, {}).reason, "tissue that relaxes remembers the way");
  sim.results.complete = false;
  EXPECT_EQ(measure_sensitivities(s, sim, {}).reason, "the run did not reach its end");
}

TEST(Sensitivity, TellsHowFarItIsAndEndsWhenToldTo) {
  const Scenario s = scenario(Fidelity::rough);
  const Simulation sim = simulate(s, keeping());
  std::vector<std::size_t> told;
  const Sensitivities found = measure_sensitivities(s, sim, {.observer = [&](std::size_t done, std::size_t of) {
                                                      told.push_back(done);
                                                      EXPECT_GT(of, 30u);
                                                      return done < 16;
                                                    }});
  EXPECT_EQ(told, (std::vector<std::size_t>{0, 8, 16}));
  EXPECT_EQ(found.reason, "interrupted");
  EXPECT_TRUE(found.parameters.empty());
}

/// The force that reaches the first level and its derivatives, beside what a search with a changed parameter finds.
TEST(LongCriticalForce, MovesAsItsDerivativesSay) {
  const Scenario s = scenario(Fidelity::rough);
  const auto found = [](const Scenario& of) { return measure_critical_force(of, simulate(of, keeping()), {}); };
  const CriticalForce force = found(s);
  ASSERT_TRUE(force.reason.empty()) << force.reason;
  const Simulation there = simulate(with_value(s, "load.body_weight_fraction", 0.32 * force.force.value / (s.load.value / 1000.0)));
  const NerveProfile& nerve = there.results.steps[there.results.governing_step].nerve;
  EXPECT_NEAR(headline_values(nerve)[headline_combined], 1.0, 1e-3);
  EXPECT_LT(force.force.low, force.force.value);
  EXPECT_GT(force.force.high, force.force.value);
  // By position it hardly moves (0.05 N/mm): differences over ±0.05 to ±0.5 mm are no steadier than that (docs/uncertainty.md).
  const std::string key = "materials.muscle.shear_modulus_kPa";
  const double half = 0.05;
  const auto d = std::find_if(force.parameters.begin(), force.parameters.end(), [&](const ParameterDerivative& p) { return p.key == key; });
  ASSERT_NE(d, force.parameters.end());
  const double more = found(with_value(s, key, d->value + half)).force.value, less = found(with_value(s, key, d->value - half)).force.value;
  const double difference = (more - less) / (2.0 * half);
  std::printf("%-40s %10.5f %10.5f N per unit at %.3f N\n", key.c_str(), d->figures[0], difference, force.force.value);
  EXPECT_NEAR(d->figures[0], difference, 0.01 * std::abs(difference));
}

TEST(Sensitivity, SaysWhereThereIsNoCriticalForce) {
  Scenario s = scenario(Fidelity::rough);
  Simulation sim;
  sim.results.complete = false;
  EXPECT_EQ(measure_critical_force(s, sim, {}).reason, "the run did not reach its end");
  s.roller.friction = 0.4;
  EXPECT_EQ(measure_critical_force(s, sim, {}).reason, "friction and relaxation remember the way");
  s.load.kind = LoadGoal::Kind::mean_pressure;
  EXPECT_EQ(measure_critical_force(s, sim, {}).reason, "the load is not given as a force");
  s.roller.present = false;
  EXPECT_EQ(measure_critical_force(s, sim, {}).reason, "there is no roller");
}

}  // namespace
}  // namespace nerveload
