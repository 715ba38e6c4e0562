#pragma once
#include <array>

#include "solver/base/tensor.hpp"

namespace nerveload {

/// The shapes of cells. To add one: its nodes, shape functions, quadrature and facets here, and its number of nodes in `with_shape`.

/// Trilinear hexahedron on [−1, 1]³ with 2×2×2 Gauss points.
struct Hex8Shape {
  static constexpr const char* name = "hex8";
  static constexpr int nodes = 8, points = 8;
  static constexpr int corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};
  using Gradients = std::array<std::array<double, 3>, nodes>;
  static std::array<double, nodes> shape_functions(const Vec<double>& xi);
  static constexpr Gradients parent_gradients(const Vec<double>& xi) {  ///< ∂N/∂ξ
    Gradients g{};
    for (int n = 0; n < nodes; ++n)
      for (int d = 0; d < 3; ++d) {
        const int e = (d + 1) % 3, f = (d + 2) % 3;
        g[n][d] = 0.125 * corner[n][d] * (1 + corner[n][e] * xi[e]) * (1 + corner[n][f] * xi[f]);
      }
    return g;
  }
  static constexpr double abscissa = 0.57735026918962576451;  ///< 1/√3
  static constexpr Vec<double> point(int q) { return {abscissa * corner[q][0], abscissa * corner[q][1], abscissa * corner[q][2]}; }
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
  static constexpr double barycentric_gradient[4][3] = {{-1, -1, -1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  static constexpr Gradients parent_gradients(const Vec<double>&) {
    Gradients g{};
    for (int n = 0; n < nodes; ++n)
      for (int d = 0; d < 3; ++d) g[n][d] = barycentric_gradient[n][d];
    return g;
  }
  static constexpr Vec<double> point(int) { return middle(); }
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
  static constexpr Gradients parent_gradients(const Vec<double>& xi) {
    const std::array<double, 4> b{1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]};
    Gradients g{};
    for (int d = 0; d < 3; ++d) {
      for (int n = 0; n < 4; ++n) g[n][d] = (4.0 * b[n] - 1.0) * Tet4Shape::barycentric_gradient[n][d];
      for (int e = 0; e < 6; ++e) {
        const int i = edges[e][0], j = edges[e][1];
        g[4 + e][d] = 4.0 * (b[i] * Tet4Shape::barycentric_gradient[j][d] + b[j] * Tet4Shape::barycentric_gradient[i][d]);
      }
    }
    return g;
  }
  static constexpr Vec<double> point(int q) {
    // Two orbits (a, a, a, 1 − 3a) of equal weights; a from Σ (12a² − 6a + 1) = 4/5 and Σ (1 − 9a + 27a² − 24a³) = 2/5, which make the
    // averages of λ² and λ³ exact (1/10 and 1/20).
    const double a = q < 4 ? 0.32886164993020290400 : 0.11295679451251102870;
    Vec<double> xi{a, a, a};
    if (q % 4 > 0) xi[q % 4 - 1] = 1.0 - 3.0 * a;
    return xi;
  }
  static constexpr double weight(int) { return 1.0 / 48.0; }
  static constexpr Vec<double> middle() { return Tet4Shape::middle(); }
  static Vec<double> nearest(const Vec<double>& xi) { return Tet4Shape::nearest(xi); }
  static constexpr int facets[4][6] = {{0, 2, 1, 6, 5, 4}, {0, 1, 3, 4, 8, 7}, {1, 2, 3, 5, 9, 8}, {2, 0, 3, 6, 7, 9}};
  static constexpr int edges[6][2] = {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {1, 3}, {2, 3}};  ///< that nodes 4 … 9 are the middles of
};

/// ∂N/∂ξ at the quadrature points; index by point, node.
template <class Shape>
inline constexpr auto gradients_at_points = [] {
  std::array<typename Shape::Gradients, Shape::points> g{};
  for (int q = 0; q < Shape::points; ++q) g[q] = Shape::parent_gradients(Shape::point(q));
  return g;
}();

}  // namespace nerveload
