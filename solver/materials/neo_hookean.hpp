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

  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F) const {
    Response<T, C> r;
    const Sym3<T> b = left_cauchy_green(F);
    const T scale = shear_modulus * isochoric_factor(determinant(F));
    const T third_trace = (1.0 / 3.0) * scale * (b[0] + b[1] + b[2]);
    for (int i = 0; i < 6; ++i) r.tau[i] = i < 3 ? scale * b[i] - third_trace : scale * b[i];
    r.c.add_identity(2.0 * third_trace);
    r.c.add_unit_square(-(2.0 / 3.0) * third_trace);
    r.c.add_pair_with_unit(T(-2.0 / 3.0), r.tau);
    return r;
  }

 private:
  template <class T>
  static T isochoric_factor(const T& J) {
    return exp(-(2.0 / 3.0) * log(J));
  }
};

}  // namespace nerveload
