#pragma once
#include <filesystem>

#include "solver/mesh.hpp"

namespace nerveload {

/// Reads a mesh of hexahedra by its file's ending: .vtu, .vtk (read_vtk_mesh.hpp), .inp (read_inp.hpp), .msh (read_msh.hpp). The set "all" is
/// added; nodes that no cell uses are dropped. Regions are numbered from 0; `region_names` holds the name, or the number as written.
/// @param mm_per_unit  of the file's coordinates
/// @throws FileError      it cannot be read as such a file
/// @throws InputError     it is one, but not a mesh of sound hexahedra; names the element and the line where the file has lines
Mesh read_mesh_file(const std::filesystem::path& path, double mm_per_unit = 1.0);

}  // namespace nerveload
