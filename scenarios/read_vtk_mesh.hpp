#pragma once
#include <filesystem>

#include "scenarios/labelled_mesh.hpp"

namespace nerveload {

/// Reads a .vtu or legacy .vtk file of hexahedra: integer cell array "region" (none = one region 1), an optional cell array "fibre" (three
/// components), field data "region_names" (one name per region number) and integer point arrays "set_NAME" (not 0 = in the set).
/// @throws FileError   it cannot be read as such a file
/// @throws InputError  it is one, but of other cells
LabelledMesh read_vtk_mesh(const std::filesystem::path& path);

}  // namespace nerveload
