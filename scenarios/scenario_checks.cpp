#include "scenarios/scenario_checks.hpp"

#include <cmath>
#include <cstdio>
#include <numbers>

#include "scenarios/anthropometry.hpp"

namespace nerveload {
namespace {

std::string mm(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g mm", value);
  return text;
}

void check_thigh(const Scenario& s, const GivenValues& given, const FaultSink& fault) {
  const auto girth = given.find("subject.thigh_girth");
  if (girth == given.end()) return;
  const Subject& p = s.subject;
  ThighGiven rest;
  rest.muscularity = p.muscularity;
  rest.fat_thickness_mm = p.fat_thickness_mm;
  const double made = compose_thigh(p, rest).girth_mm;
  constexpr double tolerance_mm = 5.0;
  if (std::abs(made - girth->second) > tolerance_mm)
    fault("subject", "thigh_girth",
          "does not fit: muscularity " + written_number(p.muscularity) + " and " + mm(p.fat_thickness_mm) + " of fat make " + mm(made) +
              "; give two of the three");
}

void check_roller(const Scenario& s, const FaultSink& fault) {
  const RollerState& r = s.roller;
  constexpr double least_core_mm = 5.0;
  const double most = 0.5 * r.diameter_mm - least_core_mm;
  if (r.foam_thickness_mm > most) fault("roller", "foam_thickness", "expected at most " + mm(most) + ": half the diameter less a rigid core of 5 mm");
  if (s.motion.kind == Motion::Kind::stroke && std::abs(s.motion.to_mm - s.motion.from_mm) < 1.0)
    fault("motion", "to", "expected a stroke of at least 1 mm");
}

/// A seat is level and as wide as the buttock: nothing can be said about how it lies, and it does not roll.
void check_seat(const Scenario& s, const GivenValues& given, const FaultSink& fault) {
  for (const char* key : not_of_a_plane)
    if (given.contains(std::string("roller.") + key)) fault("roller", key, "a plane has none; expected roller.shape = \"cylinder\"");
  if (s.motion.kind == Motion::Kind::stroke) fault("motion", "kind", "a seat does not roll; expected \"hold\"");
  constexpr double least_flexion = 60.0 * std::numbers::pi / 180.0;
  if (s.pose.hip_flexion < least_flexion) fault("pose", "hip_flexion", "a seat carries a sitting person: expected at least 60 deg");
}

void check_motion(const Scenario& s, const FaultSink& fault) {
  const Motion& m = s.motion;
  if (m.relaxation && m.kind == Motion::Kind::hold && m.duration_s < m.press_duration_s)
    fault("motion", "duration",
          "expected at least the " + written_number(m.press_duration_s) + " s of press_duration in which the load comes on, with relaxation = true");
  // What part of the fibres' stress is borne at rest, and so does not relax, is not decided (decision 0022).
  if (m.relaxation && s.subject.fibre_tension)
    fault("motion", "relaxation", "cannot go together with subject.fibre_tension = true; expected one of the two");
}

void check_muscles(const Scenario& s, const FaultSink& fault) {
  // A cell has one direction: its fibres' or its plane's.
  if (s.subject.fascia_planes && s.subject.fibre_tension)
    fault("subject", "fascia_planes", "cannot go together with subject.fibre_tension = true; expected one of the two");
}

void check_piriformis(const Scenario& s, const FaultSink& fault) {
  const double ratio = s.condition.piriformis_thickness_mm / s.subject.piriformis_thickness_mm;
  if (ratio < 0.7 || ratio > 2.0)
    fault("condition", "piriformis_thickness", "expected 0.7 to 2 times the healthy thickness of " + mm(s.subject.piriformis_thickness_mm));
}

}  // namespace

void check_scenario(const Scenario& scenario, const GivenValues& given, const FaultSink& fault) {
  check_thigh(scenario, given, fault);
  if (scenario.roller.present) scenario.roller.seat ? check_seat(scenario, given, fault) : check_roller(scenario, fault);
  check_motion(scenario, fault);
  check_muscles(scenario, fault);
  check_piriformis(scenario, fault);
  if (const std::string message = scenario.thresholds.fault(); !message.empty()) fault("thresholds", "", message);
}

}  // namespace nerveload
