#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// A rectangular block of hexahedra: x from −size/2 to size/2, y likewise, z from 0 to size; region "1".
/// Node sets xmin xmax ymin ymax zmin zmax all; facet sets of the same six names with outward normals.
/// @param grading  along each axis the last cell's length over the first one's; lengths grow geometrically
Mesh block_mesh(const std::array<double, 3>& size_mm, const std::array<int, 3>& cells, const std::array<double, 3>& grading = {1.0, 1.0, 1.0});
/// The same block of linear tetrahedra, six for each hexahedron around its diagonal (Kuhn 1960).
Mesh tet_block_mesh(const std::array<double, 3>& size_mm, const std::array<int, 3>& cells, const std::array<double, 3>& grading = {1.0, 1.0, 1.0});

/// Ends of so many divisions of 0 … 1 whose lengths grow geometrically, the last one `grading` times the first.
std::vector<double> graded_divisions(int cells, double grading);

/// Boundary facets (outward) of the mesh whose nodes all lie in a set of nodes.
std::vector<Facet> boundary_facets(const Mesh& mesh, const std::vector<int>& nodes);

/// Facets between cells of two regions, outward of the first one's cells.
std::vector<Facet> interface_facets(const Mesh& mesh, int region, int other);

/// Which part of the mesh each node belongs to, by the lowest node number of the part: nodes of one cell are of one part.
std::vector<int> parts_of(const Mesh& mesh);

}  // namespace nerveload
