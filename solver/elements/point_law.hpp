#pragma once
#include <type_traits>

#include "solver/materials/material.hpp"

namespace nerveload {

/// What the points of a cell answer with: a material whose ground substance was looked up (with_ground), the cell's fibre direction and, where
/// the material relaxes, what the step under way keeps of each point's past.
template <class T, class Ground>
struct PointLaw {
  static constexpr bool small_strain = std::is_same_v<Ground, Hooke>;
  const Material& material;
  const Ground& ground;
  Vec<T> fibre{T(1.0), T(0.0), T(0.0)};
  double share = 1.0;               ///< of the elastic stress at the step's end (Prony::Step)
  const Sym3<T>* frozen = nullptr;  ///< per point, Prony::frozen_stress; none: without relaxation

  const Volumetric& volumetric() const { return material.volumetric; }
  template <class C>
  Response<T, C> respond(int point, const Mat3<T>& F) const {
    if constexpr (small_strain) return ground.template respond<T, C>(F);
    else if (frozen) return material.respond_relaxing<T, C>(ground, F, fibre, share, frozen[point]);
    else return material.respond<T, C>(ground, F, fibre);
  }
};

}  // namespace nerveload
