#include "scenarios/sensitivity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "postprocess/headline_figures.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"

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

void expect_central_differences(Fidelity fidelity, bool all) {
  const Scenario s = scenario(fidelity);
  const Simulation sim = simulate(s, keeping());
  const Sensitivities found = measure_sensitivities(s, sim, 2);
  ASSERT_TRUE(found.reason.empty()) << found.reason;
  std::printf("%zu derivatives in %.1f s; the run took %.1f s\n", found.parameters.size(), found.wall_s, sim.results.solver.wall_s);
  for (const Compared& c : compared) {
    if (!all && !c.always) continue;
    const auto d = std::find_if(found.parameters.begin(), found.parameters.end(), [&](const ParameterDerivative& p) { return p.key == c.key; });
    ASSERT_NE(d, found.parameters.end()) << c.key;
    const std::vector<double> more = figures(with_value(s, c.key, d->value + c.half)), less = figures(with_value(s, c.key, d->value - c.half));
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

TEST(Sensitivity, IsThatOfWholeRuns) { expect_central_differences(Fidelity::rough, false); }
TEST(LongSensitivity, IsThatOfWholeRunsOnTheRoughMesh) { expect_central_differences(Fidelity::rough, true); }
TEST(LongSensitivity, IsThatOfWholeRunsAtCoarse) { expect_central_differences(Fidelity::coarse, true); }

TEST(Sensitivity, SaysWhereThereIsNone) {
  Scenario s = scenario(Fidelity::rough);
  Simulation sim;
  sim.results.complete = true;
  s.roller.friction = 0.4;
  EXPECT_EQ(measure_sensitivities(s, sim, 1).reason, "friction remembers the way");
  s.roller.friction = 0.0;
  s.motion.relaxation = true;
  EXPECT_EQ(measure_sensitivities(s, sim, 1).reason, "tissue that relaxes remembers the way");
  sim.results.complete = false;
  EXPECT_EQ(measure_sensitivities(s, sim, 1).reason, "the run did not reach its end");
}

TEST(Sensitivity, AChangedValueIsWhatTheReaderWouldMakeOfIt) {
  const Scenario s = read_scenario("default");
  const Scenario heavier = with_value(s, "subject.mass_kg", 90.0);
  EXPECT_NEAR(heavier.load.value / s.load.value, 90.0 / s.subject.mass_kg, 1e-12);  // a share of body weight
  const Scenario same = with_value(s, "roller.position_mm", s.roller.position_mm);
  EXPECT_EQ(same.pose, s.pose);
  EXPECT_EQ(same.load.value, s.load.value);
  EXPECT_EQ(same.subject.fat_thickness_mm, s.subject.fat_thickness_mm);
  const Scenario soft = with_value(s, "materials.fat.shear_modulus_kPa", 0.5);
  for (const TissueLaw& law : soft.tissues)
    if (law.name == "fat") {
      EXPECT_NEAR(initial_shear_modulus(law.matrix), 0.5, 1e-12);
    }
}

}  // namespace
}  // namespace nerveload
