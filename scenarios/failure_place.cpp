#include "scenarios/failure_place.hpp"

#include <algorithm>
#include <cmath>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

std::string in_whole(double value) { return std::to_string(std::lround(value)); }

/// "in hamstrings, 14 mm from the nerve, 362 mm along it"
std::string whereabouts(const LegModel& leg, int cell, const Vec3& at) {
  const std::vector<NerveSection>& sections = leg.anatomy.nerve.sections;
  const auto nearest = std::min_element(sections.begin(), sections.end(), [&](const NerveSection& a, const NerveSection& b) {
    return (a.centre - at).squaredNorm() < (b.centre - at).squaredNorm();
  });
  std::string words = std::string("in ") + to_string(leg.anatomy.tissue_of_cell[cell]);
  std::replace(words.begin(), words.end(), '_', ' ');
  if (nearest == sections.end()) return words;
  return words + ", " + in_whole((nearest->centre - at).norm()) + " mm from the nerve, " + in_whole(std::abs(nearest->station_mm)) + " mm " +
         (nearest->station_mm < 0.0 ? "above" : "below") + " the sitting bone along it";
}

}  // namespace

std::string failure_place(const LegModel& leg, const SolveReport& report) {
  const Mesh& mesh = leg.anatomy.mesh;
  const int cells = static_cast<int>(mesh.cells.size()), nodes = static_cast<int>(mesh.X.size());
  if (report.inverted_cell >= 0 && report.inverted_cell < cells) {
    Vec3 centre = Vec3::Zero();
    for (const int n : mesh.cells[report.inverted_cell]) centre += 0.125 * mesh.X[n];
    return whereabouts(leg, report.inverted_cell, centre);
  }
  if (report.worst_unknown < 0) return {};
  const std::string force = "largest unbalanced force " + in_whole(report.worst_residual / mN_per_N) + " N ";
  const int node = report.worst_unknown / 3;
  if (node >= nodes) return force + "where the nerve slides";
  for (int c = 0; c < cells; ++c)
    if (std::find(mesh.cells[c].begin(), mesh.cells[c].end(), node) != mesh.cells[c].end())
      return force + "at node " + std::to_string(node) + " " + whereabouts(leg, c, mesh.X[node]);
  return {};
}

}  // namespace nerveload
