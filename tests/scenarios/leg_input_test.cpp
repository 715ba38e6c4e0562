#include "scenarios/leg_input.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"
#include "solver/base/units.hpp"

using namespace nerveload;

namespace {
Scenario read(const std::string& text) { return read_scenario_text(text, "t.toml"); }
double shear(const LegInput& input, Tissue t) { return initial_shear_modulus(input.materials[static_cast<std::size_t>(t)].matrix); }
}  // namespace

TEST(LegInput, TheDefaultManIsTheMeshsReference) {
  const AnatomyShape shape = leg_input(read("pose.preset = 'neutral'\nroller.kind = 'none'\n")).shape, reference;
  EXPECT_DOUBLE_EQ(shape.length_scale, reference.length_scale);
  EXPECT_DOUBLE_EQ(shape.pelvis_width_scale, reference.pelvis_width_scale);
  EXPECT_DOUBLE_EQ(shape.muscle_scale, reference.muscle_scale);
  EXPECT_DOUBLE_EQ(shape.gluteus_scale, reference.gluteus_scale);
  EXPECT_DOUBLE_EQ(shape.fat_thigh_mm, reference.fat_thigh_mm);
  EXPECT_DOUBLE_EQ(shape.fat_buttock_mm, reference.fat_buttock_mm);
  EXPECT_DOUBLE_EQ(shape.piriformis_thickness_mm, reference.piriformis_thickness_mm);
}

TEST(LegInput, GuardingDoublesEveryMuscleAndNothingElse) {
  const LegInput guarded = leg_input(read("subject.muscle_state = 'guarded'\n")), resting = leg_input(read("subject.muscle_state = 'resting'\n"));
  ASSERT_EQ(guarded.materials.size(), static_cast<std::size_t>(tissue_count));
  for (int i = 0; i < tissue_count; ++i) {
    const Tissue t = static_cast<Tissue>(i);
    EXPECT_DOUBLE_EQ(shear(guarded, t) / shear(resting, t), tissue_group(t) == "muscle" ? 2.0 : 1.0) << to_string(t);
  }
  EXPECT_DOUBLE_EQ(shear(resting, Tissue::gluteus_maximus), 3.5);
  EXPECT_DOUBLE_EQ(shear(resting, Tissue::fascicles), 12.9);
  EXPECT_DOUBLE_EQ(guarded.materials[0].volumetric.bulk_modulus, 7500.0);
}

TEST(LegInput, APiriformisSyndromeSwellsAndToneStiffens) {
  const LegInput swollen = leg_input(read("condition.kind = 'piriformis_syndrome'\n"));
  EXPECT_NEAR(swollen.piriformis_swelling, 23.0 / 17.0, 1e-12);
  EXPECT_DOUBLE_EQ(swollen.shape.piriformis_thickness_mm, 17.0);
  EXPECT_DOUBLE_EQ(shear(swollen, Tissue::piriformis), 7.0);
  const LegInput tense = leg_input(read("[condition]\nkind = 'piriformis_syndrome'\npiriformis_thickness_mm = 17\npiriformis_tone = 2\n"));
  EXPECT_DOUBLE_EQ(tense.piriformis_swelling, 1.0);
  EXPECT_DOUBLE_EQ(shear(tense, Tissue::piriformis), 14.0);
  EXPECT_DOUBLE_EQ(shear(tense, Tissue::deep_rotators), 7.0);
}

TEST(LegInput, TheBaselineIsTheSamePersonNeutralAndSound) {
  const Scenario s = read("[condition]\nkind = 'piriformis_syndrome'\npiriformis_tone = 2\nroot_tether = true\n[subject]\nmass_kg = 90\n");
  const LegInput base = baseline_leg_input(s);
  EXPECT_EQ(base.shape.angles.hip_flexion, 0.0);
  EXPECT_EQ(base.piriformis_swelling, 1.0);
  EXPECT_FALSE(base.roller);
  EXPECT_DOUBLE_EQ(shear(base, Tissue::piriformis), 7.0);
  EXPECT_EQ(base.nerve.root_stiffness_mN_per_mm, 4000.0);
  EXPECT_EQ(leg_input(s).nerve.root_stiffness_mN_per_mm, 40000.0);
  EXPECT_EQ(base.shape.fat_thigh_mm, leg_input(s).shape.fat_thigh_mm);
  EXPECT_TRUE(needs_baseline(s));
  EXPECT_FALSE(needs_baseline(read("pose.preset = 'neutral'\n")));
}

TEST(LegInput, RelaxingTissueIsAsStiffAsElasticTissueUnderALoadOfASecond) {
  const std::string on = "motion.relaxation = true\n";
  const LegInput relaxing = leg_input(read(on + "condition.piriformis_tone = 2\n")), elastic = leg_input(read("condition.piriformis_tone = 2\n"));
  for (int i = 0; i < tissue_count; ++i) {
    const Material& m = relaxing.materials[static_cast<std::size_t>(i)];
    EXPECT_NEAR(m.viscosity.step(1.0).share * shear(relaxing, static_cast<Tissue>(i)), shear(elastic, static_cast<Tissue>(i)), 1e-9) << i;
    EXPECT_TRUE(elastic.materials[static_cast<std::size_t>(i)].viscosity.terms.empty());
  }
  auto left = [&](const LegInput& input, Tissue t) {  // modulus after a long time
    double g = 1.0;
    for (const Prony::Term& term : input.materials[static_cast<std::size_t>(t)].viscosity.terms) g -= term.g;
    return g * shear(input, t);
  };
  const LegInput resting = leg_input(read(on + "subject.muscle_state = 'resting'\n"));
  EXPECT_NEAR(shear(resting, Tissue::hamstrings), 4.39, 0.01);
  EXPECT_NEAR(left(resting, Tissue::hamstrings), 0.746, 0.002);
  EXPECT_NEAR(left(relaxing, Tissue::hamstrings), 3.5 + 0.746, 0.002);  // guarding is kept up
  EXPECT_NEAR(left(relaxing, Tissue::piriformis), 3.5 * 3.0 + 0.746, 0.002);
  EXPECT_NEAR(left(relaxing, Tissue::fascicles) / 12.9, 0.44, 0.05);
  const LegInput slack = leg_input(read(on + "subject.muscle_state = 'resting'\ncondition.piriformis_tone = 0.5\n"));
  EXPECT_NEAR(left(slack, Tissue::piriformis), 0.5 * 0.746, 0.001);
  EXPECT_TRUE(baseline_leg_input(read(on)).materials[3].viscosity.terms.empty());
}

TEST(LegInput, ARelaxationMayBeGiven) {
  const LegInput a =
      leg_input(read("motion.relaxation = true\n[materials.muscle]\nprony = [{ g = 0.4, tau_min = 1 }]\n[materials.nerve]\nprony = []\n"));
  ASSERT_EQ(a.materials[static_cast<std::size_t>(Tissue::gluteus_maximus)].viscosity.terms.size(), 1u);
  EXPECT_DOUBLE_EQ(a.materials[static_cast<std::size_t>(Tissue::gluteus_maximus)].viscosity.terms[0].tau_s, 60.0);
  EXPECT_TRUE(a.materials[static_cast<std::size_t>(Tissue::epineurium)].viscosity.terms.empty());
  EXPECT_DOUBLE_EQ(shear(a, Tissue::epineurium), 12.9);
}

/// chen2010's law with C = 0.27, tau2 = 199 s and 56 % lost in the end, beside the three terms that stand for it.
TEST(LegInput, TheNervesSeriesFollowsItsLaw) {
  const LegInput input = leg_input(read("motion.relaxation = true\n"));
  const Prony& series = input.materials[static_cast<std::size_t>(Tissue::fascicles)].viscosity;
  auto E1 = [](double x) { return -std::expint(-x); };
  const double C = 0.27, tau2 = 199.0, span = (1.0 / 0.44 - 1.0) / C, tau1 = tau2 / std::exp(span);
  EXPECT_NEAR(tau1, 1.78, 0.01);
  for (const double t : {0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 3600.0}) {
    double G = 1.0;
    for (const Prony::Term& term : series.terms) G -= term.g * (1.0 - std::exp(-t / term.tau_s));
    EXPECT_NEAR(G, (1.0 + C * (E1(t / tau2) - E1(t / tau1))) / (1.0 + C * span), 0.017) << t;
  }
}

TEST(LegInput, TimesFollowTheMotion) {
  const LoadTimes hold = leg_input(read("[motion]\nduration_s = 61\nrelaxation = true\n")).times;
  EXPECT_TRUE(hold.relaxation);
  EXPECT_DOUBLE_EQ(hold.at(0.5), 1.0);
  EXPECT_DOUBLE_EQ(hold.at(press_path + 40.0), 1.0);
  EXPECT_DOUBLE_EQ(hold.at(hold_path), 1.0);
  EXPECT_NEAR(hold.at(hold_path + 1.0), 61.0, 1e-9);
  EXPECT_LT(hold.at(hold_path + 0.5), 6.0);  // geometric
  const LoadTimes stroke = leg_input(read("[motion]\nkind = 'stroke'\ncadence_per_min = 30\npress_duration_s = 0.5\n")).times;
  EXPECT_FALSE(stroke.relaxation);
  EXPECT_EQ(stroke.hold_s, 0.0);
  EXPECT_DOUBLE_EQ(stroke.at(stroke_path + 0.5), 1.0);
  EXPECT_DOUBLE_EQ(stroke.at(stroke_path + 1.0), 1.5);
}

TEST(LegInput, RollerAndLoad) {
  const Scenario s = read("[roller]\nkind = 'hard'\nposition_cm = 4\nazimuth_deg = 10\n[load]\nforce_N = 250\n");
  const LegInput input = leg_input(s);
  ASSERT_TRUE(input.roller && input.roller->foam);
  EXPECT_DOUBLE_EQ(input.roller->cylinder.radius, 75.0);
  EXPECT_DOUBLE_EQ(input.roller->foam->modulus, 1900.0);
  EXPECT_DOUBLE_EQ(input.roller->station_mm, 40.0);
  EXPECT_DOUBLE_EQ(input.shape.focus_station_mm, 40.0);
  EXPECT_DOUBLE_EQ(input.roller->force_mN, 250000.0);
  EXPECT_EQ(load_goal(s).kind, LoadGoal::Kind::force);
  EXPECT_FALSE(input.roller->stroke_to_mm);
  const LegInput stroke = leg_input(read("[motion]\nkind = 'stroke'\nfrom_mm = 100\nto_mm = 180\n"));
  EXPECT_DOUBLE_EQ(stroke.roller->station_mm, 100.0);
  EXPECT_DOUBLE_EQ(*stroke.roller->stroke_to_mm, 180.0);
  EXPECT_EQ(load_goal(read("roller.kind = 'none'\n")).kind, LoadGoal::Kind::none);
}

TEST(LegInput, MaterialsMayBeChangedByGroupAndByMuscle) {
  const LegInput a = leg_input(
      read("[subject]\nmuscle_state = 'resting'\n[materials.muscle]\nshear_modulus_Pa = 5000\n[materials.hamstrings]\nmodel = 'neo_hookean'\n"));
  EXPECT_DOUBLE_EQ(shear(a, Tissue::gluteus_maximus), 5.0);
  EXPECT_DOUBLE_EQ(shear(a, Tissue::hamstrings), 5.0);
  EXPECT_TRUE(std::holds_alternative<NeoHookean>(a.materials[static_cast<std::size_t>(Tissue::hamstrings)].matrix));
  const LegInput b =
      leg_input(read("[materials.fat]\nmodel = 'mooney_rivlin'\nc10_kPa = 0.3\nc01_kPa = 0.1\n[materials.skin]\nmu_kPa = [10, 5]\nalpha = [2, 6]\n"));
  EXPECT_DOUBLE_EQ(shear(b, Tissue::fat), 0.8);
  EXPECT_EQ(std::get<Ogden>(b.materials[0].matrix).terms.size(), 2u);
}

TEST(LegInput, JudgementFollowsConditionAndDose) {
  const JudgementContext c = judgement_context(read("[condition]\nkind = 'radiculopathy'\nroot_pressure_kPa = 5\n[motion]\nduration_min = 20\n"));
  EXPECT_EQ(c.condition, Condition::radiculopathy);
  EXPECT_DOUBLE_EQ(c.root_pressure_kPa, 5.0);
  EXPECT_DOUBLE_EQ(c.hold_min, 20.0);
  EXPECT_NEAR(judgement_context(read("motion.kind = 'stroke'\n")).hold_min, 1.0 / 25.0, 1e-12);
}

TEST(LegInput, ASeatIsALevelPlaneForSomebodyWhoSits) {
  const LegInput input = leg_input(read("roller.kind = 'seat'\npose.preset = 'sitting'\n"));
  ASSERT_TRUE(input.roller && input.roller->foam);
  EXPECT_TRUE(input.roller->seat);
  EXPECT_DOUBLE_EQ(input.roller->foam->thickness, 10.0);
  EXPECT_FALSE(leg_input(read("roller.kind = 'hard'\n")).roller->seat);
  auto faults = [](const std::string& text) -> std::string {
    try {
      read(text);
    } catch (const InputError& e) {
      return e.what();
    }
    return {};
  };
  EXPECT_NE(faults("roller.kind = 'seat'\npose.preset = 'neutral'\n").find("a seat carries a sitting person"), std::string::npos);
  EXPECT_NE(faults("roller.kind = 'seat'\npose.preset = 'sitting'\nroller.yaw_deg = 5\n").find("a plane has none"), std::string::npos);
  EXPECT_NE(faults("roller.kind = 'seat'\npose.preset = 'sitting'\nmotion.kind = 'stroke'\n").find("a seat does not roll"), std::string::npos);
  const std::string seat = "roller.kind = 'seat'\npose.preset = 'sitting'\n";
  EXPECT_EQ(faults(seat), "");
  EXPECT_EQ(faults(resolved_toml(read(seat))), "");
}

TEST(LegInput, OneOrTheOtherSqueezesNotBothUnlessAsked) {
  auto swelling_and_stress = [](const std::string& squeeze) {
    const LegInput input = leg_input(read("[condition]\nkind = 'piriformis_syndrome'\npiriformis_squeeze = '" + squeeze + "'\n"));
    const auto& fibres = input.materials[static_cast<std::size_t>(Tissue::piriformis)].fibres;
    return std::pair{input.piriformis_swelling, fibres ? fibres->active_stress : 0.0};
  };
  const auto thick = swelling_and_stress("thickening"), spasm = swelling_and_stress("spasm"), both = swelling_and_stress("both");
  EXPECT_NEAR(thick.first, 23.0 / 17.0, 1e-12);
  EXPECT_EQ(thick.second, 0.0);
  EXPECT_EQ(spasm.first, 1.0);
  EXPECT_NEAR(spasm.second, 7600.0 / (17.0 * 43.0 * 0.86), 1e-9);  // kPa
  EXPECT_EQ(both.first, thick.first);
  EXPECT_EQ(both.second, spasm.second);
  // A healthy person's piriformis may cramp too, and that is no baseline.
  const Scenario cramp = read("condition.piriformis_squeeze = 'spasm'\npose.preset = 'neutral'\n");
  EXPECT_TRUE(needs_baseline(cramp));
  EXPECT_FALSE(baseline_leg_input(cramp).materials[static_cast<std::size_t>(Tissue::piriformis)].fibres);
}

TEST(LegInput, TheVariantIsThePersonsOwnAndStaysInTheBaseline) {
  const Scenario s = read("condition.piriformis_variant = 'D'\n");
  EXPECT_EQ(leg_input(s).shape.piriformis_variant, PiriformisVariant::D);
  EXPECT_EQ(baseline_leg_input(s).shape.piriformis_variant, PiriformisVariant::D);
  EXPECT_EQ(leg_input(read("")).shape.piriformis_variant, PiriformisVariant::A);
}
