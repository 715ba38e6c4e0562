#include "meshes/nerve_path_length.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "meshes/pose.hpp"

namespace nerveload {
namespace {

// Path points 8 and 17 of the nerve's table, world frame.
const Vec3 infrapiriform_exit{-23.9, 56.8, 9.0}, gluteal_fold{12.3, 51.8, -110.0};

/// Length of the taut line between two points outside a sphere about the origin.
double taut_length(const Vec3& a, const Vec3& b, double radius) {
  const double la = a.norm(), lb = b.norm(), chord = (b - a).norm();
  const double t = std::clamp(-a.dot(b - a) / (chord * chord), 0.0, 1.0);
  if ((a + t * (b - a)).norm() >= radius || la <= radius || lb <= radius) return chord;
  const double angle = std::acos(std::clamp(a.dot(b) / (la * lb), -1.0, 1.0));
  const double wrapped = angle - std::acos(radius / la) - std::acos(radius / lb);
  return std::sqrt(la * la - radius * radius) + std::sqrt(lb * lb - radius * radius) + radius * std::max(wrapped, 0.0);
}

double raised_cosine_integral(double x) {
  x = std::clamp(x, 0.0, 1.0);
  return x - std::sin(2.0 * std::numbers::pi * x) / (2.0 * std::numbers::pi);
}

}  // namespace

PathLengthLaw PathLengthLaw::scaled(double length_scale) const {
  PathLengthLaw law = *this;
  for (double* length : {&law.hip_wrap_radius_mm, &law.knee_arm_mm, &law.ankle_arm_mm, &law.hip_from_mm, &law.hip_width_mm, &law.knee_from_mm,
                         &law.knee_width_mm, &law.ankle_from_mm, &law.ankle_width_mm, &law.scale})
    *length *= length_scale;
  return law;
}

double hip_elongation(const JointAngles& angles, const PathLengthLaw& law) {
  const Vec3 exit = law.scale * infrapiriform_exit, fold = law.scale * gluteal_fold;
  return taut_length(exit, thigh_rotation(angles) * fold, law.hip_wrap_radius_mm) - taut_length(exit, fold, law.hip_wrap_radius_mm);
}

double knee_elongation(const JointAngles& angles, const PathLengthLaw& law) { return -law.knee_arm_mm * angles.knee_flexion; }

double ankle_elongation(const JointAngles& angles, const PathLengthLaw& law) { return law.ankle_arm_mm * angles.ankle_dorsiflexion; }

double posed_path_position(double s, const JointAngles& angles, const PathLengthLaw& law) {
  return s + hip_elongation(angles, law) * raised_cosine_integral((s - law.hip_from_mm) / law.hip_width_mm) +
         knee_elongation(angles, law) * raised_cosine_integral((s - law.knee_from_mm) / law.knee_width_mm) +
         ankle_elongation(angles, law) * raised_cosine_integral((s - law.ankle_from_mm) / law.ankle_width_mm);
}

}  // namespace nerveload
