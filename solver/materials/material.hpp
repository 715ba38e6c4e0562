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

/// A solid: ground substance, optional fibres with tone, volumetric law.
struct Material {
  Matrix matrix = NeoHookean{};
  std::optional<FibreFamily> fibres;
  Volumetric volumetric;
  /// Isochoric Kirchhoff stress and spatial tangent at deformation gradient F with fibre direction a0.
  template <class T>
  Response<T> respond(const Mat3<T>& F, const Vec<double>& a0) const {
    Response<T> r = std::visit([&](const auto& m) { return m.respond(F); }, matrix);
    if (fibres) fibres->add_response(F, a0, r);
    return r;
  }
};

}  // namespace nerveload
