#pragma once
#include "solver/materials/response.hpp"

namespace nerveload {

/// Neo-Hookean solid, isochoric part:  W = ½ μ (tr b̄ − 3),  b̄ = J^(−2/3) F Fᵀ.
struct NeoHookean {
  static constexpr const char* name = "neo_hookean";
  double shear_modulus = 1.0;  ///< μ, kPa, > 0

  template <class T>
  T energy(const Mat3<T>& F) const {
    const Sym3<T> b = left_cauchy_green(F);
    return 0.5 * shear_modulus * (isochoric_factor(determinant(F)) * (b[0] + b[1] + b[2]) - 3.0);
  }

  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    Response<T> r;
    const Sym3<T> b = left_cauchy_green(F);
    const T scale = shear_modulus * isochoric_factor(determinant(F));
    const T third_trace = (b[0] + b[1] + b[2]) * scale / 3.0;
    Sym3<T> one;
    for (int i = 0; i < 6; ++i) {
      one[i] = T(i < 3 ? 1.0 : 0.0);
      r.tau[i] = scale * b[i] - third_trace * one[i];
    }
    r.c.add_identity(2.0 * third_trace);
    r.c.add_square(-(2.0 / 3.0) * third_trace, one);
    r.c.add_pair(T(-2.0 / 3.0), r.tau, one);
    return r;
  }

 private:
  template <class T>
  static T isochoric_factor(const T& J) {
    return exp(-(2.0 / 3.0) * log(J));
  }
};

}  // namespace nerveload
