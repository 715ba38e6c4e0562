#pragma once
#include <string>
#include <vector>

#include "postprocess/uncertainty.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {

/// Derivatives of the headline figures at the governing state by implicit differentiation of the equilibrium: with residual R(u, p) = 0 and the tangent K factorised once,
///   du/dp = −K⁻¹ ∂R/∂p,   dq/dp = (q(u + h du/dp, p + h) − q(u, p)) / h,
/// ∂R/∂p by a forward difference of two residuals at the same displacements, the mesh of the changed leg included. The neutral pose that
/// compression is measured against is differentiated alike. Exact for equilibria that do not depend on how they were reached; with
/// friction or relaxation, and for a load that is no force, there are none (docs/decisions/0031).
/// @param simulation  complete, with its baseline kept
Sensitivities measure_sensitivities(const Scenario& scenario, const Simulation& simulation, int threads);

/// The quantities of a resolved scenario by dotted key with its unit, in that unit: those that derivatives are taken of.
struct ResolvedQuantity {
  std::string key;
  double value;
  double low, high;  ///< what the parameter may be
  bool said;         ///< by the user or a preset, not a default
};
std::vector<ResolvedQuantity> resolved_quantities(const Scenario& scenario);

/// Scenario with one resolved quantity changed and everything that the reader makes of the resolved ones made anew; of several, one after another.
/// @param key  as in ParameterDerivative  @param value  in its unit
Scenario with_value(const Scenario& scenario, const std::string& key, double value);

}  // namespace nerveload
