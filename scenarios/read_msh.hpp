#pragma once
#include <filesystem>
#include <string_view>

#include "scenarios/labelled_mesh.hpp"

namespace nerveload {

/// Reads a gmsh mesh, ASCII, format 2.2 or 4.1. Physical groups of volumes are regions, those of surfaces are facet sets (and node sets),
/// those of lines and points node sets, by their names, or by their numbers where they have none. Elements: hexahedra of eight nodes.
/// @throws InputError naming the line
LabelledMesh read_msh(std::string_view text, const std::filesystem::path& path);

}  // namespace nerveload
