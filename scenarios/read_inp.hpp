#pragma once
#include <filesystem>
#include <string_view>

#include "scenarios/labelled_mesh.hpp"

namespace nerveload {

/// Reads the mesh of an Abaqus-style input deck: *NODE, *ELEMENT (C3D8 and its variants), *NSET, *ELSET (with GENERATE), *SURFACE of
/// TYPE=ELEMENT, *SOLID SECTION. An element's region is the set of its solid section, or where there is none that of its *ELEMENT line.
/// Sets are known by their names as written, keywords in any case. Materials, steps and loads of the deck are passed over.
/// @throws InputError naming the line
LabelledMesh read_inp(std::string_view text, const std::filesystem::path& path);

}  // namespace nerveload
