#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// A rectangular block of hexahedra: x from −size/2 to size/2, y likewise, z from 0 to size; region "1".
/// Node sets xmin xmax ymin ymax zmin zmax all; facet sets of the same six names with outward normals.
Mesh block_mesh(const std::array<double, 3>& size_mm, const std::array<int, 3>& cells);
/// The same block of linear tetrahedra, six for each hexahedron around its diagonal (Kuhn 1960).
Mesh tet_block_mesh(const std::array<double, 3>& size_mm, const std::array<int, 3>& cells);

/// Boundary facets (outward) of the mesh whose nodes all lie in a set of nodes.
std::vector<Facet> boundary_facets(const Mesh& mesh, const std::vector<int>& nodes);

/// Which part of the mesh each node belongs to, by the lowest node number of the part: nodes of one cell are of one part.
std::vector<int> parts_of(const Mesh& mesh);

}  // namespace nerveload
