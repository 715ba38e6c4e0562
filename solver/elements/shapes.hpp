#pragma once
#include <array>
#include <span>

#include "solver/base/error.hpp"
#include "solver/base/tensor.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

/// The shapes of cells. To add one: its nodes, shape functions, quadrature and facets here, and its number of nodes in `with_shape`.

/// Trilinear hexahedron on [−1, 1]³ with 2×2×2 Gauss points.
struct Hex8Shape {
  static constexpr const char* name = "hex8";
  static constexpr int nodes = 8, points = 8;
  using Gradients = std::array<std::array<double, 3>, nodes>;
  static std::array<double, nodes> shape_functions(const Vec<double>& xi);
  static Gradients parent_gradients(const Vec<double>& xi);  ///< ∂N/∂ξ
  static Vec<double> point(int q);
  static constexpr double weight(int) { return 1.0; }
  static constexpr Vec<double> middle() { return {0.0, 0.0, 0.0}; }
  static Vec<double> nearest(const Vec<double>& xi);  ///< inside the parent cell
  static constexpr int facets[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};
};

/// Linear tetrahedron on ξ, η, ζ ≥ 0, ξ + η + ζ ≤ 1, with one point.
struct Tet4Shape {
  static constexpr const char* name = "tet4";
  static constexpr int nodes = 4, points = 1;
  using Gradients = std::array<std::array<double, 3>, nodes>;
  static std::array<double, nodes> shape_functions(const Vec<double>& xi);
  static Gradients parent_gradients(const Vec<double>& xi);
  static Vec<double> point(int) { return middle(); }
  static constexpr double weight(int) { return 1.0 / 6.0; }
  static constexpr Vec<double> middle() { return {0.25, 0.25, 0.25}; }
  static Vec<double> nearest(const Vec<double>& xi);
  static constexpr int facets[4][3] = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {2, 0, 3}};
};

/// Quadratic tetrahedron on the same parent cell. Its eight points of degree three integrate ∂N/∂x exactly where its sides are curved too:
/// with the usual four, of degree two, such cells fail the patch test.
struct Tet10Shape {
  static constexpr const char* name = "tet10";
  static constexpr int nodes = 10, points = 8;
  using Gradients = std::array<std::array<double, 3>, nodes>;
  static std::array<double, nodes> shape_functions(const Vec<double>& xi);
  static Gradients parent_gradients(const Vec<double>& xi);
  static Vec<double> point(int q);
  static constexpr double weight(int) { return 1.0 / 48.0; }
  static constexpr Vec<double> middle() { return Tet4Shape::middle(); }
  static Vec<double> nearest(const Vec<double>& xi) { return Tet4Shape::nearest(xi); }
  static constexpr int facets[4][6] = {{0, 2, 1, 6, 5, 4}, {0, 1, 3, 4, 8, 7}, {1, 2, 3, 5, 9, 8}, {2, 0, 3, 6, 7, 9}};
  static constexpr int edges[6][2] = {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {1, 3}, {2, 3}};  ///< that nodes 4 … 9 are the middles of
};

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
    Facet f(std::span<const int>(S::facets[number]));
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
