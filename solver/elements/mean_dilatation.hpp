#pragma once
#include "solver/elements/parent_sums.hpp"
#include "solver/elements/point_law.hpp"

namespace nerveload {

/// An element of any shape with one mean dilatation and one pressure (Simo, Taylor & Pister 1985), total Lagrangian:
///   Π = Σ_points W_iso(F) w + V U(θ),   θ = (1/V) Σ J w,   G = ∂(Vθ)/∂u = Σ J ∇N w.
/// Residual  Σ τ ∇N w + p G.  Tangent: isochoric part, p-part of the geometric stiffness, (U''/V) G⊗G.
/// In the tangent p is the *mixed* pressure, updated with Newton's own linearisation (performance.md trap 4):
/// it keeps the tangent definite where the pressure slaved to θ loses it. The residual always has p = U'(θ).
/// With one pressure an eight-node hexahedron and a ten-node tetrahedron do not lock near incompressibility; a four-node tetrahedron does.
///
/// Stress and stiffness are carried back to the parent cell before they meet the shape functions: with h = ∂ξ/∂x
///   ∇N_a = hᵀ ∂N_a/∂ξ,   K_ai,bk = Σ ∂N_a/∂ξ_α D^αβ_ik ∂N_b/∂ξ_β,   D^αβ_ik = w h_αj (c_ijkl + τ_jl δ_ik) h_βl.
/// T is double for the reference, Pack for several elements at a time.
template <class Shape, class T>
struct MeanDilatation {
  static constexpr int nodes = Shape::nodes, points = Shape::points, dofs = 3 * nodes;
  using Vectors = Nodal<Shape, T>;

  /// What the points know of the motion.
  struct Motion {
    AtPoints<Shape, Mat3<T>> F;  ///< deformation gradient from the grown state
    AtPoints<Shape, Mat3<T>> h;  ///< ∂ξ/∂x, or ∂ξ/∂X in small strain; 1/mm
    AtPoints<Shape, T> J;        ///< det F, or 1 + tr (F − 1)
    AtPoints<Shape, T> weight;   ///< reference volume that the point stands for, mm³
    T volume;                    ///< reference, mm³
    T theta;                     ///< mean dilatation
    MaskOf<T> upright;           ///< no J ≤ 0 (nor not a number)
  };

  /// @param X, u          mm
  /// @param growth        stress-free growth of the cell (none: null): stresses answer to F G⁻¹, the energy counts grown volume
  /// @param small_strain  linearised about the reference state
  static void move(const Vectors& X, const Vectors& u, const Mat3<T>* growth, bool small_strain, Motion& m) {
    Vectors x;
    for (int n = 0; n < nodes; ++n)
      for (int i = 0; i < 3; ++i) x[n][i] = X[n][i] + u[n][i];
    AtPoints<Shape, Mat3<T>> dX, dx;
    ParentSums<Shape>::derivatives(X, dX);
    ParentSums<Shape>::derivatives(x, dx);
    m.volume = m.theta = T(0.0);
    T least_J(1e300);
    for (int q = 0; q < points; ++q) {
      if (growth) dX[q] = product(*growth, dX[q]);
      const T reference = determinant(dX[q]), per_reference = 1.0 / reference;
      const Mat3<T> to_parent = inverse_by(dX[q], per_reference);
      m.F[q] = product(dx[q], to_parent);
      m.weight[q] = Shape::weight(q) * reference;
      if (small_strain) {
        m.J[q] = m.F[q](0, 0) + m.F[q](1, 1) + m.F[q](2, 2) - 2.0;
        m.h[q] = to_parent;
      } else {
        const T current = determinant(dx[q]);
        m.J[q] = current * per_reference;
        m.h[q] = inverse_by(dx[q], T(1.0 / current));
      }
      least_J = select(least_J < m.J[q], least_J, m.J[q]);
      m.volume += m.weight[q];
      m.theta += m.J[q] * m.weight[q];
    }
    m.theta /= m.volume;
    m.upright = least_J > T(0.0);
  }

  /// G = ∂(V θ)/∂u, mm².
  static void dilatation_gradient(const Motion& m, bool small_strain, Vectors& G) {
    AtPoints<Shape, Mat3<T>> S;
    for (int q = 0; q < points; ++q) {
      const T volume = small_strain ? m.weight[q] : m.J[q] * m.weight[q];
      for (int i = 0; i < 3; ++i)
        for (int d = 0; d < 3; ++d) S[q](i, d) = volume * m.h[q](d, i);
    }
    ParentSums<Shape>::forces(S, G);
  }

  /// Residual, mN. Without a tangent nothing is worked out that only the tangent needs.
  /// @param law   PointLaw
  template <class Law>
  static void integrate(const Law& law, const Motion& m, Vectors& residual) {
    AtPoints<Shape, Mat3<T>> S;
    const T p = law.volumetric().pressure(m.theta);
    for (int q = 0; q < points; ++q) {
      const auto r = law.template respond<NoTangent<T>>(q, m.F[q]);
      add_stress(r.tau, Law::small_strain ? p : T(p * m.J[q]), m.weight[q], m.h[q], S[q]);
    }
    ParentSums<Shape>::forces(S, residual);
  }

  /// Residual and tangent, mN/mm.
  /// @param mixed_pressure  element pressure of the mixed iteration, kPa, tension positive
  template <class Law>
  static void integrate(const Law& law, const Motion& m, const T& mixed_pressure, Vectors& residual, PairBlocks<Shape, T>& tangent) {
    AtPoints<Shape, Mat3<T>> S;
    ParentStiffness<Shape, T> D;
    Vectors G;
    dilatation_gradient(m, Law::small_strain, G);
    const T p = law.volumetric().pressure(m.theta);
    for (int q = 0; q < points; ++q) {
      auto r = law.template respond<Sym6<T>>(q, m.F[q]);
      add_stress(r.tau, Law::small_strain ? p : T(p * m.J[q]), m.weight[q], m.h[q], S[q]);
      if (Law::small_strain) {
        r.tau = {};
      } else {
        // ∂(J ∇N)/∂u as if it were a stress p J 1 with tangent p J (1⊗1 − 2 I): one pass serves both parts.
        const T pJ = mixed_pressure * m.J[q];
        for (int i = 0; i < 3; ++i) r.tau[i] += pJ;
        r.c.add_unit_square(pJ);
        r.c.add_identity(-2.0 * pJ);
      }
      carry_back(r, m.weight[q], m.h[q], q, D);
    }
    ParentSums<Shape>::forces(S, residual);
    ParentSums<Shape>::stiffness(D, law.volumetric().stiffness(m.theta) / m.volume, G, tangent);
  }

 private:
  /// S_iα = w (τ_ij + p δ_ij) h_αj.
  static void add_stress(const Sym3<T>& tau, const T& pJ, const T& w, const Mat3<T>& h, Mat3<T>& S) {
    Sym3<T> t;
    for (int i = 0; i < 6; ++i) t[i] = i < 3 ? w * (tau[i] + pJ) : w * tau[i];
    for (int i = 0; i < 3; ++i)
      for (int d = 0; d < 3; ++d) S(i, d) = t(i, 0) * h(d, 0) + t(i, 1) * h(d, 1) + t(i, 2) * h(d, 2);
  }

  /// D^αβ_ik = w h_αj (c_ijkl + τ_jl δ_ik) h_βl.
  static void carry_back(const Response<T>& r, const T& w, const Mat3<T>& h, int q, ParentStiffness<Shape, T>& D) {
    unrolled<3>([&](auto e) {
      const Vec<T> g{w * h(e, 0), w * h(e, 1), w * h(e, 2)};
      std::array<Vec<T>, 6> cg;  // by index(i, j), then k
      unrolled<18>([&](auto vk) {
        constexpr int v = vk / 3, k = vk % 3;
        cg[v][k] = r.c(v, Sym3<T>::index(k, 0)) * g[0] + r.c(v, Sym3<T>::index(k, 1)) * g[1] + r.c(v, Sym3<T>::index(k, 2)) * g[2];
      });
      const Vec<T> tg = product(r.tau, g);
      unrolled<3>([&](auto d) {
        const T geometric = h(d, 0) * tg[0] + h(d, 1) * tg[1] + h(d, 2) * tg[2];
        unrolled<9>([&](auto ik) {
          constexpr int i = ik / 3, k = ik % 3;
          if constexpr (i > k || (i == k && d >= e)) {
            const T sum = h(d, 0) * cg[Sym3<T>::index(i, 0)][k] + h(d, 1) * cg[Sym3<T>::index(i, 1)][k] + h(d, 2) * cg[Sym3<T>::index(i, 2)][k];
            D[pair_index(i, k)][3 * d + e][q] = i == k ? T(sum + geometric) : sum;
          }
        });
      });
    });
  }
};

}  // namespace nerveload
