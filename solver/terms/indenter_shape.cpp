#include "solver/terms/indenter_shape.hpp"

#include <cmath>

namespace nerveload {

SignedDistance Cylinder::distance(const Vec3& x) const {
  const double along = x.dot(axis);
  const Vec3 side = x - along * axis;
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

SignedDistance Sphere::distance(const Vec3& x) const {
  const double r = std::max(x.norm(), 1e-9);
  const Vec3 n = x / r;
  return {r - radius, n, (Mat3d::Identity() - n * n.transpose()) / r};
}

SignedDistance Plane::distance(const Vec3& x) const { return {x.dot(normal), normal, Mat3d::Zero()}; }

}  // namespace nerveload
