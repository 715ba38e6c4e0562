#pragma once
#include <nlohmann/json.hpp>

#include "postprocess/results.hpp"

namespace nerveload {

/// A number, or null when it is not finite.
nlohmann::ordered_json finite(double value);

/// What was simulated: facts in words, joint angles and lengths for a drawing.
nlohmann::ordered_json scenario_part(const Results& results);

/// By which column of the ladder each stretch of the nerve was judged, and for how long the load counts as held.
nlohmann::ordered_json judgement_part(const Results& results);

}  // namespace nerveload
