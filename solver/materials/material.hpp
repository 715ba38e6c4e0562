#pragma once
#include <optional>
#include <variant>

#include "solver/materials/fibre_family.hpp"
#include "solver/materials/mooney_rivlin.hpp"
#include "solver/materials/neo_hookean.hpp"
#include "solver/materials/ogden.hpp"

namespace nerveload {

/// The isochoric ground substance. To add one: a header like neo_hookean.hpp and its name here.
using Matrix = std::variant<NeoHookean, MooneyRivlin, Ogden>;

/// Volumetric law on the element's mean dilatation θ; pressure here is positive in tension, p = U'(θ).
struct Volumetric {
  enum class Law { quadratic, logarithmic };
  double bulk_modulus = 7500.0;  ///< K, kPa
  Law law = Law::quadratic;      ///< ½K (θ−1)²  or  ½K (ln θ)²

  double pressure(double theta) const { return law == Law::quadratic ? bulk_modulus * (theta - 1.0) : bulk_modulus * std::log(theta) / theta; }
  double stiffness(double theta) const { return law == Law::quadratic ? bulk_modulus : bulk_modulus * (1.0 - std::log(theta)) / (theta * theta); }
};

/// Fibres whose direction is the same throughout a material.
struct DirectedFibres {
  FibreFamily family;
  Vec<double> a0{1.0, 0.0, 0.0};  ///< in the reference state, unit length
};

/// A solid: ground substance, optional fibres with tone, volumetric law.
struct Material {
  Matrix matrix = NeoHookean{};
  std::optional<FibreFamily> fibres;  ///< along each cell's own direction
  std::optional<DirectedFibres> second_fibres;
  Volumetric volumetric;
  /// Isochoric Kirchhoff stress and spatial tangent at deformation gradient F; a0: the direction of `fibres`, unit length.
  template <class T>
  Response<T> respond(const Mat3<T>& F, const Vec<double>& a0) const {
    Response<T> r = std::visit([&](const auto& m) { return m.respond(F); }, matrix);
    if (fibres) fibres->add_response(F, a0, r);
    if (second_fibres) second_fibres->family.add_response(F, second_fibres->a0, r);
    return r;
  }
};

}  // namespace nerveload
