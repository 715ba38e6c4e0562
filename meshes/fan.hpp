#pragma once
#include "meshes/pose.hpp"
#include "meshes/smooth.hpp"

namespace nerveload {

/// Where one section of the sweep lies: origin on the limb's axis and axes ξ (lateral), η (posterior), ζ (proximal normal).
struct SectionFrame {
  Vec3 origin;
  Mat3d axes;  ///< columns ξ η ζ
  Vec3 distal() const { return -axes.col(2); }
  Eigen::Vector2d local(const Vec3& x) const { return (axes.transpose() * (x - origin)).head<2>(); }
  Vec3 world(const Eigen::Vector2d& q) const { return origin + axes.leftCols<2>() * q; }
};

/// The axis of the sweep: pelvis and thigh are exactly rigid where |s| ≥ reach (planes: reach + lag below), between them the
/// sections fan around the front of the hip, so that they never cross behind it. The planes turn somewhat later than the axis
/// bends: sections through the pelvis then cut bone and nerve less obliquely. s runs distally, zero at the hip-joint centre
/// (neutral: s = −z), mm.
class Fan {
 public:
  explicit Fan(const JointAngles& angles);
  SectionFrame frame(double s) const;
  const SwingTwist& rotation() const { return rotation_; }
  /// Length on the surface `behind` mm posterior of the axis per unit of s.
  double stretch(double s, double behind) const;

 private:
  static constexpr double reach_ = 100.0, edge_ = 60.0;  ///< mm; half length of the fan, width of its smooth edges
  static constexpr double plane_lag_ = 26.0;             ///< mm
  double share(double s) const;                          ///< of the swing, 0…1
  double share_rate(double s) const;                     ///< its derivative, 1/mm
  Vec3 origin(double s) const;
  SwingTwist rotation_;
  double advance_ = 1.0;  ///< |∂origin/∂s| inside the fan
};

}  // namespace nerveload
