#pragma once
#include <Eigen/Dense>

#include "solver/mesh.hpp"

namespace nerveload {

/// Coulomb's law of one surface point, with a spring that carries it while it sticks: |t| ≤ limit.
/// Everything is said in the body's frame: relative to its centre and turned with its spin, so that a body's own motion is no slip.
///   trial    τ = multiplier + κ P (ξ − stick),   P = I − n⊗n
///   stuck    |τ| ≤ limit:  t = τ,                ∂t/∂ξ = κ P
///   slipping              t = limit τ/|τ|,      ∂t/∂ξ = κ limit/|τ| (P − τ⊗τ/|τ|²)
/// limit = µ p and the plane P are those of the last augmentation: within a pass t is the gradient of a convex potential
/// (½κ|·|² that goes on linearly beyond the limit), so the tangent is symmetric and the law's own.
struct FrictionLaw {
  double coefficient = 0.0;  ///< µ
  double stiffness = 50.0;   ///< κ, kPa/mm: a rigid body's penalty, or the shear stiffness of a layer
  bool rigid = true;         ///< multipliers take stuck points back to where they stick; else the spring is the layer's own shear
};

/// What a surface point remembers of the body that it rubs on.
struct ContactMemory {
  double limit = 0.0;              ///< kPa per reference area; 0 = did not touch at the last augmentation
  double limit_before = 0.0;       ///< the same at the last step's end
  Vec3 normal = Vec3::Zero();      ///< n
  Vec3 stick = Vec3::Zero();       ///< the point of the body that it sticks to, mm; of a point that does not touch: where it last was
  Vec3 multiplier = Vec3::Zero();  ///< of a rigid body, kPa
  static constexpr int size = 11;
  static ContactMemory read(const double* from);
  void write(double* to) const;
};

/// What a surface point is like now.
struct ContactPoint {
  Vec3 at;          ///< ξ, mm in the body's frame
  Vec3 normal;      ///< of the body there
  double pressure;  ///< kPa per reference area
};

struct FrictionTraction {
  Vec3 value = Vec3::Zero();      ///< resists the motion of the point over the body, kPa per reference area
  Mat3d tangent = Mat3d::Zero();  ///< ∂value/∂ξ
  bool slips = false;
  double secant = 0.0;  ///< of a slipping point, along value: what it would take to bring it back, kPa/mm
};
FrictionTraction friction_traction(const FrictionLaw& law, const ContactMemory& memory, const Vec3& at);

/// One augmentation of a point.
struct FrictionPass {
  ContactMemory memory;  ///< with the limit, the plane and the multiplier of now
  double change = 0.0;   ///< of the traction by the new limit and plane, kPa
  double slip = 0.0;     ///< of a stuck point of a rigid body, mm: what the multiplier has still to take back
};
/// @param entry  where the point came upon the body if it did not touch before
FrictionPass friction_pass(const FrictionLaw& law, const ContactMemory& memory, const ContactPoint& now, const Vec3& entry);

/// A step ends: a point that slipped sticks to where it came.
/// @param exit        where a point that touches no more left the body
/// @param dissipated  becomes the work lost since the last step, µJ/mm²: the slip times the mean of the limits at its ends
ContactMemory friction_step(const FrictionLaw& law, const ContactMemory& memory, const ContactPoint& now, const Vec3& exit, double& dissipated);

}  // namespace nerveload
