#pragma once
#include <Eigen/Geometry>
#include <numbers>

#include "meshes/anatomy_shape.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

/// Rotation of the thigh against the pelvis, world frame (x lateral, y posterior, z superior), right leg:
///   R = Rx(−flexion) Ry(−abduction) Rz(external rotation); flexion first, abduction about the flexed axis, then rotation.
/// Rx(−flexion) brings the thigh's −z forwards (−y); Ry(−abduction) brings it laterally (+x).
inline Mat3d thigh_rotation(const JointAngles& a) {
  return (Eigen::AngleAxisd(-a.hip_flexion, Vec3::UnitX()) * Eigen::AngleAxisd(-a.hip_abduction, Vec3::UnitY()) *
          Eigen::AngleAxisd(a.hip_external_rotation, Vec3::UnitZ()))
      .toRotationMatrix();
}

/// The same split into a swing (smallest rotation that takes −z to the thigh's axis) and a twist about the thigh's own axis.
struct SwingTwist {
  Vec3 axis = Vec3::UnitX();  ///< of the swing
  double swing = 0.0, twist = 0.0;
  Mat3d partial(double swing_share, double twist_share) const {
    return (Eigen::AngleAxisd(swing_share * swing, axis) * Eigen::AngleAxisd(twist_share * twist, Vec3::UnitZ())).toRotationMatrix();
  }
};

inline SwingTwist split_swing_twist(const Mat3d& R) {
  SwingTwist s;
  const Vec3 down = -Vec3::UnitZ(), d = R * down, n = down.cross(d);
  const double sine = n.norm();
  s.swing = std::atan2(sine, down.dot(d));
  if (sine > 1e-12) s.axis = n / sine;
  const Mat3d rest = s.partial(1.0, 0.0).transpose() * R;
  s.twist = std::atan2(rest(1, 0) - rest(0, 1), rest(0, 0) + rest(1, 1));
  return s;
}

}  // namespace nerveload
