/// What may be said about the roller, the load and the motion, with defaults and their sources.
#include <algorithm>

#include "scenarios/parameters.hpp"
#include "scenarios/preset.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

using Dimension::length, Dimension::angle, Dimension::none;
constexpr double first_station_mm = -120.0, last_station_mm = 310.0;

/// Stations where a roller may stand; they scale with the person.
Range stations(const Scenario& s) {
  const double k = s.subject.length_scale();
  return {readable(first_station_mm * k, 0.1), readable(last_station_mm * k, 0.1),
          "the meshed part of the nerve's path, from the sacrum to above the knee"};
}

Parameter station(const char* table, const char* name, const char* source, const char* meaning, std::function<double&(Scenario&)> member,
                  std::function<double(const Scenario&)> value) {
  Parameter p = quantity_parameter({table, name, length, "mm", {}, 0.0, source, meaning}, std::move(member));
  p.range = stations;
  p.fallback = [value = std::move(value), source = std::string(source)](const Scenario& s, const GivenValues&) {
    const Range r = stations(s);
    return ParameterDefault{readable(std::clamp(value(s), r.low, r.high), 0.1), source};
  };
  return p;
}

Parameter load_row(const char* name, Dimension dimension, const char* unit, Range range, const char* meaning,
                   std::function<void(Scenario&, double)> set) {
  Parameter p =
      quantity_parameter({"load", name, dimension, unit, std::move(range), 0.0, "", meaning}, [](Scenario& s) -> double& { return s.load.value; });
  p.set = std::move(set);
  p.fallback = [](const Scenario&, const GivenValues&) { return std::optional<ParameterDefault>(); };
  return p;
}

std::vector<Parameter> load_rows() {
  auto set = [](LoadGoal::Kind kind) { return [kind](Scenario& s, double v) { s.load = {kind, v}; }; };
  Parameter share = load_row("body_weight_fraction", none, "", {0.01, 1.5, "a share of the person's weight"}, "force as a share of body weight",
                             [](Scenario& s, double v) {
                               s.load = {LoadGoal::Kind::force, v * s.subject.mass_kg * standard_gravity_m_s2 * mN_per_N};
                             });
  share.fallback = [](const Scenario&, const GivenValues& g) {
    const bool other = g.contains("load.force") || g.contains("load.mean_pressure") || g.contains("load.indentation");
    return other ? std::nullopt
                 : std::optional(ParameterDefault{0.32, "baumgart2019 (one limb, front of the thigh; range 0.15 to 0.55; assumed for the buttock)"});
  };
  return {share,
          load_row("force", Dimension::force, "N", {5.0, 1500.0, "what a person puts on a roller"}, "force of the roller on the limb",
                   set(LoadGoal::Kind::force)),
          load_row("mean_pressure", Dimension::pressure, "kPa", {3.0, 200.0, "counted where the contact exceeds 2 kPa"},
                   "pressure averaged over the curved contact area; a stroke keeps the force that it came to", set(LoadGoal::Kind::mean_pressure)),
          load_row("indentation", length, "mm", {1.0, 120.0, "tissue and foam together are not deeper"},
                   "travel of the roller since it touched the skin", set(LoadGoal::Kind::indentation))};
}

}  // namespace

std::vector<Parameter> roller_parameters() {
  const char* t = "roller";
  const auto presets = preset_names("roller");
  return {
      choice_parameter(t, "kind", presets, static_cast<int>(std::find(presets.begin(), presets.end(), "standard") - presets.begin()), "assumed",
                       "a kind of roller; single figures may be changed",
                       [presets](Scenario& s, int i) {
                         s.roller.kind = presets[i];
                         s.roller.present = s.roller.kind != "none";
                       }),
      choice_parameter(t, "shape", {"cylinder", "plane"}, 0, "definition", "a roller, or a level seat that presses upwards under an upright pelvis",
                       [](Scenario& s, int i) { s.roller.seat = i == 1; }),
      quantity_parameter({t, "diameter", length, "mm", {60.0, 400.0, "a roller is far thicker than the nerve"}, 150.0, "rollerref", "outer diameter"},
                         [](Scenario& s) -> double& { return s.roller.diameter_mm; }),
      quantity_parameter({t,
                          "foam_modulus",
                          Dimension::pressure,
                          "MPa",
                          {0.02, 50.0, "foams of rollers have 0.05 to 5"},
                          0.7,
                          "gent1958 (Shore A 20)",
                          "Young's modulus of the foam at small strain"},
                         [](Scenario& s) -> double& { return s.roller.foam_modulus_kPa; }),
      quantity_parameter({t, "foam_thickness", length, "mm", {2.0, 150.0, "a layer on a rigid core"}, 20.0, "assumed", "foam on the rigid core"},
                         [](Scenario& s) -> double& { return s.roller.foam_thickness_mm; }),
      quantity_parameter({t, "length", length, "mm", {80.0, 1000.0, "rollers are 300 to 914 long"}, 450.0, "rollerref", "along its axis"},
                         [](Scenario& s) -> double& { return s.roller.length_mm; }),
      station(
          t, "position", "assumed", "centre of contact along the nerve, zero at the ischial tuberosity, distal positive",
          [](Scenario& s) -> double& { return s.roller.position_mm; }, [](const Scenario&) { return -20.0; }),
      quantity_parameter({t,
                          "lateral_offset",
                          length,
                          "mm",
                          {-60.0, 60.0, "beyond it the roller stands beside the limb"},
                          0.0,
                          "definition",
                          "along the skin from behind the nerve, lateral positive"},
                         [](Scenario& s) -> double& { return s.roller.lateral_offset_mm; }),
      quantity_parameter({t,
                          "azimuth",
                          angle,
                          "deg",
                          {-20.0, 20.0, "what the mesh has been shown on"},
                          0.0,
                          "definition",
                          "lean: around the limb, lateral positive"},
                         [](Scenario& s) -> double& { return s.roller.azimuth; }),
      quantity_parameter({t,
                          "yaw",
                          angle,
                          "deg",
                          {-45.0, 45.0, "the roller lies across the limb"},
                          0.0,
                          "definition",
                          "turn of the axis about the direction of pressing"},
                         [](Scenario& s) -> double& { return s.roller.yaw; }),
      quantity_parameter({t,
                          "friction",
                          none,
                          "",
                          {0.0, 1.0, "cloth on skin has 0.2 to 0.9"},
                          0.0,
                          "assumed (a free roller drags little; with friction: 0.45, derler2012, temel2022)",
                          "coefficient of friction between roller and skin; the roller turns freely about its axis"},
                         [](Scenario& s) -> double& { return s.roller.friction; }),
  };
}

std::vector<Parameter> load_and_motion_parameters() {
  std::vector<Parameter> rows = load_rows();
  const char* t = "motion";
  rows.push_back(choice_parameter(t, "kind", {"hold", "stroke"}, 0, "assumed", "press and hold, or travel along the nerve",
                                  [](Scenario& s, int i) { s.motion.kind = static_cast<Motion::Kind>(i); }));
  rows.push_back(boolean_parameter(t, "relaxation", false, "definition (docs/decisions/0022)",
                                   "tissue relaxes: the load comes on, then all follows in time; else every value is that of a load of a second",
                                   [](Scenario& s) -> bool& { return s.motion.relaxation; }));
  rows.push_back(quantity_parameter({t,
                                     "press_duration",
                                     Dimension::time,
                                     "s",
                                     {0.05, 60.0, "a roll takes half a second to a second"},
                                     1.0,
                                     "assumed",
                                     "how long it takes to bring the load on; decides the stiffness that it meets where tissue relaxes"},
                                    [](Scenario& s) -> double& { return s.motion.press_duration_s; }));
  rows.push_back(quantity_parameter({t,
                                     "duration",
                                     Dimension::time,
                                     "s",
                                     {0.1, 7200.0, "a dose of rolling is 20 to 120 s"},
                                     60.0,
                                     "cheatham2018",
                                     "how long the place is rolled or held; decides which levels can be reached"},
                                    [](Scenario& s) -> double& { return s.motion.duration_s; }));
  rows.push_back(station(
      t, "from", "where the roller stands", "station where a stroke starts", [](Scenario& s) -> double& { return s.motion.from_mm; },
      [](const Scenario& s) { return s.roller.position_mm; }));
  rows.push_back(station(
      t, "to", "assumed", "station where a stroke ends", [](Scenario& s) -> double& { return s.motion.to_mm; },
      [](const Scenario& s) {
        const double stroke = 60.0 * s.subject.length_scale();
        return s.motion.from_mm + (s.motion.from_mm + stroke > stations(s).high ? -stroke : stroke);
      }));
  rows.push_back(quantity_parameter(
      {t, "cadence", Dimension::frequency, "per_min", {1.0, 120.0, "self-chosen 33 ± 10"}, 25.0, "sezik2024, lim2019", "strokes in a minute"},
      [](Scenario& s) -> double& { return s.motion.cadence_per_s; }));
  return rows;
}

}  // namespace nerveload
