#pragma once
#include <variant>

#include "solver/mesh.hpp"

namespace nerveload {

/// Signed distance from a smooth body at a point, with its first two derivatives.
struct SignedDistance {
  double value;     ///< mm, negative inside
  Vec3 normal;      ///< ∇φ, unit, out of the body
  Mat3d curvature;  ///< ∇∇φ, 1/mm
};

/// Cylinder of finite length with rounded edges, centred at the origin of its frame; plain, or with rings around it: as many as fit at their spacing,
/// symmetrically to the middle (an odd number has one there), on a core that is thinner by the depth of the grooves.
struct Cylinder {
  double radius = 75.0, length = 450.0;         ///< mm, outer
  double edge_radius = 10.0;                    ///< mm, rounding of both ends
  Vec3 axis = Vec3::UnitX();                    ///< unit
  double ring_spacing = 0.0;                    ///< from middle to middle, mm; 0 = a plain cylinder
  double ring_width = 0.0, groove_depth = 0.0;  ///< mm
  SignedDistance distance(const Vec3& x) const;
};

struct Sphere {
  double radius = 50.0;
  SignedDistance distance(const Vec3& x) const;
};

/// Half-space below a plane through the origin.
struct Plane {
  Vec3 normal = Vec3::UnitZ();  ///< unit, out of the body
  SignedDistance distance(const Vec3& x) const;
};

using IndenterShape = std::variant<Cylinder, Sphere, Plane>;

}  // namespace nerveload
