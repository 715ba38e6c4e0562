#pragma once
#include <optional>
#include <variant>

#include "solver/materials/fibre_family.hpp"
#include "solver/materials/mooney_rivlin.hpp"
#include "solver/materials/neo_hookean.hpp"
#include "solver/materials/ogden.hpp"
#include "solver/materials/prony.hpp"

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

/// A solid: ground substance, optional fibres with tone, volumetric law, optional relaxation of the isochoric stress.
struct Material {
  Matrix matrix = NeoHookean{};
  std::optional<FibreFamily> fibres;  ///< along each cell's own direction
  std::optional<DirectedFibres> second_fibres;
  Volumetric volumetric;
  /// Linear elasticity: Hooke's law between small strains and stress, with the shear modulus of a neo-Hookean `matrix` and the bulk modulus.
  /// It is the element that makes the difference; respond() takes no notice.
  bool small_strain = false;
  Prony viscosity;  ///< of ground substance and fibres; tone is kept up and does not relax

  /// Isochoric Kirchhoff stress and spatial tangent at deformation gradient F, without relaxation; a0: the direction of `fibres`, unit length.
  template <class T>
  Response<T> respond(const Mat3<T>& F, const Vec<double>& a0) const {
    Response<T> r = std::visit([&](const auto& m) { return m.respond(F); }, matrix);
    if (fibres) fibres->add_response(F, a0, r);
    if (second_fibres) second_fibres->family.add_response(F, second_fibres->a0, r);
    return r;
  }

  /// The same at the end of a step of `viscosity`.
  /// @param history  of the point at the beginning of the step; viscosity.history_size() numbers
  template <class T>
  Response<T> respond(const Mat3<T>& F, const Vec<double>& a0, const Prony::Step& step, std::span<const double> history) const {
    if (viscosity.terms.empty()) return respond(F, a0);
    Response<T> r = Prony::respond(step, Prony::frozen_stress(step, history), F, respond_passive(F, a0));
    if (fibres) fibres->tone().add_response(F, a0, r);
    if (second_fibres) second_fibres->family.tone().add_response(F, second_fibres->a0, r);
    return r;
  }

  /// Takes the history of a point to the end of the step, where its deformation gradient is F.
  void commit(const Mat3<double>& F, const Vec<double>& a0, const Prony::Step& step, std::span<double> history) const {
    if (!viscosity.terms.empty()) Prony::commit(step, F, respond_passive(F, a0).tau, history);
  }

 private:
  /// What relaxes: everything but the tone.
  template <class T>
  Response<T> respond_passive(const Mat3<T>& F, const Vec<double>& a0) const {
    Response<T> r = std::visit([&](const auto& m) { return m.respond(F); }, matrix);
    if (fibres) fibres->passive().add_response(F, a0, r);
    if (second_fibres) second_fibres->family.passive().add_response(F, second_fibres->a0, r);
    return r;
  }
};

}  // namespace nerveload
