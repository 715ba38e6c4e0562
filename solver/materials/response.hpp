#pragma once
#include "solver/base/tensor.hpp"

namespace nerveload {

/// What a material answers at a point: Kirchhoff stress and spatial tangent of the isochoric part, kPa.
///   τ = ∂W/∂F Fᵀ,   L_v τ = c : d   (Lie derivative of τ), so that  F ∂²W/∂F² Fᵀ = c_ijkl + τ_jl δ_ik.
/// Twenty-one numbers instead of the forty-five of ∂P/∂F (docs/decisions/0002-spatial-tangent.md).
/// With `NoTangent` in the place of `Sym6` the stress alone is worked out, by the same text.
template <class T, class C = Sym6<T>>
struct Response {
  Sym3<T> tau;
  C c;
};

/// x / tanh(x) with x = ½ ln (a/b):  x (a + b)/(a − b), and its series where a and b coalesce.
template <class T>
T x_over_tanh(const T& x, const T& a, const T& b) {
  const T s = x * x;
  const T series = 1.0 + s * (1.0 / 3.0 - s * (1.0 / 45.0 - s * (2.0 / 945.0 - s * (1.0 / 4725.0 - s * (2.0 / 93555.0)))));
  return select(abs(x) < T(0.1), series, T(x * (a + b) / (a - b)));
}
/// (a − b)/2y with a = e^y m, b = e^−y m:  m sinh(y)/y, and its series m cosh(y) · tanh(y)/y where a and b coalesce.
template <class T>
T half_difference_over(const T& y, const T& a, const T& b) {
  const T s = y * y;
  const T series =
      1.0 - s * (1.0 / 3.0 - s * (2.0 / 15.0 - s * (17.0 / 315.0 - s * (62.0 / 2835.0 - s * (1382.0 / 155925.0 - s * (21844.0 / 6081075.0))))));
  return select(abs(y) < T(0.1), T(0.5 * (a + b) * series), T(0.5 * (a - b) / y));
}

/// Principal frame of b = F Fᵀ and the logarithms of the principal stretches.
template <class T>
struct PrincipalStretches {
  Vec<T> square;  ///< of the stretches: eigenvalues of b
  Vec<T> log_stretch;
  Mat3<T> n;  ///< principal directions in the deformed state, columns
  T log_J;
};

template <class T>
PrincipalStretches<T> principal_stretches(const Mat3<T>& F) {
  const Spectrum<T> s = spectrum(left_cauchy_green(F));
  PrincipalStretches<T> p;
  for (int i = 0; i < 3; ++i) p.log_stretch[i] = 0.5 * log(s.values[i]);
  p.log_J = p.log_stretch[0] + p.log_stretch[1] + p.log_stretch[2];
  p.square = s.values;
  p.n = s.vectors;
  return p;
}

}  // namespace nerveload
