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
bool gives_way(const std::vector<LegStep>& steps);

}  // namespace nerveload
