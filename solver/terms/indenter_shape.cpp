#include "solver/terms/indenter_shape.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {

namespace {

/// Distance from a plain cylinder whose middle lies at `middle` along the axis.
SignedDistance plain_distance(const Vec3& x, const Vec3& axis, double middle, double radius, double length, double edge_radius) {
  const Vec3 side = x - x.dot(axis) * axis;
  const double along = x.dot(axis) - middle;
  const double rho = std::max(side.norm(), 1e-9);
  const Vec3 e_rho = side / rho, e_axis = (along < 0.0 ? -1.0 : 1.0) * axis, e_hoop = axis.cross(e_rho);
  // Distance to a box with corners rounded by edge_radius, in the half-plane (rho, |along|).
  const double q_rho = rho - (radius - edge_radius), q_axis = std::abs(along) - (0.5 * length - edge_radius);
  if (q_rho > 0.0 && q_axis > 0.0) {  // rounded edge
    const double d = std::hypot(q_rho, q_axis);
    const Vec3 n = (q_rho * e_rho + q_axis * e_axis) / d, t = (-q_axis * e_rho + q_rho * e_axis) / d;
    return {d - edge_radius, n, t * t.transpose() / d + (q_rho / d) / rho * e_hoop * e_hoop.transpose()};
  }
  if (q_rho >= q_axis) return {rho - radius, e_rho, e_hoop * e_hoop.transpose() / rho};
  return {std::abs(along) - 0.5 * length, e_axis, Mat3d::Zero()};
}

}  // namespace

SignedDistance Cylinder::distance(const Vec3& x) const {
  if (ring_spacing == 0.0) return plain_distance(x, axis, 0.0, radius, length, edge_radius);
  // Outside, the distance from several bodies is the least of theirs; where they meet it has a kink, in the bottom corner of a groove.
  const double core = radius - groove_depth;
  const SignedDistance of_core = plain_distance(x, axis, 0.0, core, length, std::min(edge_radius, core));
  const double last = std::floor((length - ring_width) / ring_spacing), first_at = -0.5 * last * ring_spacing;
  const double nearest = std::clamp(std::round((x.dot(axis) - first_at) / ring_spacing), 0.0, last);
  const SignedDistance of_ring =
      plain_distance(x, axis, first_at + nearest * ring_spacing, radius, ring_width, std::min(edge_radius, 0.5 * ring_width));
  return of_ring.value < of_core.value ? of_ring : of_core;
}

SignedDistance Sphere::distance(const Vec3& x) const {
  const double r = std::max(x.norm(), 1e-9);
  const Vec3 n = x / r;
  return {r - radius, n, (Mat3d::Identity() - n * n.transpose()) / r};
}

SignedDistance Plane::distance(const Vec3& x) const { return {x.dot(normal), normal, Mat3d::Zero()}; }

}  // namespace nerveload
