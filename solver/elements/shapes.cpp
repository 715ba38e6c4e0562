#include "solver/elements/shapes.hpp"

#include <algorithm>

namespace nerveload {
namespace {

/// Barycentric coordinates of a tetrahedron.
std::array<double, 4> tetrahedron_shares(const Vec<double>& xi) { return {1.0 - xi[0] - xi[1] - xi[2], xi[0], xi[1], xi[2]}; }

}  // namespace

std::array<double, 8> Hex8Shape::shape_functions(const Vec<double>& xi) {
  std::array<double, nodes> N;
  for (int n = 0; n < nodes; ++n) N[n] = 0.125 * (1 + corner[n][0] * xi[0]) * (1 + corner[n][1] * xi[1]) * (1 + corner[n][2] * xi[2]);
  return N;
}

Vec<double> Hex8Shape::nearest(const Vec<double>& xi) {
  return {std::clamp(xi[0], -1.0, 1.0), std::clamp(xi[1], -1.0, 1.0), std::clamp(xi[2], -1.0, 1.0)};
}

std::array<double, 4> Tet4Shape::shape_functions(const Vec<double>& xi) { return tetrahedron_shares(xi); }

Vec<double> Tet4Shape::nearest(const Vec<double>& xi) {
  std::array<double, 4> b = tetrahedron_shares(xi);
  double sum = 0.0;
  for (double& c : b) sum += c = std::max(c, 0.0);
  return {b[1] / sum, b[2] / sum, b[3] / sum};
}

std::array<double, 10> Tet10Shape::shape_functions(const Vec<double>& xi) {
  const std::array<double, 4> b = tetrahedron_shares(xi);
  std::array<double, nodes> N;
  for (int n = 0; n < 4; ++n) N[n] = b[n] * (2.0 * b[n] - 1.0);
  for (int e = 0; e < 6; ++e) N[4 + e] = 4.0 * b[edges[e][0]] * b[edges[e][1]];
  return N;
}

}  // namespace nerveload
