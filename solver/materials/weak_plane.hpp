#pragma once
#include "solver/materials/response.hpp"

namespace nerveload {

/// Loss of shear stiffness across planes of unit normal N in the reference state, such as a thin soft film leaves behind that lies in a solid:
///   W = −½ κ S,   S = C̄_NN − 1/(C̄⁻¹)_NN.
/// With f = F N and g the part of f along the deformed normal, S = J^(−2/3) (|f|² − |g|²) is the square of the shear across the plane;
/// stretch along and across the plane is left alone. Stress τ = −κ dev A, A = J^(−2/3) (f⊗f − g⊗g); with n along g and G = J^(−2/3) |g|²
///   c = −4κ G (n⊙n − n⊗n⊗n⊗n) − ⅔ κ tr A (I − ⅓ 1⊗1) − ⅔ (τ⊗1 + 1⊗τ),   d : (n⊙n) : d = |d n|².
/// In a laminate of two neo-Hookean layers it is exact (laminate_of); on its own it is not stable.
struct WeakPlane {
  double softening = 0.0;  ///< κ, kPa, less than the shear modulus of the ground substance

  /// @param normal  N in the reference state, unit length
  template <class T, class C, class Direction>
  void add_response(const Mat3<T>& F, const Direction& normal, Response<T, C>& r) const {
    const T J = determinant(F);
    const Mat3<T> inverse = inverse_by(F, T(1.0 / J));
    Vec<T> f{}, m{};
    for (int i = 0; i < 3; ++i) {
      f[i] = F(i, 0) * normal[0] + F(i, 1) * normal[1] + F(i, 2) * normal[2];
      m[i] = inverse(0, i) * normal[0] + inverse(1, i) * normal[1] + inverse(2, i) * normal[2];
    }
    const T per_square = 1.0 / (m[0] * m[0] + m[1] * m[1] + m[2] * m[2]);  // |g|², for g = m/|m|²
    const T isochoric = exp((-2.0 / 3.0) * log(J));
    Sym3<T> A, nn;
    for (int i = 0; i < 3; ++i)
      for (int j = i; j < 3; ++j) {
        nn(i, j) = m[i] * m[j] * per_square;
        A(i, j) = isochoric * (f[i] * f[j] - nn(i, j) * per_square);
      }
    const T third = (A[0] + A[1] + A[2]) / 3.0;
    Sym3<T> tau;
    for (int i = 0; i < 6; ++i) {
      tau[i] = -softening * (i < 3 ? T(A[i] - third) : A[i]);
      r.tau[i] += tau[i];
    }
    const T G = isochoric * per_square;
    r.c.add_product_with_unit(-4.0 * softening * G, nn);
    r.c.add_square(4.0 * softening * G, nn);
    r.c.add_identity(-2.0 * softening * third);
    r.c.add_unit_square((2.0 / 3.0) * softening * third);
    r.c.add_pair_with_unit(T(-2.0 / 3.0), tau);
  }

  /// Per reference volume.
  template <class T>
  T energy(const Mat3<T>& F, const Vec<double>& normal) const {
    const T J = determinant(F);
    const Mat3<T> inverse = inverse_by(F, T(1.0 / J));
    T along(0.0), across(0.0);
    for (int i = 0; i < 3; ++i) {
      const T f = F(i, 0) * normal[0] + F(i, 1) * normal[1] + F(i, 2) * normal[2];
      const T m = inverse(0, i) * normal[0] + inverse(1, i) * normal[1] + inverse(2, i) * normal[2];
      along += f * f;
      across += m * m;
    }
    return -0.5 * softening * exp((-2.0 / 3.0) * log(J)) * (along - 1.0 / across);
  }
};

/// Two neo-Hookean layers between planes, as one material: a ground substance and what its planes lack.
struct Laminate {
  double shear_modulus;  ///< of the ground substance, kPa
  WeakPlane plane;
};

/// The homogenised laminate: layers that share the interface's stretch and the dilatation and are free to shear differently. The minimum over the
/// difference of their shears is in closed form because both are quadratic in it (docs/decisions/0026).
/// @param modulus, film_modulus  shear moduli, kPa, > 0  @param share  of the thickness that is film, 0 … 1
inline Laminate laminate_of(double modulus, double film_modulus, double share) {
  const double mean = (1.0 - share) * modulus + share * film_modulus, crossed = share * modulus + (1.0 - share) * film_modulus;
  const double difference = modulus - film_modulus;
  return {mean, {share * (1.0 - share) * difference * difference / crossed}};
}

}  // namespace nerveload
