#include "meshes/muscle_paths.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

JointAngles pose(double flexion, double abduction, double rotation, double knee) {
  constexpr double degree = std::numbers::pi / 180.0;
  return {flexion * degree, abduction * degree, rotation * degree, knee * degree, 0.0};
}

const MusclePath& path(const std::string& name) {
  for (const MusclePath& p : muscle_paths())
    if (p.name == name) return p;
  throw std::runtime_error(name);
}

/// Lengths of the model of rajagopal2016 with its wrapping cylinders, mm: neutral, sitting, straight leg, figure-four, adduction stretch,
/// external and internal rotation.
TEST(MusclePaths, KeepToTheLengthsOfTheMusculoskeletalModel) {
  const JointAngles poses[] = {pose(0, 0, 0, 0),     pose(90, 0, 0, 90), pose(60, 0, 0, 0), pose(85, 35, 50, 100),
                               pose(90, -30, 0, 90), pose(0, 0, 45, 0),  pose(0, 0, -45, 0)};
  struct Row {
    const char* name;
    double tolerance_mm;
    double length_mm[7];
  };
  const Row rows[] = {{"piriformis", 0.3, {138.1, 153.0, 149.2, 155.2, 161.2, 116.6, 155.0}},
                      {"gluteus_maximus_upper", 6.0, {191.5, 256.3, 237.9, 264.2, 272.4, 185.4, 214.4}},
                      {"gluteus_maximus_middle", 4.0, {218.4, 291.8, 273.5, 290.4, 302.6, 216.0, 242.2}},
                      {"gluteus_maximus_lower", 0.5, {218.9, 320.6, 293.7, 320.9, 306.4, 211.2, 235.7}},
                      {"biceps_femoris_long_head", 1.0, {414.0, 448.1, 475.8, 439.7, 435.3, 411.7, 418.0}},
                      {"semimembranosus", 2.0, {411.5, 423.9, 466.3, 420.4, 410.6, 413.4, 412.2}},
                      {"semitendinosus", 2.0, {454.0, 470.0, 519.2, 469.9, 451.5, 456.2, 455.6}}};
  for (const Row& row : rows)
    for (int k = 0; k < 7; ++k) EXPECT_NEAR(muscle_length(path(row.name), poses[k]), row.length_mm[k], row.tolerance_mm) << row.name << " pose " << k;
}

TEST(MusclePaths, ScaleWithThePersonAndStartFromNeutral) {
  const JointAngles sitting = pose(90, 0, 0, 90);
  const auto normal = muscle_lengths(sitting), tall = muscle_lengths(sitting, 1.1);
  for (std::size_t i = 0; i < normal.size(); ++i) {
    EXPECT_NEAR(tall[i].length_mm, 1.1 * normal[i].length_mm, 1e-9);
    EXPECT_NEAR(tall[i].change_percent(), normal[i].change_percent(), 1e-9);
    EXPECT_NEAR(tall[i].belly_stretch, normal[i].belly_stretch, 1e-12);
  }
  for (const MuscleLength& m : muscle_lengths({})) {
    EXPECT_DOUBLE_EQ(m.change_percent(), 0.0);
    EXPECT_DOUBLE_EQ(m.belly_stretch, 1.0);
  }
}

TEST(MusclePaths, AGroupIsTheMeanOfItsParts) {
  const auto parts = muscle_lengths(pose(60, 0, 0, 0));
  const MuscleLength hamstrings = group_length(parts, "hamstrings");
  EXPECT_NEAR(hamstrings.neutral_mm, (414.0 + 411.5 + 454.0) / 3.0, 0.5);
  EXPECT_NEAR(hamstrings.change_percent(), 14.2, 0.3);
  // A straight knee is what stretches them.
  EXPECT_LT(group_length(muscle_lengths(pose(60, 0, 0, 90)), "hamstrings").change_percent(), 2.0);
  EXPECT_THROW(group_length(parts, "soleus"), ContractError);
}

}  // namespace
}  // namespace nerveload
