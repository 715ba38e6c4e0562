#include "solver/elements/shapes.hpp"

#include <algorithm>

namespace nerveload {
namespace {

constexpr int corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};

/// Barycentric coordinates of a tetrahedron and their constant gradients.
std::array<double, 4> barycentric(const Vec<double>& xi) { return {1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]}; }
constexpr double barycentric_gradient[4][3] = {{-1, -1, -1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

}  // namespace

std::array<double, 8> Hex8Shape::shape_functions(const Vec<double>& xi) {
  std::array<double, nodes> N;
  for (int n = 0; n < nodes; ++n) N[n] = 0.125 * (1 + corner[n][0] * xi[0]) * (1 + corner[n][1] * xi[1]) * (1 + corner[n][2] * xi[2]);
  return N;
}

Hex8Shape::Gradients Hex8Shape::parent_gradients(const Vec<double>& xi) {
  Gradients g;
  for (int n = 0; n < nodes; ++n)
    for (int d = 0; d < 3; ++d) {
      const int e = (d + 1) % 3, f = (d + 2) % 3;
      g[n][d] = 0.125 * corner[n][d] * (1 + corner[n][e] * xi[e]) * (1 + corner[n][f] * xi[f]);
    }
  return g;
}

Vec<double> Hex8Shape::point(int q) {
  const double a = 1.0 / std::sqrt(3.0);
  return {a * corner[q][0], a * corner[q][1], a * corner[q][2]};
}

Vec<double> Hex8Shape::nearest(const Vec<double>& xi) {
  return {std::clamp(xi[0], -1.0, 1.0), std::clamp(xi[1], -1.0, 1.0), std::clamp(xi[2], -1.0, 1.0)};
}

std::array<double, 4> Tet4Shape::shape_functions(const Vec<double>& xi) { return barycentric(xi); }

Tet4Shape::Gradients Tet4Shape::parent_gradients(const Vec<double>&) {
  Gradients g;
  for (int n = 0; n < nodes; ++n)
    for (int d = 0; d < 3; ++d) g[n][d] = barycentric_gradient[n][d];
  return g;
}

Vec<double> Tet4Shape::nearest(const Vec<double>& xi) {
  std::array<double, 4> b = barycentric(xi);
  double sum = 0.0;
  for (double& c : b) sum += c = std::max(c, 0.0);
  return {b[1] / sum, b[2] / sum, b[3] / sum};
}

std::array<double, 10> Tet10Shape::shape_functions(const Vec<double>& xi) {
  const std::array<double, 4> b = barycentric(xi);
  std::array<double, nodes> N;
  for (int n = 0; n < 4; ++n) N[n] = b[n] * (2.0 * b[n] - 1.0);
  for (int e = 0; e < 6; ++e) N[4 + e] = 4.0 * b[edges[e][0]] * b[edges[e][1]];
  return N;
}

Tet10Shape::Gradients Tet10Shape::parent_gradients(const Vec<double>& xi) {
  const std::array<double, 4> b = barycentric(xi);
  Gradients g;
  for (int d = 0; d < 3; ++d) {
    for (int n = 0; n < 4; ++n) g[n][d] = (4.0 * b[n] - 1.0) * barycentric_gradient[n][d];
    for (int e = 0; e < 6; ++e) {
      const auto [i, j] = edges[e];
      g[4 + e][d] = 4.0 * (b[i] * barycentric_gradient[j][d] + b[j] * barycentric_gradient[i][d]);
    }
  }
  return g;
}

Vec<double> Tet10Shape::point(int q) {
  // Two orbits (a, a, a, 1 − 3a) of equal weights; a from Σ (12a² − 6a + 1) = 4/5 and Σ (1 − 9a + 27a² − 24a³) = 2/5, which make the
  // averages of λ² and λ³ exact (1/10 and 1/20).
  const double a = q < 4 ? 0.32886164993020290400 : 0.11295679451251102870;
  Vec<double> xi{a, a, a};
  if (q % 4 > 0) xi[q % 4 - 1] = 1.0 - 3.0 * a;
  return xi;
}

}  // namespace nerveload
