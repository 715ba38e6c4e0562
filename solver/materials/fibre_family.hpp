#pragma once
#include "solver/materials/response.hpp"

namespace nerveload {

/// One family of fibres along a unit direction a0, isochoric stretch λ̄ = J^(−1/3) |F a0|, tension only:
///   λ̄ ∂W/∂λ̄ = 0                              for λ̄ ≤ 1
///              = c3 (e^{c4 (λ̄ − 1)} − 1)         up to lambda_max
///              = c5 λ̄ + c6                       beyond, c6 from continuity                      (Weiss et al. 1996)
/// plus a constant active stress (tone)  λ̄ ∂W/∂λ̄ = active_stress. Fibres that are taut in the reference state already have a
/// pre-stretch: pre_stretch · λ̄ stands for λ̄ in the passive law.
/// Stress τ = f M and tangent c = f' M⊗M − 2 f aa⊗aa + ⅔ f I with M = a⊗a − ⅓ 1, f = λ̄ ∂W/∂λ̄, f' = ∂f/∂ln λ̄.
struct FibreFamily {
  double c3 = 0.0;             ///< kPa
  double c4 = 1.0;             ///< –
  double c5 = 0.0;             ///< kPa
  double lambda_max = 1.1;     ///< –, > 1
  double active_stress = 0.0;  ///< kPa
  double pre_stretch = 1.0;    ///< of the fibres in the reference state, > 0

  FibreFamily passive() const { return {c3, c4, c5, lambda_max, 0.0, pre_stretch}; }
  FibreFamily tone() const { return {0.0, 1.0, 0.0, lambda_max, active_stress, 1.0}; }

  template <class T>
  struct Law {
    T f, slope;  ///< λ̄ ∂W/∂λ̄ and its derivative in ln λ̄, kPa
  };

  template <class T>
  Law<T> law(const T& isochoric_stretch) const {
    const T stretch = pre_stretch * isochoric_stretch;
    const T toe = c3 * exp(c4 * (stretch - 1.0)), linear = c5 * stretch;
    const MaskOf<T> taut = stretch > T(1.0), straight = stretch >= T(lambda_max);
    return {active_stress + select(straight, T(linear + linear_offset()), select(taut, T(toe - c3), T(0.0))),
            select(straight, linear, select(taut, T(c4 * toe * stretch), T(0.0)))};
  }

  /// @param a0  direction in the reference state, unit length
  template <class T, class C, class Direction>
  void add_response(const Mat3<T>& F, const Direction& a0, Response<T, C>& r) const {
    Vec<T> a{};
    for (int i = 0; i < 3; ++i) a[i] = F(i, 0) * a0[0] + F(i, 1) * a0[1] + F(i, 2) * a0[2];
    const T square = a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
    const Law<T> l = law(T(sqrt(square) * exp((-1.0 / 3.0) * log(determinant(F)))));
    Sym3<T> aa;
    const T scale = 1.0 / square;
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j) aa(i, j) = a[i] * a[j] * scale;
    for (int i = 0; i < 6; ++i) r.tau[i] += l.f * (i < 3 ? T(aa[i] - 1.0 / 3.0) : aa[i]);
    r.c.add_square(l.slope - 2.0 * l.f, aa);  // M⊗M = aa⊗aa − ⅓ (aa⊗1 + 1⊗aa) + ⅑ 1⊗1
    r.c.add_pair_with_unit((-1.0 / 3.0) * l.slope, aa);
    r.c.add_unit_square((1.0 / 9.0) * l.slope);
    r.c.add_identity((2.0 / 3.0) * l.f);
  }

  /// Energy per reference volume, by the closed integral of f/λ̄ in the active part and the linear part, by quadrature in
  /// the toe (the exponential integral has no elementary form); for tests only.
  template <class T>
  T energy(const T& isochoric_stretch) const {
    const T stretch = pre_stretch * isochoric_stretch;
    T w = active_stress * log(isochoric_stretch);
    if (!(stretch > 1.0)) return w;
    const T top = stretch < lambda_max ? stretch : T(lambda_max);
    constexpr int n = 400;
    for (int i = 0; i < n; ++i) {  // midpoint pairs of Gauss points: exact to rounding for smooth integrands
      for (const double g : {-0.577350269189625765, 0.577350269189625765}) {
        const T x = 1.0 + (top - 1.0) * ((i + 0.5 + 0.5 * g) / n);
        w += (top - 1.0) * (0.5 / n) * c3 * (exp(c4 * (x - 1.0)) - 1.0) / x;
      }
    }
    if (!(stretch < lambda_max)) w += c5 * (stretch - lambda_max) + linear_offset() * log(stretch / lambda_max);
    return w;
  }

 private:
  double linear_offset() const { return c3 * (std::exp(c4 * (lambda_max - 1.0)) - 1.0) - c5 * lambda_max; }
};

}  // namespace nerveload
