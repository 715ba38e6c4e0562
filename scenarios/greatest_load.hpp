#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "scenarios/load_leg.hpp"

namespace nerveload {

/// Which step of pressing carries the greatest force; none before the roller touches.
std::optional<std::size_t> greatest_load(const std::vector<LegStep>& steps);

/// Whether the force of the last step has fallen well below the greatest one before it: the leg turns aside under the roller, and what lies beyond is
/// held by the travel alone (docs/decisions/0042-greatest-load.md).
/// @param goal  the force that is pressed for, mN; what falls below a tenth of it is only the beginning
bool gives_way(const std::vector<LegStep>& steps, double goal);

/// Pressing that did not come to its force ends with the greatest one on the way; the reason names it. An interruption stays one.
/// @return whether steps were taken off
bool end_at_greatest_load(LegOutcome& outcome, double goal);

}  // namespace nerveload
