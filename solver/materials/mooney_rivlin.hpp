#pragma once
#include "solver/materials/ogden.hpp"

namespace nerveload {

/// Mooney–Rivlin solid, isochoric part:  W = c10 (Ī₁ − 3) + c01 (Ī₂ − 3).
/// It is the Ogden solid with exponents 2 and −2 (Ī₂ = Σ λ̄⁻² because λ̄₁λ̄₂λ̄₃ = 1); initial shear modulus 2 (c10 + c01).
struct MooneyRivlin {
  static constexpr const char* name = "mooney_rivlin";
  double c10 = 0.5, c01 = 0.0;  ///< kPa

  std::array<Ogden::Term, 2> as_ogden() const { return {{{2.0 * c10, 2.0}, {2.0 * c01, -2.0}}}; }
  template <class T>
  T energy(const Mat3<T>& F) const {
    const auto terms = as_ogden();
    return OgdenSum{terms.data(), 2}.energy(F);
  }
  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F) const {
    const auto terms = as_ogden();
    return OgdenSum{terms.data(), 2}.template respond<T, C>(F);
  }
};

}  // namespace nerveload
