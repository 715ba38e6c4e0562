#include "postprocess/solid_results.hpp"

#include <sys/resource.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/sha256.hpp"
#include "postprocess/summary_parts.hpp"
#include "postprocess/vtk_writer.hpp"
#include "solver/base/units.hpp"
#include "solver/elements/element_kernels.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

json newtons(const Vec3& force_mN) {
  json list = json::array();
  for (int i = 0; i < 3; ++i) list.push_back(finite(force_mN[i] / mN_per_N));
  return list;
}

/// @param before  the state before it, from which changes count
json step_of(const SolidResults& r, const SolidStep& before, const SolidStep& s) {
  json step = {
      {"path", s.state.path}, {"time_s", finite(s.time_s)}, {"indenter", json::array()}, {"reaction_N", json::object()}, {"probe", json::object()}};
  for (const ContactReport& c : s.indenters)
    step["indenter"].push_back({{"force_N", newtons(-c.force)},
                                {"friction_N", newtons(-c.friction)},
                                {"friction_work_mJ", finite(c.dissipated / mN_per_N)},
                                {"travel_mm", finite(c.travel)},
                                {"spin_deg", finite(c.spin / radians_per_degree)},
                                {"mean_pressure_kPa", finite(c.mean_pressure)},
                                {"max_pressure_kPa", finite(c.max_pressure)},
                                {"penetration_mm", finite(c.max_penetration)},
                                {"contact_area_mm2", finite(c.area)}});
  for (const auto& [set, force] : s.reactions_mN) step["reaction_N"][set] = newtons(force);
  for (std::size_t p = 0; p < r.probes.size(); ++p) {
    json values = json::array();
    for (const double v : s.probes[p]) values.push_back(finite(v));
    step["probe"][r.probes[p].name] = values;
  }
  const SolidStep& reference = r.steps.front();
  for (std::size_t g = 0; g < r.gauges.size(); ++g) {
    const double rest = reference.gauges_mm[g];
    step["gauge"][r.gauges[g]] = {{"length_mm", finite(s.gauges_mm[g])},
                                  {"strain", finite(s.gauges_mm[g] / rest - 1.0)},
                                  {"strain_change", finite((s.gauges_mm[g] - before.gauges_mm[g]) / rest)}};
  }
  step["newton_iterations"] = s.iterations;
  return step;
}

}  // namespace

std::string solid_summary_json(const SolidResults& r) {
  json s;
  s["schema"] = 1;
  s["kind"] = "solid";
  s["name"] = r.name;
  s["status"] = r.complete ? "complete" : "incomplete";
  if (!r.complete) s["reason"] = r.reason;
  if (!r.warnings.empty()) s["warnings"] = r.warnings;
  s["steps"] = json::array();
  for (std::size_t k = 1; k < r.steps.size(); ++k) s["steps"].push_back(step_of(r, r.steps[k - 1], r.steps[k]));
  s["mesh"] = {{"cells", r.body->mesh().cells.size()}, {"nodes", r.body->mesh().X.size()}, {"dof", r.free_unknowns}};
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  s["solver"] = {{"steps", r.statistics.steps},
                 {"newton_iterations", r.statistics.newton_iterations},
                 {"factorisations", r.statistics.factorisations},
                 {"indefinite_tangents", r.statistics.indefinite_tangents},
                 {"conjugate_gradient_iterations", r.statistics.cg_iterations},
                 {"wall_s", finite(r.wall_s)},
                 {"assembly_s", finite(r.statistics.assembly_s)},
                 {"linear_s", finite(r.statistics.linear_s)},
                 {"peak_rss_MB", double(usage.ru_maxrss) / 1024.0},
                 {"threads", r.threads},
                 {"linear_solver", r.linear_solver},
                 {"element_kernels", element_kernels().name}};
  const BuildInfo build = build_info();
  s["provenance"] = {{"version", build.version}, {"git", build.git}, {"model_sha256", sha256(r.model_toml)}};
  for (const auto& [name, version] : build.libraries) s["provenance"]["libraries"][name] = version;
  return s.dump(2) + "\n";
}

std::string probes_csv(const SolidResults& r) {
  std::string text = "step,path,time_s";
  for (const ProbeText& p : r.probes)
    for (const std::string& c : p.components) text += "," + p.name + "." + c;
  text += "\n";
  for (std::size_t k = 0; k < r.steps.size(); ++k) {
    text += std::to_string(k) + "," + number_text(r.steps[k].state.path) + "," + number_text(r.steps[k].time_s);
    for (const auto& values : r.steps[k].probes)
      for (const double v : values) text += "," + number_text(v);
    text += "\n";
  }
  return text;
}

void write_solid_results(const SolidResults& r, const std::filesystem::path& dir) {
  clear_output(dir, solid_result_names());
  write_text(dir / "model.toml", r.model_toml);
  write_text(dir / "probes.csv", probes_csv(r));
  write_solid_vtk(r, dir);
  write_text(dir / "summary.json", solid_summary_json(r));
}

}  // namespace nerveload
