#include "postprocess/summary.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/headline_figures.hpp"
#include "postprocess/mesh_json.hpp"
#include "postprocess/sha256.hpp"
#include "postprocess/sitting.hpp"
#include "postprocess/summary_parts.hpp"
#include "postprocess/tissue_fields.hpp"
#include "postprocess/uncertainty_json.hpp"
#include "solver/base/units.hpp"
#include "solver/elements/element_kernels.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// What pressure held so long would injure the nerve's structure.
json structural_limit_of(const Results& r) {
  const double limit = r.ladder.compression_kPa(ladder_levels - 1, LadderColumn::healthy, r.context.hold_min);
  return {{"held_min", finite(r.context.hold_min)}, {"compression_kPa", finite(limit)}, {"text", structural_limit_text(r.ladder, r.context)}};
}

json verdict_of(const Results& r) {
  const Verdict& v = r.verdict;
  json by_level = json::object();
  for (int k = 1; k < ladder_levels; ++k)
    by_level[r.ladder.levels[k].name] = {
        {"compression", finite(v.by_level[k].compression)}, {"tension", finite(v.by_level[k].tension)}, {"combined", finite(v.by_level[k].combined)}};
  return {{"level", v.level},
          {"level_name", v.level_name},
          {"governing", to_string(v.governing)},
          {"governing_at_mm", finite(v.governing_at_mm)},
          {"compression_utilisation", finite(v.compression_utilisation)},
          {"tension_utilisation", finite(v.tension_utilisation)},
          {"combined_index", finite(v.combined_index)},
          {"smoothed_combined_index", finite(headline_values(r.steps[r.governing_step].nerve)[headline_combined])},
          {"without_double_site", v.without_double_site},
          {"by_level", by_level},
          {"structural_limit", structural_limit_of(r)},
          {"text", v.text}};
}

/// Length of nerve that has reached L1 by compression, each station by its own column.
double caution_length(const Results& r) { return length_above(r.steps[r.governing_step].nerve, &NerveStation::compression_utilisation, 1.0); }

json nerve_of(const Results& r) {
  const NerveProfile& p = r.steps[r.governing_step].nerve;
  const Peak compression = peak_of(p, &NerveStation::compression_kPa), strain = peak_of(p, &NerveStation::strain_percent);
  const Peak bearing = peak_of(p, &NerveStation::tension_bearing_kPa);
  const Exposure e = measure_exposure(r);
  json per_minute = json::object();
  for (int k = 1; k < ladder_levels; ++k) per_minute[r.ladder.levels[k].name] = finite(e.seconds_per_minute[k]);
  const std::vector<double> smoothed = headline_values(p);
  return {{"peak_compression_kPa", finite(compression.value)},
          {"peak_compression_at_mm", finite(compression.at_mm)},
          {"smoothed_peak_compression_kPa", finite(smoothed[headline_compression])},
          {"smoothed_peak_strain_percent", finite(smoothed[headline_strain])},
          {"smoothed_peak_tension_N", finite(smoothed[headline_tension])},
          {"peak_strain_percent", finite(strain.value)},
          {"peak_strain_at_mm", finite(strain.at_mm)},
          {"peak_tension_N", finite(peak_of(p, &NerveStation::tension_N).value)},
          {"peak_flattening_percent", finite(peak_of(p, &NerveStation::flattening_percent).value)},
          {"peak_tension_bearing_kPa", finite(bearing.value)},
          {"length_above_threshold_mm", finite(caution_length(r))},
          {"time_above_threshold_s", finite(e.seconds_above_caution)},
          {"root_excursion_mm", finite(p.root_excursion_mm)},
          {"foot_excursion_mm", finite(p.foot_excursion_mm)},
          {"path_elongation_mm", finite(p.path_elongation_mm)},
          {"mean_strain_percent", finite(p.mean_strain_percent)},
          {"buttock_sagitta_mm", finite(sagitta(p, r.context.piriformis_border_mm, -r.context.piriformis_border_mm))},
          {"seconds_above_level_per_minute", per_minute}};
}

/// Figures of one step of a hold.
json held_figures(const Results& r, const ResultStep& s) {
  const Peak compression = peak_of(s.nerve, &NerveStation::compression_kPa), strain = peak_of(s.nerve, &NerveStation::strain_percent);
  return {{"loaded_s", finite(s.loaded_s)},
          {"peak_compression_kPa", finite(compression.value)},
          {"peak_compression_at_mm", finite(compression.at_mm)},
          {"peak_strain_percent", finite(strain.value)},
          {"peak_strain_at_mm", finite(strain.at_mm)},
          {"peak_tension_N", finite(peak_of(s.nerve, &NerveStation::tension_N).value)},
          {"force_N", r.roller ? finite(s.contact.pressing_force / mN_per_N) : json(nullptr)},
          {"indentation_mm", r.roller ? finite(s.indentation_mm) : json(nullptr)},
          {"mean_pressure_kPa", r.roller ? finite(s.contact.mean_pressure) : json(nullptr)},
          {"level", s.verdict.level}};
}

/// How a hold of tissue that relaxes begins and ends; null without one.
json hold_of(const Results& r) {
  if (r.steps.back().phase != ResultStep::Phase::hold) return nullptr;
  return {
      {"press_duration_s", r.motion.press_s}, {"begin", held_figures(r, r.steps[first_loaded_step(r)])}, {"end", held_figures(r, r.steps.back())}};
}

double pressing_force_N(const ResultStep& s) { return s.contact.pressing_force / mN_per_N; }

/// Friction's force along the way that the roller would roll, mN: next to nothing while it turns freely.
double drag_of(const Results& r, const ResultStep& s) {
  const auto* cylinder = std::get_if<Cylinder>(&r.roller->options().shape);
  return cylinder ? s.contact.friction.dot(cylinder->axis.cross(r.roller->placement(s.state->path).direction)) : 0.0;
}

json roller_of(const Results& r) {
  if (!r.roller) return nullptr;
  const ResultStep& s = r.steps[r.governing_step];
  return {{"force_N", finite(pressing_force_N(s))},
          {"indentation_mm", finite(s.indentation_mm)},
          {"contact_area_mm2", finite(s.contact.area)},
          {"mean_pressure_kPa", finite(s.contact.mean_pressure)},
          {"peak_pressure_kPa", finite(s.contact.max_pressure)},
          {"drag_N", finite(drag_of(r, s) / mN_per_N)},
          {"spin_deg", finite(s.contact.spin / radians_per_degree)}};
}

json tissue_json(const Results& r) {
  const TissueFields f = tissue_fields(*r.body, *r.steps[r.governing_step].state);
  json tissue = json::object();
  for (const auto& [name, p] : region_peaks(r.anatomy->mesh, f))
    tissue[name] = {{"peak_von_mises_kPa", finite(p.von_mises_kPa)},
                    {"peak_pressure_kPa", finite(p.pressure_kPa)},
                    {"min_principal_stretch", finite(p.min_principal_stretch)}};
  return tissue;
}

json length_of(const MuscleLength& m) {
  return {{"length_mm", finite(m.length_mm)}, {"neutral_length_mm", finite(m.neutral_mm)}, {"change_percent", finite(m.change_percent())}};
}

/// Lines of action by group (means over its parts), and the parts of a group of several.
json muscles_of(const Results& r) {
  json muscles = json::object();
  for (const MuscleLength& m : r.muscles) {
    if (!muscles.contains(m.group)) muscles[m.group] = length_of(group_length(r.muscles, m.group));
    if (m.name != m.group) muscles[m.group]["parts"][m.name] = length_of(m);
  }
  return muscles;
}

json layer_json(const SittingLayer& l) {
  return {{"unloaded_thickness_mm", finite(l.unloaded_mm)},
          {"thickness_mm", finite(l.loaded_mm)},
          {"thickness_change_percent", finite(l.thickness_change_percent())},
          {"peak_compressive_strain_percent", finite(l.compressive_strain_percent)},
          {"peak_compressive_stress_kPa", finite(l.compressive_stress_kPa)}};
}

json sitting_json(const Results& r) {
  const auto s = sitting_of(r);
  if (!s) return nullptr;
  return {{"interface_pressure_kPa", finite(s->interface_pressure_kPa)},
          {"muscle", layer_json(s->muscle)},
          {"fat", layer_json(s->fat)},
          {"skin", layer_json(s->skin)},
          {"tendon_and_nerve", layer_json(s->other)}};
}

json thresholds_of(const Results& r) {
  json list = json::array();
  for (int k = 1; k < ladder_levels; ++k) {
    json level = {{"level", k}, {"name", r.ladder.levels[k].name}};
    for (int c = 0; c < ladder_columns; ++c) {
      const auto column = static_cast<LadderColumn>(c);
      level[to_string(column)] = {{"compression_kPa", finite(r.ladder.compression_kPa(k, column, r.context.hold_min))},
                                  {"strain_percent", finite(r.ladder.strain_percent(k, column))}};
    }
    level["source"] = r.ladder.levels[k].source;
    list.push_back(level);
  }
  return list;
}

json solver_of(const Results& r) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const SolveStatistics& s = r.solver.statistics;
  return {{"steps", s.steps},
          {"newton_iterations", s.newton_iterations},
          {"factorisations", s.factorisations},
          {"indefinite_tangents", s.indefinite_tangents},
          {"conjugate_gradient_iterations", s.cg_iterations},
          {"wall_s", finite(r.solver.wall_s)},
          {"assembly_s", finite(s.assembly_s)},
          {"linear_s", finite(s.linear_s)},
          {"peak_rss_MB", double(usage.ru_maxrss) / 1024.0},
          {"threads", r.solver.threads},
          {"linear_solver", r.solver.linear_solver},
          {"element_kernels", element_kernels().name}};
}

json provenance_of(const Results& r) {
  const BuildInfo build = build_info();
  json p = {
      {"version", build.version}, {"git", build.git}, {"scenario_sha256", sha256(r.scenario_values)}, {"parameters_sha256", sha256(r.parameters)}};
  p["libraries"] = json::object();
  for (const auto& [name, version] : build.libraries) p["libraries"][name] = version;
  return p;
}

}  // namespace

std::string summary_json(const Results& r) {
  json s;
  s["schema"] = 1;
  s["name"] = r.name;
  s["status"] = r.complete ? "complete" : "incomplete";
  if (!r.complete) s["reason"] = r.reason;
  s["fidelity"] = r.fidelity;
  s["preview"] = r.fidelity == "coarse";
  s["governing_step"] = r.governing_step;
  s["scenario"] = scenario_part(r);
  s["verdict"] = verdict_of(r);
  s["judgement"] = judgement_part(r);
  s["nerve"] = nerve_of(r);
  s["hold"] = hold_of(r);
  s["roller"] = roller_of(r);
  s["tissue"] = tissue_json(r);
  s["muscles"] = muscles_of(r);
  s["sitting"] = sitting_json(r);
  s["safety"] = safety_texts();
  s["thresholds"] = thresholds_of(r);
  const MeshQuality& q = r.anatomy->quality;
  s["mesh"] = {{"cells", r.anatomy->mesh.cells.size()},
               {"nodes", r.anatomy->mesh.X.size()},
               {"dof", r.solver.free_unknowns},
               {"min_scaled_jacobian", finite(q.min_scaled_jacobian)},
               {"family", r.anatomy->family}};
  s["coarser_meshes"] = coarser_meshes_json(r);
  s["mesh_error"] = mesh_error_json(r);
  s["solver"] = solver_of(r);
  s["sensitivities"] = sensitivities_json(r);
  s["uncertainty"] = uncertainty_json(r);
  s["critical_force"] = critical_force_json(r);
  s["provenance"] = provenance_of(r);
  return s.dump(2) + "\n";
}

std::string nerve_profile_csv(const Results& r) {
  std::string csv;
  for (const NerveColumn& c : nerve_columns()) csv.append(c.name).append(1, ',');
  csv += "irritation_level,in_mesh\n";
  for (const NerveStation& s : r.steps[r.governing_step].nerve.stations) {
    for (const NerveColumn& c : nerve_columns()) {
      if (s.in_mesh || !c.needs_mesh) csv += number_text(s.*c.value);
      csv += ',';
    }
    csv += std::to_string(s.irritation_level);
    csv += s.in_mesh ? ",1\n" : ",0\n";
  }
  return csv;
}

std::string history_csv(const Results& r) {
  std::string csv =
      "step,phase,time_s,force_N,indentation_mm,contact_area_mm2,mean_pressure_kPa,peak_pressure_kPa,peak_compression_kPa,"
      "peak_compression_at_mm,peak_strain_percent,peak_strain_at_mm,peak_tension_N,peak_flattening_percent,irritation_level,"
      "newton_iterations\n";
  for (std::size_t k = 0; k < r.steps.size(); ++k) {
    const ResultStep& s = r.steps[k];
    const Peak p = peak_of(s.nerve, &NerveStation::compression_kPa), e = peak_of(s.nerve, &NerveStation::strain_percent);
    csv += std::to_string(k);
    csv += ',';
    csv += to_string(s.phase);
    for (const double v :
         {s.time_s, pressing_force_N(s), s.indentation_mm, s.contact.area, s.contact.mean_pressure, s.contact.max_pressure, p.value, p.at_mm, e.value,
          e.at_mm, peak_of(s.nerve, &NerveStation::tension_N).value, peak_of(s.nerve, &NerveStation::flattening_percent).value})
      csv.append(1, ',').append(number_text(v));
    csv.append(1, ',').append(std::to_string(s.verdict.level));
    csv.append(1, ',').append(std::to_string(s.iterations)).append(1, '\n');
  }
  return csv;
}

}  // namespace nerveload
