#pragma once
#include "solver/materials/response.hpp"

namespace nerveload {

/// Isochoric part of Hooke's law between the small strain ε = sym (F − 1) and the stress:  σ = 2 G dev ε. For checks: it takes no notice of
/// rotations, and its element works in the reference state.
struct Hooke {
  double shear_modulus;  ///< G, kPa

  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F) const {
    Response<T, C> r;
    const T mean = (1.0 / 3.0) * (F(0, 0) + F(1, 1) + F(2, 2));
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j) r.tau(i, j) = shear_modulus * (F(i, j) + F(j, i) - (i == j ? T(2.0 * mean) : T(0.0)));
    r.c.add_identity(T(2.0 * shear_modulus));
    r.c.add_unit_square(T(-2.0 / 3.0 * shear_modulus));
    return r;
  }
};

}  // namespace nerveload
