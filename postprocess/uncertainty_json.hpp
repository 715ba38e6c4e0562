#pragma once
#include <nlohmann/json.hpp>
#include <optional>

#include "postprocess/results.hpp"

namespace nerveload {

/// `sensitivities` of summary.json: method "none" where nobody asked, with a reason where there are none.
nlohmann::ordered_json sensitivities_json(const Results& results);

/// `critical_force` of summary.json; null where nobody asked.
nlohmann::ordered_json critical_force_json(const Results& results);

/// `uncertainty` of summary.json; null where there is none.
nlohmann::ordered_json uncertainty_json(const Results& results);

/// The same read back from a summary; nothing where it has none. Levels stay as they are: nothing of them is read.
/// @throws nlohmann::json::exception for a summary that is damaged there
std::optional<Uncertainty> uncertainty_from_json(const nlohmann::ordered_json& summary);

}  // namespace nerveload
