#pragma once
#include <array>

#include "solver/mesh.hpp"

namespace nerveload {

/// A 2×2 Gauss point of a bilinear quadrilateral in space.
struct FacetPoint {
  Vec3 X;
  std::array<double, 4> N;                ///< shape functions
  std::array<double, 4> dN_dxi, dN_deta;  ///< parent derivatives
  Vec3 tangent_xi, tangent_eta;           ///< ∂X/∂ξ, ∂X/∂η
  Vec3 area_vector;                       ///< tangent_xi × tangent_eta: outward normal times the point's area, mm²
};

inline FacetPoint facet_point(const std::array<Vec3, 4>& corner, int point) {
  constexpr double a = 0.577350269189625764509;
  constexpr double sx[4] = {-1, 1, 1, -1}, sy[4] = {-1, -1, 1, 1};
  const double xi = a * sx[point], eta = a * sy[point];
  FacetPoint f{};
  f.X = f.tangent_xi = f.tangent_eta = Vec3::Zero();
  for (int n = 0; n < 4; ++n) {
    f.N[n] = 0.25 * (1 + sx[n] * xi) * (1 + sy[n] * eta);
    f.dN_dxi[n] = 0.25 * sx[n] * (1 + sy[n] * eta);
    f.dN_deta[n] = 0.25 * sy[n] * (1 + sx[n] * xi);
    f.X += f.N[n] * corner[n];
    f.tangent_xi += f.dN_dxi[n] * corner[n];
    f.tangent_eta += f.dN_deta[n] * corner[n];
  }
  f.area_vector = f.tangent_xi.cross(f.tangent_eta);
  return f;
}

}  // namespace nerveload
