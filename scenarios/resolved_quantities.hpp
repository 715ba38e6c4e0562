#pragma once
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace nerveload {

/// Whether a parameter of this table moves the mechanics at the state looked at.
bool is_of_mechanics(const std::string& table);

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
