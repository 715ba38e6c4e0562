#include "solver/trusted_part.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {
namespace {

/// Of all pairs of nodes of a cell: their motion against one another over their distance, the largest, squared.
double largest_square(const Mesh& mesh, const Cell& cell, const Eigen::VectorXd& displacements, const Eigen::VectorXd& increment) {
  double largest = 0.0;
  for (const int m : cell)
    for (const int n : cell) {
      if (n == m) break;
      const auto between = [&](const Eigen::VectorXd& v) -> Vec3 { return v.segment<3>(3 * m) - v.segment<3>(3 * n); };
      const Vec3 X = mesh.X[m] - mesh.X[n], x = X + between(displacements);
      largest = std::max(largest, between(increment).squaredNorm() / std::max(X.squaredNorm(), x.squaredNorm()));
    }
  return largest;
}

}  // namespace

double trusted_part(const Mesh& mesh, const Eigen::VectorXd& displacements, const Eigen::VectorXd& increment) {
  constexpr double trusted = 0.6;
  double largest = 0.0;
#pragma omp parallel for schedule(static) reduction(max : largest)
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) largest = std::max(largest, largest_square(mesh, mesh.cells[c], displacements, increment));
  return largest > trusted * trusted ? trusted / std::sqrt(largest) : 1.0;
}

}  // namespace nerveload
