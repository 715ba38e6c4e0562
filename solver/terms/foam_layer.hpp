#pragma once
#include <cmath>

namespace nerveload {

/// A foam layer on a rigid core as an elastic foundation: confined compression of the layer's own nonlinear law,
/// compressible Ogden (hyperfoam) with one term,
///   p(λ) = (2μ/α) (λ^(−αβ−1) − λ^(α−1)),   λ = 1 − δ/t,   μ = E/(2(1+ν)),   β = ν/(1−2ν).
/// Small strain: p = E_c δ/t with the confined modulus E_c = 2μ(1+β).
/// Beyond 90 % compression it goes on with the slope reached there, so that trial states stay finite.
struct FoamLayer {
  double modulus = 700.0;   ///< E, kPa
  double thickness = 20.0;  ///< t, mm
  double poisson = 0.1;     ///< ν
  double alpha = 2.0;       ///< exponent, assumed: nearly linear to 50 %

  struct Reaction {
    double pressure, stiffness;  ///< kPa, kPa/mm
  };
  /// @param overlap  δ, mm; no pressure for δ ≤ 0
  Reaction at(double overlap) const {
    if (overlap <= 0.0) return {0.0, 0.0};
    const double limit = 0.9 * thickness;
    if (overlap > limit) {
      const Reaction r = law(limit);
      return {r.pressure + r.stiffness * (overlap - limit), r.stiffness};
    }
    return law(overlap);
  }
  /// In simple shear of the whole layer, kPa/mm: μ/t, whatever its compression.
  double shear_stiffness() const { return modulus / (2.0 * (1.0 + poisson)) / thickness; }

 private:
  Reaction law(double overlap) const {
    const double mu = modulus / (2.0 * (1.0 + poisson)), beta = poisson / (1.0 - 2.0 * poisson);
    const double stretch = 1.0 - overlap / thickness, e1 = -alpha * beta - 1.0, e2 = alpha - 1.0;
    const double scale = 2.0 * mu / alpha;
    return {scale * (std::pow(stretch, e1) - std::pow(stretch, e2)),
            -scale / thickness * (e1 * std::pow(stretch, e1 - 1.0) - e2 * std::pow(stretch, e2 - 1.0))};
  }
};

}  // namespace nerveload
