#pragma once
#include <array>

#include "solver/base/error.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

inline constexpr int most_facet_nodes = 6;

/// Current or reference positions of a facet's nodes, mm.
struct FacetCorners {
  std::array<Vec3, most_facet_nodes> x;
  int count;
};
template <class Position>
FacetCorners facet_corners(const Facet& facet, Position&& position) {
  FacetCorners c{{}, facet.size()};
  for (int n = 0; n < c.count; ++n) c.x[n] = position(facet[n]);
  return c;
}

/// A quadrature point of a facet in space.
struct FacetPoint {
  Vec3 X;
  std::array<double, most_facet_nodes> N;                ///< shape functions
  std::array<double, most_facet_nodes> dN_dxi, dN_deta;  ///< parent derivatives
  Vec3 tangent_xi, tangent_eta;                          ///< ∂X/∂ξ, ∂X/∂η
  double weight;                                         ///< of the point in the parent facet
  Vec3 area_vector;                                      ///< weight · tangent_xi × tangent_eta: outward normal times the point's area, mm²
};

/// Points of a facet of so many nodes: 2×2 Gauss points of a quadrilateral; of a triangle three points of degree two, of a quadratic one
/// six of degree four (Dunavant 1985), for contact and a pressure that follows need products of shape functions.
constexpr int facet_points(int nodes) { return nodes; }

namespace facet_detail {

inline void bilinear(int point, FacetPoint& f) {
  constexpr double a = 0.577350269189625764509;
  constexpr double sx[4] = {-1, 1, 1, -1}, sy[4] = {-1, -1, 1, 1};
  const double xi = a * sx[point], eta = a * sy[point];
  for (int n = 0; n < 4; ++n) {
    f.N[n] = 0.25 * (1 + sx[n] * xi) * (1 + sy[n] * eta);
    f.dN_dxi[n] = 0.25 * sx[n] * (1 + sy[n] * eta);
    f.dN_deta[n] = 0.25 * sy[n] * (1 + sx[n] * xi);
  }
  f.weight = 1.0;
}

/// Barycentric coordinates of a point: all `b` but the one of corner `odd`, which makes up the sum of 1.
inline std::array<double, 3> barycentric(double b, int odd) {
  std::array<double, 3> c{b, b, b};
  c[odd] = 1.0 - 2.0 * b;
  return c;
}
inline constexpr double d_xi[3] = {-1, 1, 0}, d_eta[3] = {-1, 0, 1};

inline void linear_triangle(int point, FacetPoint& f) {
  const auto b = barycentric(1.0 / 6.0, point);
  for (int n = 0; n < 3; ++n) {
    f.N[n] = b[n];
    f.dN_dxi[n] = d_xi[n];
    f.dN_deta[n] = d_eta[n];
  }
  f.weight = 1.0 / 6.0;
}

inline void quadratic_triangle(int point, FacetPoint& f) {
  const bool outer = point < 3;
  const auto b = barycentric(outer ? 0.091576213509770743 : 0.44594849091596489, point % 3);
  f.weight = 0.5 * (outer ? 0.10995174365532187 : 0.22338158967801147);
  for (int n = 0; n < 3; ++n) {
    const int m = (n + 1) % 3;
    f.N[n] = b[n] * (2.0 * b[n] - 1.0);
    f.dN_dxi[n] = (4.0 * b[n] - 1.0) * d_xi[n];
    f.dN_deta[n] = (4.0 * b[n] - 1.0) * d_eta[n];
    f.N[3 + n] = 4.0 * b[n] * b[m];
    f.dN_dxi[3 + n] = 4.0 * (b[n] * d_xi[m] + b[m] * d_xi[n]);
    f.dN_deta[3 + n] = 4.0 * (b[n] * d_eta[m] + b[m] * d_eta[n]);
  }
}

}  // namespace facet_detail

inline FacetPoint facet_point(const FacetCorners& corner, int point) {
  FacetPoint f{};
  if (corner.count == 4) facet_detail::bilinear(point, f);
  else if (corner.count == 3) facet_detail::linear_triangle(point, f);
  else facet_detail::quadratic_triangle(point, f);
  f.X = f.tangent_xi = f.tangent_eta = Vec3::Zero();
  for (int n = 0; n < corner.count; ++n) {
    f.X += f.N[n] * corner.x[n];
    f.tangent_xi += f.dN_dxi[n] * corner.x[n];
    f.tangent_eta += f.dN_deta[n] * corner.x[n];
  }
  f.area_vector = f.weight * f.tangent_xi.cross(f.tangent_eta);
  return f;
}

}  // namespace nerveload
