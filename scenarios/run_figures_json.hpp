#pragma once
#include <nlohmann/json_fwd.hpp>

#include "scenarios/run_figures.hpp"

namespace nerveload {

/// The figures of a run that reached its end, as they are kept in a file or sent between processes; numbers come back to the last bit.
nlohmann::ordered_json to_json(const RunFigures& figures);
/// @throws nlohmann::json::exception when something is missing or of another kind
RunFigures run_figures_from(const nlohmann::ordered_json& stored);

}  // namespace nerveload
