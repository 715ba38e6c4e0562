#pragma once
#include <string>
#include <string_view>

namespace nerveload {

/// What is wrong with a legacy VTK file that VTK 9.1 takes on trust and would read past an end for: too few coordinates after POINTS, and in CELLS
/// before version 5 lengths that do not add up; empty where there is nothing.
std::string fault_of_legacy_mesh(std::string_view text);

}  // namespace nerveload
