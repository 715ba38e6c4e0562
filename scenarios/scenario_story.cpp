#include "scenarios/scenario_story.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

/// Of the stature, for the drawing alone (assumed): the knee's height over the sole, and what is above the hip joint.
constexpr double knee_height = 0.285, above_hip = 0.47;

std::string number(double v, int digits = 0) {
  std::array<char, 64> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), v, std::chars_format::fixed, digits).ptr;
  std::string s(text.data(), end);
  if (s.find('.') != std::string::npos) {  // 0.50 is 0.5, 3.0 is 3
    s.erase(s.find_last_not_of('0') + 1);
    if (s.back() == '.') s.pop_back();
  }
  return s == "-0" ? "0" : s;
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// "12 mm below the sitting bone".
std::string place(double mm) {
  if (std::abs(mm) < 0.5) return "level with the sitting bone";
  return number(std::abs(mm)) + " mm " + (mm > 0.0 ? "below" : "above") + " the sitting bone along the nerve";
}

std::string person(const Scenario& s) {
  const Subject& p = s.subject;
  return std::string(p.sex == Sex::man ? "a man" : "a woman") + " of " + number(p.stature_mm / mm_per_m, 2) + " m and " + number(p.mass_kg, 1) +
         " kg, the " + (p.side == Side::right ? "right" : "left") + " leg; thigh " + number(p.thigh_girth_mm / mm_per_cm, 1) + " cm around, fat " +
         number(p.fat_thickness_mm, 1) + " mm behind the thigh and " + number(p.buttock_fat_thickness_mm, 1) + " mm on the buttock; muscles " +
         (p.muscle_state == MuscleState::guarded ? "tense (guarded)" : "at rest") + (p.fascia ? "" : "; without the thigh's fascia");
}

std::string condition(const Scenario& s) {
  const ConditionState& c = s.condition;
  std::string text = c.kind == Condition::healthy         ? "healthy"
                     : c.kind == Condition::radiculopathy ? std::string(c.acute ? "acutely" : "chronically") + " compressed nerve root (" +
                                                                number(c.root_pressure_kPa / kPa_per_mmHg) + " mmHg at the root)"
                                                          : std::string("piriformis syndrome");
  if (c.kind == Condition::piriformis_syndrome) {
    text += c.piriformis_squeeze == PiriformisSqueeze::thickening ? ": swollen piriformis"
            : c.piriformis_squeeze == PiriformisSqueeze::spasm    ? ": piriformis in spasm"
                                                                  : ": piriformis swollen and in spasm";
    const bool swollen = c.piriformis_squeeze != PiriformisSqueeze::spasm;  // of a spasm alone the muscle is as thick as it was
    text += ", " + number(swollen ? c.piriformis_thickness_mm : s.subject.piriformis_thickness_mm, 1) + " mm thick";
  }
  if (c.piriformis_variant == PiriformisVariant::B) text += "; part of the nerve goes through the piriformis";
  if (c.piriformis_variant == PiriformisVariant::D) text += "; the nerve goes through the piriformis";
  if (c.piriformis_variant == PiriformisVariant::F) text += "; the nerve goes above the piriformis";
  if (c.root_tether) text += "; the root is held fast";
  return text;
}

void add_angle(std::string& text, double angle, const char* positive, const char* negative) {
  const double degrees = angle / radians_per_degree;
  if (std::abs(degrees) < 0.5) return;
  text += (text.empty() ? "" : ", ") + std::string(degrees > 0.0 ? positive : negative) + " by " + number(std::abs(degrees)) + "°";
}

std::string posture(const Scenario& s) {
  std::string text;
  add_angle(text, s.pose.hip_flexion, "hip bent", "hip stretched backwards");
  add_angle(text, s.pose.hip_abduction, "thigh spread out", "thigh crossed inwards");
  add_angle(text, s.pose.hip_external_rotation, "thigh turned out", "thigh turned in");
  add_angle(text, s.pose.knee_flexion, "knee bent", "knee overstretched");
  add_angle(text, s.pose.ankle_dorsiflexion, "foot pulled up", "foot pointed");
  if (text.empty()) text = "hip and knee straight";
  return s.pose_preset.empty() ? text : spaced(s.pose_preset) + ": " + text;
}

std::string roller(const Scenario& s) {
  const RollerState& r = s.roller;
  if (!r.present) return "none";
  const double at = s.motion.kind == Motion::Kind::stroke ? s.motion.from_mm : r.position_mm;
  if (r.seat) return "a flat seat with " + number(r.foam_thickness_mm) + " mm of foam (" + number(r.foam_modulus_kPa / kPa_per_MPa, 2) + " MPa)";
  std::string text = "a " + spaced(r.kind) + " one, " + number(r.diameter_mm) + " mm thick and " + number(r.length_mm) + " mm long, " +
                     number(r.foam_thickness_mm) + " mm of foam (" + number(r.foam_modulus_kPa / kPa_per_MPa, 2) + " MPa); it touches " + place(at);
  if (std::abs(r.lateral_offset_mm) >= 0.5)
    text += ", " + number(std::abs(r.lateral_offset_mm)) + " mm to the " + (r.lateral_offset_mm > 0.0 ? "outside" : "inside");
  return text;
}

std::string load(const Scenario& s) {
  switch (s.load.kind) {
    case LoadGoal::Kind::force:
      return number(s.load.value / mN_per_N) + " N (the weight of " + number(s.load.value / mN_per_N / standard_gravity_m_s2) + " kg)";
    case LoadGoal::Kind::mean_pressure: return "until the mean pressure on the skin is " + number(s.load.value, 1) + " kPa";
    case LoadGoal::Kind::indentation: return "until the roller is " + number(s.load.value, 1) + " mm in";
    case LoadGoal::Kind::none: break;
  }
  return "none";
}

std::string motion(const Scenario& s) {
  const Motion& m = s.motion;
  if (m.kind == Motion::Kind::stroke)
    return "rolling from " + place(m.from_mm) + " to " + place(m.to_mm) + ", " + number(m.cadence_per_s * s_per_min) + " strokes a minute for " +
           number(m.duration_s) + " s";
  return "held for " + number(m.duration_s) + " s" + (m.relaxation ? "; tissue gives way with time" : "");
}

}  // namespace

ScenarioStory scenario_story(const Scenario& s) {
  ScenarioStory story;
  story.facts = {{"Person", person(s)}, {"Condition", condition(s)}, {"Posture", posture(s)}, {"Roller", roller(s)}};
  if (s.roller.present) {
    story.facts.emplace_back("Load", load(s));
    story.facts.emplace_back("Motion", motion(s));
  }
  story.pose = s.pose;
  story.thigh_mm = s.subject.femur_length_mm;
  story.shank_mm = knee_height * s.subject.stature_mm;
  story.trunk_mm = above_hip * s.subject.stature_mm;
  return story;
}

}  // namespace nerveload
