#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "postprocess/uncertainty.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {

/// What is differentiated: figures of a leg at a state. They must not jump where a parameter is moved.
/// @param neutral  compression in the neutral pose, which that at the state is measured against
using LegMeasure = std::function<std::vector<double>(const Scenario&, const LegModel&, const State&, std::span<const NerveCompression> neutral)>;

/// The nerve at a state with its utilisations.
NerveProfile judged_profile(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral);

/// The headline figures (headline_figures.hpp).
std::vector<double> measure_headlines(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral);

struct SensitivityOptions {
  int threads = 2;
  LegMeasure measure = measure_headlines;
  std::vector<std::string> keys = {};  ///< of the quantities that derivatives are taken of (resolved_quantities); empty = all
  /// Called with how many of them are done, every few; false ends it, without derivatives and with the reason "interrupted".
  std::function<bool(std::size_t done, std::size_t of)> observer = {};
};

/// Derivatives of figures at the governing state by implicit differentiation of the equilibrium: with residual R(u, p) = 0 and the tangent K factorised once,
///   du/dp = −K⁻¹ ∂R/∂p,   dq/dp = (q(u + h du/dp, p + h) − q(u, p)) / h,
/// ∂R/∂p by a forward difference of two residuals at the same displacements, the mesh of the changed leg included. The neutral pose that
/// compression is measured against is differentiated alike. Exact for equilibria that do not depend on how they were reached; with
/// friction or relaxation, and for a load that is no force, there are none (docs/decisions/0031).
/// @param simulation  complete, with its baseline kept
Sensitivities measure_sensitivities(const Scenario& scenario, const Simulation& simulation, const SensitivityOptions& how);

}  // namespace nerveload
