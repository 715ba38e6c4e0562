#pragma once
#include <string>
#include <vector>

#include "meshes/anatomy_shape.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

/// The line of action of a muscle or of a part of it, from its origin on the pelvis to its insertion: straight between points that are fixed
/// to the pelvis or to the thigh, plus what the line leaves out and what the knee adds.
///   L(pose) = Σ |x_{i+1} − x_i| + beyond_mm + knee_linear θ + knee_square θ²,  thigh points turned with R(pose), θ knee flexion in rad
/// Lengths of muscle with tendon, mm, of the reference man in the world frame of pose.hpp.
/// Source: attachments rajagopal2016 (M); points between them, `beyond_mm` and the knee's part fitted to that model's lengths in fifteen poses (D;
/// residuals: docs/theory/anatomy.md, Muscle lengths).
struct MusclePath {
  const char* name;
  const char* group;  ///< piriformis, hamstrings or gluteus_maximus
  std::vector<Vec3> pelvis, thigh;
  double beyond_mm = 0.0;
  double knee_linear_mm = 0.0, knee_square_mm = 0.0;
  double belly_mm = 0.0;  ///< fibre-bearing part that takes up the change of length (A)
};
const std::vector<MusclePath>& muscle_paths();

/// A muscle's length in a pose and against the neutral one.
struct MuscleLength {
  std::string name, group;
  double length_mm = 0.0, neutral_mm = 0.0;
  double belly_stretch = 1.0;  ///< of the fibre-bearing part against neutral
  double change_percent() const { return 100.0 * (length_mm / neutral_mm - 1.0); }
};

/// Length of one line of action.
/// @param length_scale  hip–knee length over that of the reference man
double muscle_length(const MusclePath& path, const JointAngles& angles, double length_scale = 1.0);

/// Every part of every muscle, in the table's order.
std::vector<MuscleLength> muscle_lengths(const JointAngles& angles, double length_scale = 1.0);

/// Means over the parts of one group. @throws ContractError for a group that no muscle is of
MuscleLength group_length(const std::vector<MuscleLength>& parts, const std::string& group);

}  // namespace nerveload
