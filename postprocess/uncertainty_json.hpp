#pragma once
#include <nlohmann/json.hpp>

#include "postprocess/results.hpp"

namespace nerveload {

/// `sensitivities` of summary.json: method "none" where nobody asked, with a reason where there are none.
nlohmann::ordered_json sensitivities_json(const Results& results);

/// `uncertainty` of summary.json; null where there is none.
nlohmann::ordered_json uncertainty_json(const Results& results);

}  // namespace nerveload
