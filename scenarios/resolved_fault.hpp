#pragma once
#include <string>

#include "scenarios/input_error.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// What a resolved scenario cannot be used for, told where the user said it, or else at the scenario's file.
/// @param key  dotted, as it is resolved  @param value  as TOML
InputFault resolved_fault(const Scenario& scenario, const std::string& key, const std::string& value, const std::string& message);

}  // namespace nerveload
