#pragma once
#include <vector>

#include "solver/materials/response.hpp"

namespace nerveload {

/// Ogden solid of any number of terms, isochoric part, exponents of any sign:
///   W = Σ_k 2 μ_k/α_k² (λ̄₁^α_k + λ̄₂^α_k + λ̄₃^α_k − 3),   λ̄ = J^(−1/3) λ,   initial shear modulus Σ μ_k.
/// In principal axes τ_i = β_i − mean β with β_i = Σ 2μ_k/α_k λ̄_i^α_k; the shear terms of the tangent,
/// (τ_i λ_j² − τ_j λ_i²)/(λ_i² − λ_j²), are written with x/tanh x and sinh(y)/y and stay exact for equal stretches.
struct Ogden {
  struct Term {
    double mu;     ///< kPa
    double alpha;  ///< not zero
  };
  static constexpr const char* name = "ogden";
  std::vector<Term> terms;

  template <class T>
  T energy(const Mat3<T>& F) const {
    const PrincipalStretches<T> p = principal_stretches(F);
    T w = T(0.0);
    for (const Term& t : terms)
      for (int i = 0; i < 3; ++i) w += 2.0 * t.mu / (t.alpha * t.alpha) * (exp(t.alpha * (p.log_stretch[i] - p.log_J / 3.0)) - 1.0);
    return w;
  }

  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    const PrincipalStretches<T> p = principal_stretches(F);
    Vec<T> beta{}, gamma{}, shear{};  // shear of the planes (0,1), (1,2), (2,0)
    for (const Term& t : terms) {
      for (int i = 0; i < 3; ++i) {
        const T power = exp(t.alpha * (p.log_stretch[i] - p.log_J / 3.0));
        beta[i] += 2.0 * t.mu / t.alpha * power;
        gamma[i] += 2.0 * t.mu * power;
        const int j = (i + 1) % 3;
        const T mean = 0.5 * (p.log_stretch[i] + p.log_stretch[j]) - p.log_J / 3.0;
        const T half = 0.5 * (p.log_stretch[i] - p.log_stretch[j]);
        shear[i] += t.mu * exp(t.alpha * mean) * sinh_over_y(T(t.alpha * half)) * x_over_tanh(T(2.0 * half));
      }
    }
    const T mean_beta = (beta[0] + beta[1] + beta[2]) / 3.0;
    const Vec<T> tau{beta[0] - mean_beta, beta[1] - mean_beta, beta[2] - mean_beta};
    return assemble(p.n, tau, gamma, shear);
  }

 private:
  /// From principal axes to the fixed frame: normal part ∂τ_i/∂ln λ_j − 2 τ_i δ_ij with ∂τ/∂ln λ = P diag(γ) P.
  template <class T>
  static Response<T> assemble(const Mat3<T>& n, const Vec<T>& tau, const Vec<T>& gamma, const Vec<T>& shear) {
    Response<T> r;
    std::array<Sym3<T>, 3> nn;
    for (int a = 0; a < 3; ++a)
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) nn[a](i, j) = n(i, a) * n(j, a);
    const T mean_gamma = (gamma[0] + gamma[1] + gamma[2]) / 9.0;
    for (int a = 0; a < 3; ++a) {
      for (int i = 0; i < 6; ++i) r.tau[i] += tau[a] * nn[a][i];
      r.c.add_square(gamma[a] / 3.0 + mean_gamma - 2.0 * tau[a], nn[a]);
      const int b = (a + 1) % 3;
      r.c.add_pair(mean_gamma - (gamma[a] + gamma[b]) / 3.0, nn[a], nn[b]);
      Sym3<T> nab;
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) nab(i, j) = n(i, a) * n(j, b) + n(j, a) * n(i, b);
      r.c.add_square(shear[a] - 0.5 * (tau[a] + tau[b]), nab);
    }
    return r;
  }
};

}  // namespace nerveload
