#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// Outward facets of a hexahedron, local node numbers; in the order of the faces S1 … S6 of an Abaqus-style deck.
inline constexpr int hex_facets[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};

/// A rectangular block of hexahedra: x from −size/2 to size/2, y likewise, z from 0 to size; region "1".
/// Node sets xmin xmax ymin ymax zmin zmax all; facet sets of the same six names with outward normals.
Mesh block_mesh(const std::array<double, 3>& size_mm, const std::array<int, 3>& cells);

/// Boundary facets (outward) of the mesh whose four nodes all lie in a set of nodes.
std::vector<Quad> boundary_facets(const Mesh& mesh, const std::vector<int>& nodes);

/// Which part of the mesh each node belongs to, by the lowest node number of the part: nodes of one cell are of one part.
std::vector<int> parts_of(const Mesh& mesh);

}  // namespace nerveload
