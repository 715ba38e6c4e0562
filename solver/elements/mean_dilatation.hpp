#pragma once
#include <array>

#include "solver/elements/point_law.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {

/// An element of any shape with one mean dilatation and one pressure (Simo, Taylor & Pister 1985), total Lagrangian:
///   Π = Σ_points W_iso(F) w + V U(θ),   θ = (1/V) Σ J w,   G = ∂(Vθ)/∂u = Σ J ∇N w.
/// Residual  Σ τ ∇N w + p G.  Tangent: isochoric part, p-part of the geometric stiffness, (U''/V) G⊗G.
/// In the tangent p is the *mixed* pressure, updated with Newton's own linearisation (performance.md trap 4):
/// it keeps the tangent definite where the pressure slaved to θ loses it. The residual always has p = U'(θ).
/// With one pressure an eight-node hexahedron and a ten-node tetrahedron do not lock near incompressibility; a four-node tetrahedron does.
template <class Shape>
struct MeanDilatation {
  static constexpr int nodes = Shape::nodes, points = Shape::points, dofs = 3 * nodes;
  using Positions = std::array<std::array<double, 3>, nodes>;  ///< mm
  using Gradients = typename Shape::Gradients;                 ///< ∂N/∂X or ∂N/∂x at a point, 1/mm

  /// What one point knows of the motion.
  struct PointMotion {
    Mat3<double> F;
    double J;          ///< det F
    double weight;     ///< reference volume that the point stands for, mm³
    Gradients grad_x;  ///< spatial gradients of the shape functions
  };

  struct Motion {
    std::array<PointMotion, points> at;
    double volume;               ///< reference, mm³
    double theta;                ///< mean dilatation
    std::array<double, dofs> G;  ///< ∂(V θ)/∂u, mm²
    bool inverted;               ///< some J ≤ 0 (or not a number)
  };

  /// @param growth        stress-free growth G of the cell (identity = none): stresses answer to F G⁻¹, the energy counts grown volume
  /// @param small_strain  linearised about the reference state: J = 1 + tr (F − 1), gradients with respect to X
  static Motion motion(const Positions& X, const Positions& u, const Mat3<double>& growth = Mat3<double>::identity(), bool small_strain = false);

  struct System {
    std::array<double, dofs> residual;                ///< mN
    std::array<double, dofs*(dofs + 1) / 2> tangent;  ///< lower triangle by rows, mN/mm
  };

  /// @param mixed_pressure  element pressure of the mixed iteration, kPa, tension positive
  /// @param with_tangent    false leaves `tangent` untouched
  static void integrate(const PointLaw& law, const Motion& m, double mixed_pressure, bool with_tangent, System& out);

  /// Cauchy stress of the whole (isochoric part plus p = U'(θ)) at each point, kPa, order XX YY ZZ XY YZ XZ.
  static std::array<Sym3<double>, points> cauchy_stress(const PointLaw& law, const Motion& m);
};

using Hex8 = MeanDilatation<Hex8Shape>;
using Tet4 = MeanDilatation<Tet4Shape>;
using Tet10 = MeanDilatation<Tet10Shape>;

}  // namespace nerveload
