#include "postprocess/mesh_convergence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "solver/base/error.hpp"

namespace nerveload {

MeshLimit mesh_limit(double coarser, double finer, double ratio, double order) {
  NL_EXPECT(ratio > 1.0 && order > 0.0, "a coarser mesh and a positive order");
  constexpr double safety = 1.25;  // where the order has been measured
  const double step = (finer - coarser) / (std::pow(ratio, order) - 1.0);
  return {finer + step, finer - safety * std::abs(step), finer + safety * std::abs(step)};
}

std::optional<MeshError> mesh_error(const Results& r) {
  if (!r.complete || r.coarser.empty() || r.steps.empty()) return {};
  const MeshFigures& c = r.coarser.back();
  if (c.fidelity == "rough" || c.cells == 0 || c.cells >= r.anatomy->mesh.cells.size()) return {};
  const NerveProfile& nerve = r.steps[r.governing_step].nerve;
  const double ratio = std::cbrt(double(r.anatomy->mesh.cells.size()) / double(c.cells));
  const auto limit = [&](const Peak& coarser, double NerveStation::*figure) {
    return mesh_limit(coarser.value, peak_of(nerve, figure).value, ratio, mesh_order);
  };
  return MeshError{c.fidelity, ratio, limit(c.compression, &NerveStation::compression_kPa), limit(c.strain, &NerveStation::strain_percent)};
}

std::string mesh_error_text(const std::optional<MeshError>& error) {
  if (!error) return {};
  char text[160];
  std::snprintf(text, sizeof text, "With ever smaller cells (from this mesh and %s) pressure would come to about %.1f kPa, strain to %.1f %%.",
                error->coarser.c_str(), error->compression.extrapolated, error->strain.extrapolated);
  return text;
}

}  // namespace nerveload
