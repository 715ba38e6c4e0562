#include "meshes/muscle_paths.hpp"

#include "meshes/pose.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

const std::vector<MusclePath>& muscle_paths() {
  static const std::vector<MusclePath> paths = {
      // S2–S4, around the greater sciatic notch, to the tip of the trochanter.
      {"piriformis", "piriformis", {{-64.0, 46.0, 72.0}, {-17.1, 46.0, 48.3}}, {{44.0, 15.0, -4.0}}, -0.6, 0.0, 0.0, 75.0},
      {"gluteus_maximus_upper",
       "gluteus_maximus",
       {{-21.0, 67.0, 113.0}, {-11.5, 54.5, 105.6}},
       {{28.6, 32.6, 40.8}, {47.0, 28.0, -57.0}},
       0.0,
       0.0,
       0.0,
       150.0},
      {"gluteus_maximus_middle",
       "gluteus_maximus",
       {{-31.0, 75.0, 87.0}, {17.0, 67.6, -6.3}},
       {{31.8, 46.2, -60.7}, {42.0, 16.0, -102.0}},
       0.0,
       0.0,
       0.0,
       175.0},
      {"gluteus_maximus_lower",
       "gluteus_maximus",
       {{-68.0, 74.0, 26.0}, {-31.1, 67.1, -48.2}},
       {{10.6, 30.5, -120.5}, {41.0, 6.0, -142.0}},
       0.0,
       0.0,
       0.0,
       175.0},
      // From the tuberosity; the points of the shank as they are with a straight knee.
      {"biceps_femoris_long_head", "hamstrings", {{-19.0, 48.0, -41.0}}, {{24.0, 34.0, -439.0}}, 13.4, -32.0, -1.5, 300.0},
      {"semimembranosus", "hamstrings", {{-16.0, 42.0, -36.0}}, {{-21.0, 29.0, -446.0}}, 1.3, -38.2, -2.0, 300.0},
      {"semitendinosus", "hamstrings", {{-26.0, 48.0, -47.0}}, {{-24.0, 31.0, -455.0}}, 45.6, -47.5, -1.4, 300.0},
  };
  return paths;
}

double muscle_length(const MusclePath& path, const JointAngles& angles, double length_scale) {
  const Mat3d R = thigh_rotation(angles);
  std::vector<Vec3> line = path.pelvis;
  for (const Vec3& x : path.thigh) line.push_back(R * x);
  const double knee = angles.knee_flexion;
  double length = path.beyond_mm + (path.knee_linear_mm + path.knee_square_mm * knee) * knee;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) length += (line[i + 1] - line[i]).norm();
  return length_scale * length;
}

std::vector<MuscleLength> muscle_lengths(const JointAngles& angles, double length_scale) {
  std::vector<MuscleLength> all;
  for (const MusclePath& p : muscle_paths()) {
    MuscleLength m{p.name, p.group, muscle_length(p, angles, length_scale), muscle_length(p, {}, length_scale)};
    m.belly_stretch = 1.0 + (m.length_mm - m.neutral_mm) / (length_scale * p.belly_mm);
    all.push_back(std::move(m));
  }
  return all;
}

MuscleLength group_length(const std::vector<MuscleLength>& parts, const std::string& group) {
  MuscleLength mean{group, group, 0.0, 0.0, 0.0};
  int count = 0;
  for (const MuscleLength& m : parts) {
    if (m.group != group) continue;
    mean.length_mm += m.length_mm;
    mean.neutral_mm += m.neutral_mm;
    mean.belly_stretch += m.belly_stretch;
    ++count;
  }
  NL_EXPECT(count > 0, "a group of muscles, not " + group);
  mean.length_mm /= count;
  mean.neutral_mm /= count;
  mean.belly_stretch /= count;
  return mean;
}

}  // namespace nerveload
