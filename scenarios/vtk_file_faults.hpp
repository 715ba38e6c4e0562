#pragma once
#include <string>
#include <string_view>

namespace nerveload {

/// What is wrong with a legacy VTK file that VTK 9.1 takes on trust and would read past an end for: too few coordinates after POINTS, and in CELLS
/// before version 5 lengths that do not add up; empty where there is nothing.
std::string fault_of_legacy_mesh(std::string_view text);

/// The same of a VTK XML file, whose numbers of points, cells and components VTK believes: they may not promise more values than the file could hold,
/// however well it is compressed. A file with absurd ones kept VTK busy for minutes.
std::string fault_of_xml_mesh(std::string_view text);

}  // namespace nerveload
