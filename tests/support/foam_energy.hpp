#pragma once
#include <cmath>

#include "solver/terms/foam_layer.hpp"

namespace nerveload {

/// Energy per volume of a compressible Ogden foam (hyperfoam, one term) at principal stretches λ, kPa:
///   W = 2μ/α² [λ₁^α + λ₂^α + λ₃^α − 3 + (J^{−αβ} − 1)/β],   here in confined compression, λ₂ = λ₃ = 1.
/// A layer's energy per area is its thickness times W(1 − δ/t).
template <class T>
T confined_foam_energy(const FoamLayer& foam, const T& stretch) {
  using std::exp, std::log;
  const double mu = foam.modulus / (2.0 * (1.0 + foam.poisson)), beta = foam.poisson / (1.0 - 2.0 * foam.poisson);
  const T log_stretch = log(stretch);
  return 2.0 * mu / (foam.alpha * foam.alpha) * (exp(foam.alpha * log_stretch) - 1.0 + (exp(-foam.alpha * beta * log_stretch) - 1.0) / beta);
}

}  // namespace nerveload
