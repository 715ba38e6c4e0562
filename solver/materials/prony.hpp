#pragma once
#include <span>
#include <vector>

#include "solver/materials/response.hpp"

namespace nerveload {

/// Quasi-linear viscoelasticity of the isochoric stress by a Prony series [simo1987]. The elastic stress τ_e is the answer to a sudden load;
/// held in that shape, the stress falls to
///   G(t)/G(0) = 1 − Σ g_i (1 − e^(−t/τ_i)).
/// With the elastic stress carried back to the reference state, S̃ = J^(2/3) F⁻¹ τ_e F⁻ᵀ, and a memory Q_i for each term,
///   τ = dev (J^(−2/3) F [(1 − Σ g_i) S̃ + Σ Q_i] Fᵀ),   dQ_i/dt + Q_i/τ_i = g_i dS̃/dt.
/// A step of length Δt takes S̃ as changing at a constant rate, and is exact for any Δt where it does [taylor1970]:
///   Q_i ← e_i Q_i + g_i k_i ΔS̃,   e_i = e^(−Δt/τ_i),   k_i = (1 − e_i) τ_i/Δt   (1 for a sudden step, 0 for an endless one).
/// So within a step the solid is hyperelastic, with the energy  share W + ½ H : C̄  and a symmetric tangent:
///   τ = share τ_e + dev (J^(−2/3) F H Fᵀ),   share = 1 − Σ g_i (1 − k_i),   H = Σ (e_i Q_i − g_i k_i S̃) of the step's beginning.
struct Prony {
  struct Term {
    double g;      ///< share of the instantaneous stress that fades, 0…1; all together less than 1
    double tau_s;  ///< relaxation time, s, > 0
  };
  std::vector<Term> terms;  ///< none: elastic

  /// What the length of a step decides.
  struct Step {
    struct Factors {
      double decay;  ///< e_i
      double gain;   ///< g_i k_i
    };
    double share = 1.0;  ///< of the elastic stress at the step's end
    std::vector<Factors> factors;
  };

  /// History of a point: S̃ and then each Q_i, six numbers each in the order of Sym3, kPa; all 0 in a body at rest that was never loaded.
  std::size_t history_size() const { return terms.empty() ? 0 : 6 * (1 + terms.size()); }

  /// @param dt_s  ≥ 0. A step of length 0 in an unchanged shape gives the stress that the history stands for.
  Step step(double dt_s) const {
    Step s;
    for (const Term& t : terms) {
      const double x = dt_s / t.tau_s;
      const double gain = x > 0.0 ? -t.g * std::expm1(-x) / x : t.g;
      s.share -= t.g - gain;
      s.factors.push_back({std::exp(-x), gain});
    }
    return s;
  }

  /// H, which the step does not change.
  static Sym3<double> frozen_stress(const Step& step, std::span<const double> history) {
    Sym3<double> H;
    for (std::size_t k = 0; k < step.factors.size(); ++k)
      for (int i = 0; i < 6; ++i) H[i] += step.factors[k].decay * history[6 * (k + 1) + i] - step.factors[k].gain * history[i];
    return H;
  }

  /// Stress and tangent at the end of the step, from the elastic ones in the same shape.
  template <class T, class C, class Number>
  static Response<T, C> respond(double share, const Sym3<Number>& H, const Mat3<T>& F, const Response<T, C>& elastic) {
    Response<T, C> r;
    const T scale = exp(-(2.0 / 3.0) * log(determinant(F)));
    Sym3<T> t = pushed_forward(F, H);
    const T third_trace = (1.0 / 3.0) * scale * (t[0] + t[1] + t[2]);
    for (int i = 0; i < 6; ++i) {
      t[i] = i < 3 ? scale * t[i] - third_trace : scale * t[i];
      r.tau[i] = share * elastic.tau[i] + t[i];
    }
    r.c.add(T(share), elastic.c);
    r.c.add_identity(2.0 * third_trace);
    r.c.add_unit_square(-(2.0 / 3.0) * third_trace);
    r.c.add_pair_with_unit(T(-2.0 / 3.0), t);
    return r;
  }

  /// Takes the history to the end of the step, where the shape is F and the elastic stress tau_e.
  static void commit(const Step& step, const Mat3<double>& F, const Sym3<double>& tau_e, std::span<double> history) {
    const double J = determinant(F);
    const Sym3<double> pulled = pushed_forward(inverse(F, J), tau_e);
    for (int i = 0; i < 6; ++i) {
      const double S = std::exp((2.0 / 3.0) * std::log(J)) * pulled[i];
      for (std::size_t k = 0; k < step.factors.size(); ++k) {
        double& Q = history[6 * (k + 1) + i];
        Q = step.factors[k].decay * Q + step.factors[k].gain * (S - history[i]);
      }
      history[i] = S;
    }
  }

 private:
  /// F S Fᵀ.
  template <class T, class Number>
  static Sym3<T> pushed_forward(const Mat3<T>& F, const Sym3<Number>& S) {
    Sym3<T> t;
    for (int j = 0; j < 3; ++j) {
      Vec<T> SF;
      for (int k = 0; k < 3; ++k) SF[k] = S(k, 0) * F(j, 0) + S(k, 1) * F(j, 1) + S(k, 2) * F(j, 2);
      for (int i = 0; i <= j; ++i) t(i, j) = F(i, 0) * SF[0] + F(i, 1) * SF[1] + F(i, 2) * SF[2];
    }
    return t;
  }
};

}  // namespace nerveload
