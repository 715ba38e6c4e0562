#include "postprocess/mesh_bias.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {

std::vector<MeshBias> mesh_bias(const std::string& fidelity) {
  if (fidelity == "coarse") return {{"default", -15.2, -0.9}, {"hamstring_straight_leg", -5.3, 0.3}};
  if (fidelity == "standard") return {{"default", -3.9, 0.1}, {"hamstring_straight_leg", -0.4, 0.0}};
  return {};
}

std::string mesh_bias_text(const std::string& fidelity) {
  const std::vector<MeshBias> all = mesh_bias(fidelity);
  if (all.empty()) return "No finer mesh than this one has been solved.";
  const auto [least, most] = std::minmax_element(
      all.begin(), all.end(), [](const MeshBias& a, const MeshBias& b) { return std::abs(a.compression_percent) < std::abs(b.compression_percent); });
  const std::string from = std::to_string(std::lround(std::abs(least->compression_percent))),
                    to = std::to_string(std::lround(std::abs(most->compression_percent)));
  return "In the " + std::to_string(all.size()) + " scenarios carried to the fine mesh, the nerve's pressure on the " + fidelity + " mesh was " +
         from + " and " + to + " % lower, its strain within 1 %.";
}

}  // namespace nerveload
