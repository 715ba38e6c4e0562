#pragma once
#include <vector>

#include "solver/materials/response.hpp"

namespace nerveload {

struct OgdenTerm {
  double mu;     ///< kPa
  double alpha;  ///< not zero
};

/// Ogden solid of any number of terms, isochoric part, exponents of any sign:
///   W = Σ_k 2 μ_k/α_k² (λ̄₁^α_k + λ̄₂^α_k + λ̄₃^α_k − 3),   λ̄ = J^(−1/3) λ,   initial shear modulus Σ μ_k.
/// In principal axes τ_i = β_i − mean β with β_i = Σ 2μ_k/α_k λ̄_i^α_k; the shear terms of the tangent,
/// (τ_i λ_j² − τ_j λ_i²)/(λ_i² − λ_j²) = ½ (β_i − β_j)(λ_i² + λ_j²)/(λ_i² − λ_j²) − ½ (τ_i + τ_j), are divided differences that stay exact for
/// equal stretches.
struct OgdenSum {
  const OgdenTerm* terms;
  int count;

  template <class T>
  T energy(const Mat3<T>& F) const {
    const PrincipalStretches<T> p = principal_stretches(F);
    T w = T(0.0);
    for (const OgdenTerm* t = terms; t != terms + count; ++t)
      for (int i = 0; i < 3; ++i) w += 2.0 * t->mu / (t->alpha * t->alpha) * (exp(t->alpha * (p.log_stretch[i] - p.log_J / 3.0)) - 1.0);
    return w;
  }

  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F) const {
    const PrincipalStretches<T> p = principal_stretches(F);
    Vec<T> beta{}, gamma{}, shear{};  // shear of the planes (0,1), (1,2), (2,0)
    for (const OgdenTerm* t = terms; t != terms + count; ++t) {
      Vec<T> power;
      for (int i = 0; i < 3; ++i) {
        power[i] = exp(t->alpha * (p.log_stretch[i] - (1.0 / 3.0) * p.log_J));
        beta[i] += 2.0 * t->mu / t->alpha * power[i];
        gamma[i] += 2.0 * t->mu * power[i];
      }
      for (int i = 0; i < 3; ++i) {
        const int j = (i + 1) % 3;
        shear[i] += t->mu * half_difference_over(T(0.5 * t->alpha * (p.log_stretch[i] - p.log_stretch[j])), power[i], power[j]);
      }
    }
    for (int i = 0; i < 3; ++i) {
      const int j = (i + 1) % 3;
      shear[i] *= x_over_tanh(T(p.log_stretch[i] - p.log_stretch[j]), p.square[i], p.square[j]);
    }
    const T mean_beta = (1.0 / 3.0) * (beta[0] + beta[1] + beta[2]);
    return assemble<T, C>(p.n, {beta[0] - mean_beta, beta[1] - mean_beta, beta[2] - mean_beta}, gamma, shear);
  }

 private:
  /// From principal axes to the fixed frame: normal part ∂τ_i/∂ln λ_j − 2 τ_i δ_ij with ∂τ/∂ln λ = P diag(γ) P.
  template <class T, class C>
  static Response<T, C> assemble(const Mat3<T>& n, const Vec<T>& tau, const Vec<T>& gamma, const Vec<T>& shear) {
    Response<T, C> r;
    std::array<Sym3<T>, 3> nn;
    for (int a = 0; a < 3; ++a)
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) nn[a](i, j) = n(i, a) * n(j, a);
    const T mean_gamma = (1.0 / 9.0) * (gamma[0] + gamma[1] + gamma[2]);
    for (int a = 0; a < 3; ++a) {
      const int b = (a + 1) % 3, c = (a + 2) % 3;
      for (int i = 0; i < 6; ++i) r.tau[i] += tau[a] * nn[a][i];
      // Row a of the normal part: nn_a ⊗ Σ_b N_ab nn_b.
      const T own = (1.0 / 3.0) * gamma[a] + mean_gamma - 2.0 * tau[a];
      const T with_b = mean_gamma - (1.0 / 3.0) * (gamma[a] + gamma[b]), with_c = mean_gamma - (1.0 / 3.0) * (gamma[a] + gamma[c]);
      Sym3<T> row, nab;
      for (int i = 0; i < 6; ++i) row[i] = own * nn[a][i] + with_b * nn[b][i] + with_c * nn[c][i];
      r.c.add_row(nn[a], row);
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) nab(i, j) = n(i, a) * n(j, b) + n(j, a) * n(i, b);
      r.c.add_square(shear[a] - 0.5 * (tau[a] + tau[b]), nab);
    }
    return r;
  }
};

/// The Ogden solid that owns its terms.
struct Ogden {
  using Term = OgdenTerm;
  static constexpr const char* name = "ogden";
  std::vector<Term> terms;

  OgdenSum sum() const { return {terms.data(), static_cast<int>(terms.size())}; }
  template <class T>
  T energy(const Mat3<T>& F) const {
    return sum().energy(F);
  }
  template <class T, class C = Sym6<T>>
  Response<T, C> respond(const Mat3<T>& F) const {
    return sum().template respond<T, C>(F);
  }
};

}  // namespace nerveload
