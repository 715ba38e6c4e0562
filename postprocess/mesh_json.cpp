#include "postprocess/mesh_json.hpp"

#include "postprocess/mesh_bias.hpp"
#include "postprocess/mesh_convergence.hpp"
#include "postprocess/summary_parts.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

json limit_of(const MeshLimit& l) { return {{"extrapolated", finite(l.extrapolated)}, {"low", finite(l.low)}, {"high", finite(l.high)}}; }

}  // namespace

json coarser_meshes_json(const Results& r) {
  json meshes = json::array();
  for (const MeshFigures& m : r.coarser) {
    json mesh = {{"fidelity", m.fidelity},
                 {"cells", m.cells},
                 {"peak_compression_kPa", m.compression.value},
                 {"peak_compression_at_mm", m.compression.at_mm},
                 {"peak_strain_percent", m.strain.value},
                 {"peak_strain_at_mm", m.strain.at_mm}};
    if (r.roller) {
      mesh["pressing"] = m.pressing;
      mesh["indentation_mm"] = m.indentation_mm;
      mesh["contact_area_mm2"] = m.contact.area;
      mesh["mean_pressure_kPa"] = m.contact.mean_pressure;
    }
    meshes.push_back(std::move(mesh));
  }
  return meshes;
}

json mesh_error_json(const Results& r) {
  json measured = json::array();
  for (const MeshBias& b : mesh_bias(r.fidelity))
    measured.push_back(
        {{"scenario", b.scenario}, {"compression_percent", b.compression_percent()}, {"strain_difference_percent", b.strain_difference}});
  json out = {{"text", mesh_bias_text(r.fidelity)}, {"against_fine", measured}, {"limit", nullptr}};
  if (const auto error = mesh_error(r))
    out["limit"] = {{"text", mesh_error_text(error)},
                    {"coarser", error->coarser},
                    {"ratio", error->ratio},
                    {"order", mesh_order},
                    {"peak_compression_kPa", limit_of(error->compression)},
                    {"peak_strain_percent", limit_of(error->strain)}};
  return out;
}

}  // namespace nerveload
