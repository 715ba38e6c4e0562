#pragma once
#include <filesystem>

#include "solver/mesh.hpp"

namespace nerveload {

/// Reads a mesh of hexahedra from a .vtu or legacy .vtk file: integer cell array "region" (none = one region 1), an optional
/// cell array "fibre" (three components), field data "region_names" (one name per region number) and integer point arrays
/// "set_NAME" (not 0 = in the set). The set "all" is added; points that no cell uses are dropped.
/// Regions are numbered anew from 0; `region_names` holds the name, or the number as written.
/// @param mm_per_unit  of the file's coordinates
/// @throws FileError      it cannot be read as such a file
/// @throws InputError     it is one, but not a mesh of sound hexahedra
Mesh read_mesh_file(const std::filesystem::path& path, double mm_per_unit = 1.0);

}  // namespace nerveload
