#pragma once
#include <span>

#include "solver/base/error.hpp"
#include "solver/elements/parent_cells.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

/// Calls `visit` with the shape that a cell of so many nodes has: visit(Hex8Shape{}).
template <class Visit>
decltype(auto) with_shape(int nodes, Visit&& visit) {
  switch (nodes) {
    case Hex8Shape::nodes: return visit(Hex8Shape{});
    case Tet10Shape::nodes: return visit(Tet10Shape{});
    default: NL_EXPECT(nodes == Tet4Shape::nodes, "a cell of 4, 8 or 10 nodes"); return visit(Tet4Shape{});
  }
}
inline const char* shape_name(const Cell& cell) {
  return with_shape(cell.size(), []<class S>(S) { return S::name; });
}

/// Outward facets of a cell. Their order is that of the faces S1, S2, … of an Abaqus-style deck.
inline int facet_count(const Cell& cell) {
  return with_shape(cell.size(), []<class S>(S) { return static_cast<int>(std::size(S::facets)); });
}
inline Facet facet(const Cell& cell, int number) {
  return with_shape(cell.size(), [&]<class S>(S) {
    Facet f{std::span<const int>(S::facets[number])};
    for (int& n : f) n = cell[n];
    return f;
  });
}

/// Position, or any nodal field, in a cell: Σ N_n v_n.
template <class Field>
Vec3 interpolate(const Cell& cell, const Vec<double>& xi, Field&& value) {
  return with_shape(cell.size(), [&]<class S>(S) {
    const auto N = S::shape_functions(xi);
    Vec3 sum = Vec3::Zero();
    for (int n = 0; n < S::nodes; ++n) sum += N[n] * value(cell[n]);
    return sum;
  });
}
/// ∂v/∂ξ = Σ v_n ⊗ ∂N_n/∂ξ.
template <class Field>
Mat3d parent_derivative(const Cell& cell, const Vec<double>& xi, Field&& value) {
  return with_shape(cell.size(), [&]<class S>(S) {
    const auto g = S::parent_gradients(xi);
    Mat3d d = Mat3d::Zero();
    for (int n = 0; n < S::nodes; ++n) d += value(cell[n]) * Vec3(g[n][0], g[n][1], g[n][2]).transpose();
    return d;
  });
}

}  // namespace nerveload
