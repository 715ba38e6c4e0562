#pragma once
#include <optional>
#include <variant>

#include "solver/materials/fibre_family.hpp"
#include "solver/materials/linear_elastic.hpp"
#include "solver/materials/mooney_rivlin.hpp"
#include "solver/materials/neo_hookean.hpp"
#include "solver/materials/ogden.hpp"
#include "solver/materials/prony.hpp"
#include "solver/materials/weak_plane.hpp"

namespace nerveload {

/// The isochoric ground substance. To add one: a header like neo_hookean.hpp and its name here.
using Matrix = std::variant<NeoHookean, MooneyRivlin, Ogden>;

/// Volumetric law on the element's mean dilatation θ; pressure here is positive in tension, p = U'(θ).
struct Volumetric {
  enum class Law { quadratic, logarithmic };
  double bulk_modulus = 7500.0;  ///< K, kPa
  Law law = Law::quadratic;      ///< ½K (θ−1)²  or  ½K (ln θ)²

  template <class T>
  T pressure(const T& theta) const {
    return law == Law::quadratic ? bulk_modulus * (theta - 1.0) : bulk_modulus * log(theta) / theta;
  }
  template <class T>
  T stiffness(const T& theta) const {
    return law == Law::quadratic ? T(bulk_modulus) : bulk_modulus * (1.0 - log(theta)) / (theta * theta);
  }
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
  std::optional<WeakPlane> plane;  ///< across each cell's own direction, which then is no fibre's
  Volumetric volumetric;
  /// Linear elasticity: Hooke's law between small strains and stress, with the shear modulus of a neo-Hookean `matrix` and the bulk modulus.
  /// It is the element that makes the difference; respond() takes no notice.
  bool small_strain = false;
  Prony viscosity;  ///< of ground substance, plane and fibres; tone is kept up and does not relax

  /// Isochoric Kirchhoff stress and spatial tangent at deformation gradient F, without relaxation; a0: the direction of `fibres`, unit length.
  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F, const Vec<double>& a0) const {
    return std::visit([&](const auto& m) { return respond<T, C>(m, F, a0); }, matrix);
  }
  /// The same with the ground substance at hand, which a whole batch of elements asks for once.
  template <class T, class C, class Ground, class Direction>
  Response<T, C> respond(const Ground& ground, const Mat3<T>& F, const Direction& a0) const {
    Response<T, C> r = ground.template respond<T, C>(F);
    if (fibres) fibres->add_response(F, a0, r);
    if (second_fibres) second_fibres->family.add_response(F, second_fibres->a0, r);
    if (plane) plane->add_response(F, a0, r);
    return r;
  }

  /// Isochoric response at the end of a step of `viscosity`.
  /// @param history  of the point at the beginning of the step; viscosity.history_size() numbers
  template <class T>
  Response<T> respond(const Mat3<T>& F, const Vec<double>& a0, const Prony::Step& step, std::span<const double> history) const {
    if (viscosity.terms.empty()) return respond(F, a0);
    const Sym3<double> frozen = Prony::frozen_stress(step, history);
    return std::visit([&](const auto& m) { return respond_relaxing<T, Sym6<T>>(m, F, a0, step.share, frozen); }, matrix);
  }
  /// The same with the ground substance at hand.
  /// @param share   of the elastic stress at the step's end (Prony::Step)
  /// @param frozen  Prony::frozen_stress
  template <class T, class C, class Ground, class Direction, class Number>
  Response<T, C> respond_relaxing(const Ground& ground, const Mat3<T>& F, const Direction& a0, double share, const Sym3<Number>& frozen) const {
    Response<T, C> r = Prony::respond(share, frozen, F, respond_passive<T, C>(ground, F, a0));
    if (fibres) fibres->tone().add_response(F, a0, r);
    if (second_fibres) second_fibres->family.tone().add_response(F, second_fibres->a0, r);
    return r;
  }

  /// Takes the history of a point to the end of the step, where its deformation gradient is F.
  void commit(const Mat3<double>& F, const Vec<double>& a0, const Prony::Step& step, std::span<double> history) const {
    if (viscosity.terms.empty()) return;
    using Stress = NoTangent<double>;
    Prony::commit(step, F, std::visit([&](const auto& m) { return respond_passive<double, Stress>(m, F, a0); }, matrix).tau, history);
  }

 private:
  /// What relaxes: everything but the tone.
  template <class T, class C, class Ground, class Direction>
  Response<T, C> respond_passive(const Ground& ground, const Mat3<T>& F, const Direction& a0) const {
    Response<T, C> r = ground.template respond<T, C>(F);
    if (fibres) fibres->passive().add_response(F, a0, r);
    if (second_fibres) second_fibres->family.passive().add_response(F, second_fibres->a0, r);
    if (plane) plane->add_response(F, a0, r);
    return r;
  }
};

/// Calls `visit` with what the isochoric response of a material is worked out from: NeoHookean, OgdenSum (Mooney–Rivlin too) or Hooke.
template <class Visit>
decltype(auto) with_ground(const Material& material, Visit&& visit) {
  if (const auto* neo = std::get_if<NeoHookean>(&material.matrix)) return material.small_strain ? visit(Hooke{neo->shear_modulus}) : visit(*neo);
  if (const auto* ogden = std::get_if<Ogden>(&material.matrix)) return visit(ogden->sum());
  const auto terms = std::get_if<MooneyRivlin>(&material.matrix)->as_ogden();
  return visit(OgdenSum{terms.data(), static_cast<int>(terms.size())});
}

}  // namespace nerveload
