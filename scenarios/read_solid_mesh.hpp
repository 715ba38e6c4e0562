#pragma once
#include <filesystem>

#include "scenarios/input.hpp"
#include "scenarios/solid_model.hpp"

namespace nerveload {

/// [mesh] of a solid model: a file beside it, a block or a limb.
void read_solid_mesh(TableReader& top, const std::filesystem::path& folder, SolidModel& model);
/// One [[set]]: the nodes of a set that lie in a box or within a radius.
void read_solid_set(TableReader table, SolidModel& model);

}  // namespace nerveload
