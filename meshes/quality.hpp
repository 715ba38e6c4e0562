#pragma once
#include <array>

#include "meshes/anatomy_mesh.hpp"
#include "meshes/ellipse.hpp"

namespace nerveload {

/// From every corner of a hexahedron to its three neighbours, right-handed.
inline constexpr std::array<std::array<int, 3>, 8> hex_corner_edges{
    {{1, 3, 4}, {2, 0, 5}, {3, 1, 6}, {0, 2, 7}, {7, 5, 0}, {4, 6, 1}, {5, 7, 2}, {6, 4, 3}}};

/// Least scaled Jacobian of a hexahedron over its eight corners and its centre: 1 = a box, ≤ 0 = inverted.
double scaled_jacobian(const std::array<Vec3, 8>& corners);

/// Largest distance from the chords of a polygon on an ellipse to the ellipse between its nodes, mm.
double outline_sag(const Ellipse& ellipse, const std::vector<Vec2>& polygon);

/// Scaled Jacobians of a mesh: minimum, first percentile, minimum near a line.
MeshQuality measure_quality(const Mesh& mesh, int cells_per_layer_hint, const Vec3& line_from, const Vec3& line_to);

inline constexpr double largest_outline_error_mm = 1.0;

/// Whether a scaled Jacobian is < 0.1 anywhere or < 0.2 near the roller.
bool has_poor_cells(const MeshQuality& quality);

/// Throws MeshRefusal where a mesh is unfit: poor cells, or the outline of a bone off by more than is allowed.
void gate(const MeshQuality& quality);

}  // namespace nerveload
