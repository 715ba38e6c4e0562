#pragma once
#include <map>
#include <string>

#include "postprocess/results.hpp"
#include "postprocess/uncertainty.hpp"
#include "scenarios/resolved_quantities.hpp"

namespace nerveload {

/// How well a parameter is known; scenarios/distributions.toml.
struct ParameterSpread {
  bool of_logarithm = false;  ///< the standard deviation is that of ln(value)
  double sd = 0.0;            ///< else in internal units
  std::string source;
};

/// By dotted name without unit.
const std::map<std::string, ParameterSpread>& parameter_spreads();

/// An uncertain quantity of one scenario: a (log)normal distribution about its own value, cut off where the parameter ends.
struct UncertainQuantity {
  ResolvedQuantity quantity;
  bool of_logarithm;
  double sd;     ///< before it is cut off, of the value in its key's unit or of its logarithm
  bool cut_off;  ///< more than 1 % of it lies outside
  std::string source;
  /// Standard deviation of the value as it is cut off, in the key's unit; of a logarithm: the value times that of the logarithm.
  double spread() const;
  /// The value at a probability 0 … 1 of the distribution that is left.
  double quantile(double probability) const;
};

/// What is not known of a scenario: every quantity with a spread that the scenario does not say itself.
std::vector<UncertainQuantity> uncertain_quantities(const Scenario& scenario);

/// First order at the governing state. @param sensitivities  with derivatives
Uncertainty measure_uncertainty(const Scenario& scenario, const Results& results, const Sensitivities& sensitivities);

}  // namespace nerveload
