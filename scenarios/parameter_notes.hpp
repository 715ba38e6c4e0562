#pragma once
#include <map>
#include <optional>
#include <string>

namespace nerveload {

/// How well a parameter's default is known; scenarios/parameters.toml.
struct ParameterNote {
  std::string symbol;           ///< as in papers; empty = none
  std::string confidence;       ///< measured, derived, fitted, assumed or definition
  std::optional<double> value;  ///< of a fitted parameter, in its own unit
  std::string target;           ///< validation target that it was fitted to
};

/// By dotted name without unit.
const std::map<std::string, ParameterNote>& parameter_notes();

/// The value that a fit came to. @throws ContractError for a parameter that was not fitted
double fitted_value(const std::string& dotted);

}  // namespace nerveload
