#pragma once
#include "solver/materials/response.hpp"

namespace nerveload {

/// Isochoric part of Hooke's law between the small strain ε = sym (F − 1) and the stress:  σ = 2 G dev ε. For checks: it takes no notice of
/// rotations, and its element works in the reference state.
template <class T>
Response<T> hooke_response(double shear_modulus, const Mat3<T>& F) {
  Response<T> r;
  Sym3<T> one;
  const T mean = (F(0, 0) + F(1, 1) + F(2, 2)) / 3.0;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) r.tau(i, j) = shear_modulus * (F(i, j) + F(j, i) - (i == j ? T(2.0 * mean) : T(0.0)));
  for (int i = 0; i < 3; ++i) one[i] = T(1.0);
  r.c.add_identity(T(2.0 * shear_modulus));
  r.c.add_square(T(-2.0 / 3.0 * shear_modulus), one);
  return r;
}

}  // namespace nerveload
