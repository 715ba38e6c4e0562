#pragma once
#include "solver/base/tensor.hpp"

namespace nerveload {

/// What a material answers at a point: Kirchhoff stress and spatial tangent of the isochoric part, kPa.
///   τ = ∂W/∂F Fᵀ,   L_v τ = c : d   (Lie derivative of τ), so that  F ∂²W/∂F² Fᵀ = c_ijkl + τ_jl δ_ik.
/// Twenty-one numbers instead of the forty-five of ∂P/∂F (docs/decisions/0002-spatial-tangent.md).
template <class T>
struct Response {
  Sym3<T> tau;
  Sym6<T> c;
};

/// x / tanh(x) and sinh(y)/y: they carry the tangent through coalescing stretches without a special case.
template <class T>
T x_over_tanh(const T& x) {
  if (abs(x) < 1e-2) return 1.0 + x * x * (1.0 / 3.0 - x * x * (1.0 / 45.0 - x * x * (2.0 / 945.0)));
  const T e = exp(-2.0 * x);
  return x * (1.0 + e) / (1.0 - e);
}
template <class T>
T sinh_over_y(const T& y) {
  if (abs(y) < 1e-2) return 1.0 + y * y * (1.0 / 6.0 + y * y * (1.0 / 120.0 + y * y / 5040.0));
  return 0.5 * (exp(y) - exp(-y)) / y;
}

/// Principal frame of b = F Fᵀ and the logarithms of the principal stretches.
template <class T>
struct PrincipalStretches {
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
  p.n = s.vectors;
  return p;
}

}  // namespace nerveload
