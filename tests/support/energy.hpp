#pragma once
#include "tests/support/solids.hpp"

namespace nerveload {

/// ∫ W dV₀ of a solid, mN mm: isochoric part at the points, volumetric part of each cell's mean dilatation.
inline double stored_energy(const Solid& solid, const State& state) {
  double sum = 0.0;
  for (int c = 0; c < static_cast<int>(solid.mesh.cells.size()); ++c) {
    const Material& m = solid.body->material_of(c);
    const CellPoints motion = solid.body->points(c, state);
    for (const CellPoint& at : motion.points()) sum += at.weight * std::visit([&](const auto& law) { return law.energy(at.F); }, m.matrix);
    const double strain = m.volumetric.law == Volumetric::Law::logarithmic ? std::log(motion.theta) : motion.theta - 1.0;
    sum += motion.volume * 0.5 * m.volumetric.bulk_modulus * strain * strain;
  }
  return sum;
}

}  // namespace nerveload
