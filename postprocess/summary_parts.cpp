#include "postprocess/summary_parts.hpp"

#include <cmath>

#include "solver/base/units.hpp"

namespace nerveload {

using json = nlohmann::ordered_json;

json finite(double v) { return std::isfinite(v) ? json(v) : json(nullptr); }

json scenario_part(const Results& r) {
  json facts = json::array();
  for (const auto& [label, text] : r.story.facts) facts.push_back({{"label", label}, {"text", text}});
  const JointAngles& a = r.story.pose;
  return {{"description", r.description},
          {"side", r.frame.mirrored ? "right" : "left"},
          {"facts", facts},
          {"picture_style", to_string(r.picture_style)},
          {"pose",
           {{"hip_flexion_deg", a.hip_flexion / radians_per_degree},
            {"hip_abduction_deg", a.hip_abduction / radians_per_degree},
            {"hip_external_rotation_deg", a.hip_external_rotation / radians_per_degree},
            {"knee_flexion_deg", a.knee_flexion / radians_per_degree},
            {"ankle_dorsiflexion_deg", a.ankle_dorsiflexion / radians_per_degree}}},
          {"thigh_mm", r.story.thigh_mm},
          {"shank_mm", r.story.shank_mm},
          {"trunk_mm", r.story.trunk_mm}};
}

json judgement_part(const Results& r) {
  json columns = json::array();
  for (const NerveStation& s : r.steps[r.governing_step].nerve.stations) {
    const std::string column = to_string(column_at(s.arc_length_mm, r.ladder, r.context));
    if (columns.empty() || columns.back()["column"] != column) columns.push_back({{"from_mm", s.arc_length_mm}, {"column", column}});
    columns.back()["to_mm"] = s.arc_length_mm;
  }
  return {{"condition", to_string(r.context.condition)}, {"hold_min", finite(r.context.hold_min)}, {"columns", columns}};
}

}  // namespace nerveload
