#pragma once
#include <span>

#include "solver/materials/linear_elastic.hpp"
#include "solver/materials/material.hpp"

namespace nerveload {

/// What the points of a cell answer with: a material, the cell's fibre direction and, where the material relaxes, the step under way and
/// the memories of the points at its beginning.
struct PointLaw {
  const Material& material;
  Vec<double> fibre{1.0, 0.0, 0.0};
  const Prony::Step* step = nullptr;  ///< none: without relaxation
  std::span<const double> memory;     ///< viscosity.history_size() numbers a point

  std::span<const double> memory_of(int point) const {
    const std::size_t size = material.viscosity.history_size();
    return memory.subspan(static_cast<std::size_t>(point) * size, size);
  }
  Response<double> respond(int point, const Mat3<double>& F) const {
    if (material.small_strain) return hooke_response(std::get<NeoHookean>(material.matrix).shear_modulus, F);
    if (!step) return material.respond(F, fibre);
    return material.respond(F, fibre, *step, memory_of(point));
  }
};

}  // namespace nerveload
