#pragma once
#include <string>

#include "scenarios/leg_model.hpp"

namespace nerveload {

/// Where a solve of a leg ended, for people: the cell that inverted or else the node with the largest unbalanced force, its tissue, and where along
/// the nerve it lies. Cell and node are numbered as in the mesh that `nerveload mesh` writes.
/// @return empty when the report names no place
std::string failure_place(const LegModel& leg, const SolveReport& report);

}  // namespace nerveload
