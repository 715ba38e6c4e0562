/// What may be said about the person, the condition and the pose, with defaults and their sources.
#include <algorithm>

#include "scenarios/anthropometry.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/preset.hpp"

namespace nerveload {
namespace {

using Dimension::length, Dimension::angle, Dimension::none;

std::optional<double> given(const GivenValues& g, const char* key) {
  const auto at = g.find(key);
  return at == g.end() ? std::nullopt : std::optional(at->second);
}

ThighComposition composition(const Scenario& s, const GivenValues& g) {
  return compose_thigh(s.subject, {given(g, "subject.muscularity"), given(g, "subject.fat_thickness"), given(g, "subject.thigh_girth")});
}

/// A quantity whose default follows from what is decided before it.
Parameter following(const QuantityRow& row, std::function<double&(Scenario&)> member, double step,
                    std::function<double(const Scenario&, const GivenValues&)> value) {
  Parameter p = quantity_parameter(row, std::move(member));
  p.fallback = [value = std::move(value), step, source = std::string(row.source)](const Scenario& s, const GivenValues& g) {
    return ParameterDefault{readable(value(s, g), step), source};
  };
  return p;
}

bool woman(const Scenario& s) { return s.subject.sex == Sex::woman; }

}  // namespace

std::vector<Parameter> subject_parameters() {
  const char* t = "subject";
  return {
      choice_parameter(t, "sex", {"man", "woman"}, 0, "reference subject", "sex of the anthropometric tables",
                       [](Scenario& s, int i) { s.subject.sex = static_cast<Sex>(i); }),
      following(
          {t,
           "stature",
           length,
           "m",
           {1.50, 1.95, "the persons the size laws cover"},
           1.70,
           "reference man; women: mean of gordon2014",
           "body height"},
          [](Scenario& s) -> double& { return s.subject.stature_mm; }, 0.01,
          [](const Scenario& s, const GivenValues&) { return woman(s) ? 1.63 : 1.70; }),
      following(
          {t,
           "mass",
           Dimension::mass,
           "kg",
           {45.0, 120.0, "the persons the size laws cover; a mass is positive"},
           75.0,
           "reference man; women: mean of gordon2014",
           "body mass"},
          [](Scenario& s) -> double& { return s.subject.mass_kg; }, 0.1,
          [](const Scenario& s, const GivenValues&) { return woman(s) ? 67.8 : 75.0; }),
      choice_parameter(t, "side", {"right", "left"}, 0, "reference subject", "leg; a left one is the mirror image",
                       [](Scenario& s, int i) { s.subject.side = static_cast<Side>(i); }),
      following(
          {t,
           "femur_length",
           length,
           "mm",
           {330.0, 500.0, "hip to knee centre of an adult"},
           408.0,
           "0.240 of stature: rajagopal2016, gordon2014",
           "hip centre to knee centre; scales bones, nerve path and stations"},
          [](Scenario& s) -> double& { return s.subject.femur_length_mm; }, 0.01,
          [](const Scenario& s, const GivenValues&) { return femur_length_of(s.subject.sex, s.subject.stature_mm); }),
      following(
          {t,
           "inter_hip_width",
           length,
           "mm",
           {130.0, 190.0, "between the hip centres of an adult"},
           154.5,
           "0.0909 of stature, women 5 % more: rajagopal2016, andreassen2022",
           "distance of the hip centres"},
          [](Scenario& s) -> double& { return s.subject.inter_hip_width_mm; }, 0.01,
          [](const Scenario& s, const GivenValues&) { return inter_hip_width_of(s.subject.sex, s.subject.stature_mm); }),
      quantity_parameter({t, "skin_thickness", length, "mm", {1.2, 3.0, "skin of buttock and thigh"}, 2.0, "assumed", "skin"},
                         [](Scenario& s) -> double& { return s.subject.skin_thickness_mm; }),
      following(
          {t,
           "muscularity",
           none,
           "",
           {least_muscularity, most_muscularity, "what the mesh has been shown on"},
           0.92,
           "assumed: 0.92 men, 0.85 women, else what girth and fat leave",
           "muscle hull, linear, over a muscular man's"},
          [](Scenario& s) -> double& { return s.subject.muscularity; }, 1e-4,
          [](const Scenario& s, const GivenValues& g) { return composition(s, g).muscularity; }),
      following(
          {t,
           "fat_thickness",
           length,
           "mm",
           {least_thigh_fat_mm, most_thigh_fat_mm, "what the mesh has been shown on"},
           8.0,
           "girth less muscle: gordon2014, krauze2019",
           "fat behind mid-thigh; along the thigh in proportion"},
          [](Scenario& s) -> double& { return s.subject.fat_thickness_mm; }, 0.01,
          [](const Scenario& s, const GivenValues& g) { return composition(s, g).fat_thickness_mm; }),
      following(
          {t,
           "thigh_girth",
           length,
           "mm",
           {least_thigh_girth_mm, most_thigh_girth_mm, "what the mesh has been shown on"},
           592.0,
           "regression on stature and mass: gordon2014",
           "girth at the gluteal furrow; decides fat and muscularity where they are not given"},
          [](Scenario& s) -> double& { return s.subject.thigh_girth_mm; }, 0.1,
          [](const Scenario& s, const GivenValues& g) { return composition(s, g).girth_mm; }),
      following(
          {t,
           "buttock_fat_thickness",
           length,
           "mm",
           {8.0, 50.0, "what the mesh has been shown on"},
           24.0,
           "park2011, krauze2019; with body-mass index: frank2019",
           "fat over the piriformis"},
          [](Scenario& s) -> double& { return s.subject.buttock_fat_thickness_mm; }, 0.1,
          [](const Scenario& s, const GivenValues&) { return buttock_fat_of(s.subject.sex, s.subject.stature_mm, s.subject.mass_kg); }),
      following(
          {t,
           "gluteus_maximus_thickness",
           length,
           "mm",
           {24.0, 50.0, "what the mesh has been shown on"},
           42.32,
           "46 mm times muscularity: andreassen2022",
           "at the level of the ischial tuberosity"},
          [](Scenario& s) -> double& { return s.subject.gluteus_maximus_thickness_mm; }, 0.01,
          [](const Scenario& s, const GivenValues&) { return gluteus_maximus_thickness_of(s.subject.length_scale(), s.subject.muscularity); }),
      quantity_parameter({t,
                          "piriformis_thickness",
                          length,
                          "mm",
                          {12.0, 25.0, "healthy muscles measured"},
                          17.0,
                          "psmri2017, park2011",
                          "piriformis without pathology"},
                         [](Scenario& s) -> double& { return s.subject.piriformis_thickness_mm; }),
      quantity_parameter({t,
                          "bone_scale",
                          none,
                          "",
                          {0.9, 1.1, "what the mesh has been shown on"},
                          1.0,
                          "reference subject",
                          "thickness of the bones at given length"},
                         [](Scenario& s) -> double& { return s.subject.bone_scale; }),
      quantity_parameter({t,
                          "nerve_scale",
                          none,
                          "",
                          {0.8, 1.2, "what the mesh has been shown on"},
                          1.0,
                          "chen2018",
                          "both axes of the nerve's section over the default's"},
                         [](Scenario& s) -> double& { return s.subject.nerve_scale; }),
      quantity_parameter({t,
                          "nerve_lateral_shift",
                          length,
                          "mm",
                          {-8.0, 8.0, "what the mesh has been shown on"},
                          0.0,
                          "currin2015",
                          "the nerve's path, lateral positive"},
                         [](Scenario& s) -> double& { return s.subject.nerve_lateral_shift_mm; }),
      quantity_parameter({t,
                          "nerve_posterior_shift",
                          length,
                          "mm",
                          {-3.0, 6.0, "what the mesh has been shown on"},
                          0.0,
                          "currin2015",
                          "the nerve's path, posterior positive"},
                         [](Scenario& s) -> double& { return s.subject.nerve_posterior_shift_mm; }),
      choice_parameter(t, "muscle_state", {"resting", "guarded"}, 1, "assumed until calibrated",
                       "resting: published constants; guarded: twice the shear modulus of every muscle",
                       [](Scenario& s, int i) { s.subject.muscle_state = static_cast<MuscleState>(i); }),
      boolean_parameter(t, "fascia", true, "otsuka2018", "fascia lata as a tension-only sheet between muscle and fat",
                        [](Scenario& s) -> bool& { return s.subject.fascia; }),
      boolean_parameter(t, "fascia_planes", false, "assumed (docs/decisions/0026)",
                        "superficial muscles slide on the deep ones (materials.fascia_planes)",
                        [](Scenario& s) -> bool& { return s.subject.fascia_planes; }),
      boolean_parameter(t, "fibre_tension", false, "law assumed (docs/decisions/0023); lengths rajagopal2016",
                        "hamstrings and piriformis have passive fibres that the pose stretches",
                        [](Scenario& s) -> bool& { return s.subject.fibre_tension; }),
  };
}

std::vector<Parameter> condition_parameters() {
  const char* t = "condition";
  Parameter acute = boolean_parameter(t, "acute", false, "mao1998", "of radiculopathy: the double-site rule is for acute loading",
                                      [](Scenario& s) -> bool& { return s.condition.acute; });
  Parameter thickness = following(
      {t,
       "piriformis_thickness",
       length,
       "mm",
       {10.0, 35.0, "muscles measured, healthy and swollen"},
       17.0,
       "subject.piriformis_thickness",
       "piriformis with the condition; beyond the healthy thickness it swells against its neighbours"},
      [](Scenario& s) -> double& { return s.condition.piriformis_thickness_mm; }, 0.01,
      [](const Scenario& s, const GivenValues&) { return s.subject.piriformis_thickness_mm; });
  thickness.follows = "subject.piriformis_thickness";
  return {
      choice_parameter(t, "kind", {"healthy", "radiculopathy", "piriformis_syndrome"}, 0, "reference subject", "what the person has (a preset)",
                       [](Scenario& s, int i) { s.condition.kind = static_cast<Condition>(i); }),
      acute,
      quantity_parameter({t,
                          "root_pressure",
                          Dimension::pressure,
                          "mmHg",
                          {0.0, 256.0, "measured at herniated discs"},
                          0.0,
                          "takahashi1999",
                          "compression of the nerve root; changes the ladder, not the stress in the buttock"},
                         [](Scenario& s) -> double& { return s.condition.root_pressure_kPa; }),
      boolean_parameter(t, "root_tether", false, "ridehalgh2015 (excursion in patients did not differ); ten times as firm: assumed",
                        "the nerve root is held firmly", [](Scenario& s) -> bool& { return s.condition.root_tether; }),
      thickness,
      quantity_parameter({t,
                          "piriformis_tone",
                          none,
                          "",
                          {0.5, 6.0, "1.5 to 4 for a tense muscle"},
                          1.0,
                          "demirel2018 (range), assumed",
                          "factor on the piriformis' stiffness"},
                         [](Scenario& s) -> double& { return s.condition.piriformis_tone; }),
      choice_parameter(t, "piriformis_variant", {"A", "B", "D", "F"}, 0, "poutoglidou2020 (A: 83 to 95 % of people), beaton1937",
                       "course of the nerve; A: undivided below the muscle, B: lateral part through it, D: through it, F: above it",
                       [](Scenario& s, int i) { s.condition.piriformis_variant = static_cast<PiriformisVariant>(i); }),
      choice_parameter(t, "piriformis_squeeze", {"thickening", "spasm", "both"}, 0, "psmri2017 (thickening); spasm assumed",
                       "what of the piriformis acts: its thickness beyond the healthy one, the force of its fibres, or both",
                       [](Scenario& s, int i) { s.condition.piriformis_squeeze = static_cast<PiriformisSqueeze>(i); }),
      quantity_parameter({t,
                          "piriformis_spasm_force",
                          Dimension::force,
                          "N",
                          {0.0, 49.0, "49 N is full activation"},
                          7.6,
                          "parvaresh2019 (derived: 2.17 cm2 times 35 kPa, range 4.3 to 10.9 N)",
                          "force of the muscle's fibres; counts with piriformis_squeeze = spasm or both"},
                         [](Scenario& s) -> double& { return s.condition.spasm_force_mN; }),
  };
}

std::vector<Parameter> pose_parameters() {
  const char* t = "pose";
  const char* source = "preset";
  const auto presets = preset_names("pose");
  return {
      choice_parameter(t, "preset", presets, static_cast<int>(std::find(presets.begin(), presets.end(), "sit_on_roller") - presets.begin()),
                       "assumed", "a set of joint angles; single angles may be changed",
                       [presets](Scenario& s, int i) { s.pose_preset = presets[i]; }),
      quantity_parameter({t, "hip_flexion", angle, "deg", {-10.0, 95.0, "what the mesh has been shown on"}, 0.0, source, "thigh forwards"},
                         [](Scenario& s) -> double& { return s.pose.hip_flexion; }),
      quantity_parameter({t, "hip_abduction", angle, "deg", {-30.0, 40.0, "a hip goes no further in these poses"}, 0.0, source, "thigh sideways"},
                         [](Scenario& s) -> double& { return s.pose.hip_abduction; }),
      quantity_parameter(
          {t, "hip_external_rotation", angle, "deg", {-30.0, 60.0, "a hip turns no further"}, 0.0, source, "about the thigh's own axis"},
          [](Scenario& s) -> double& { return s.pose.hip_external_rotation; }),
      quantity_parameter({t, "knee_flexion", angle, "deg", {0.0, 140.0, "a knee bends no further"}, 0.0, source, "shank backwards"},
                         [](Scenario& s) -> double& { return s.pose.knee_flexion; }),
      quantity_parameter({t, "ankle_dorsiflexion", angle, "deg", {-50.0, 30.0, "an ankle bends no further"}, 0.0, source, "foot upwards"},
                         [](Scenario& s) -> double& { return s.pose.ankle_dorsiflexion; }),
  };
}

}  // namespace nerveload
