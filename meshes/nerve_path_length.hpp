#pragma once
#include "meshes/anatomy_shape.hpp"

namespace nerveload {

/// How long the nerve's path is in a pose: effective lengths at hip, knee and ankle (docs/theory/nerve.md).
///   hip    taut line from the infrapiriform exit (pelvis) to the gluteal fold (femur) around a sphere about the joint [robinson2019]
///   knee   −arm · flexion (fascia and gastrocnemius heads hold the nerve at the arm; assumed)
///   ankle  +arm · dorsiflexion (assumed)
/// Each change is spread over a window of the path with the integral of a raised cosine.
struct PathLengthLaw {
  double hip_wrap_radius_mm = 41.0;
  double knee_arm_mm = 40.0, ankle_arm_mm = 20.0;
  double hip_from_mm = 88.0, hip_width_mm = 134.0;
  double knee_from_mm = 434.0, knee_width_mm = 180.0;
  double ankle_from_mm = 890.0, ankle_width_mm = 60.0;
  double scale = 1.0;  ///< of the two points of the taut line
  PathLengthLaw scaled(double length_scale) const;
};

/// Change of the path's length at the hip against neutral, mm.
double hip_elongation(const JointAngles& angles, const PathLengthLaw& law = {});
double knee_elongation(const JointAngles& angles, const PathLengthLaw& law = {});
double ankle_elongation(const JointAngles& angles, const PathLengthLaw& law = {});

/// Place along the posed path of the point whose neutral arc length from the S1 foramen is s, mm.
double posed_path_position(double s_mm, const JointAngles& angles, const PathLengthLaw& law = {});

}  // namespace nerveload
