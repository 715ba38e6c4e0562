#pragma once
#include <string>
#include <string_view>

namespace nerveload {

/// What is wrong with the CELLS of a legacy VTK file before version 5, whose list of lengths and points VTK 9.1 takes on trust and reads past the
/// end of; empty when its lengths add up, or where there are none to be checked.
std::string fault_of_legacy_cells(std::string_view text);

}  // namespace nerveload
