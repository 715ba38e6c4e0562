#include "meshes/nerve_path_length.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace nerveload {
namespace {

constexpr double degree = std::numbers::pi / 180.0;

JointAngles hip(double flexion, double abduction = 0.0, double rotation = 0.0) {
  return {flexion * degree, abduction * degree, rotation * degree, 0.0, 0.0};
}

/// The taut line of docs/theory/nerve.md at seven flexions, wrapped from 46° on; rounded to 0.1 mm there, points to 0.1 mm here.
TEST(NervePathLength, TautLineAroundTheHip) {
  const double expected[][2] = {{-20, -18.9}, {0, 0.0}, {15, 13.7}, {30, 26.3}, {45, 37.2}, {60, 46.9}, {75, 56.3}, {90, 64.6}};
  for (const auto& [flexion, change] : expected) EXPECT_NEAR(hip_elongation(hip(flexion)), change, 0.5) << flexion;
  EXPECT_NEAR(hip_elongation(hip(90, 20)), 69.0, 1.5);
  EXPECT_NEAR(hip_elongation(hip(90, 0, 30)), 57.0, 1.5);
}

TEST(NervePathLength, KneeSlackensAnkleTightens) {
  JointAngles a;
  a.knee_flexion = 90 * degree;
  EXPECT_NEAR(knee_elongation(a), -62.8, 0.1);
  a.ankle_dorsiflexion = 20 * degree;
  EXPECT_NEAR(ankle_elongation(a), 7.0, 0.05);
}

TEST(NervePathLength, PositionsKeepTheirOrderAndTheirEnds) {
  JointAngles a = hip(90);
  a.knee_flexion = 90 * degree;
  a.ankle_dorsiflexion = -30 * degree;
  double before = -1.0;
  for (double s = 0.0; s <= 950.0; s += 5.0) {
    EXPECT_GT(posed_path_position(s, a), before) << s;
    before = posed_path_position(s, a);
  }
  EXPECT_DOUBLE_EQ(posed_path_position(50.0, a), 50.0);
  EXPECT_NEAR(posed_path_position(950.0, a), 950.0 + hip_elongation(a) + knee_elongation(a) + ankle_elongation(a), 1e-9);
  EXPECT_DOUBLE_EQ(posed_path_position(400.0, JointAngles{}), 400.0);
}

TEST(NervePathLength, ScalesWithThePerson) {
  const PathLengthLaw tall = PathLengthLaw{}.scaled(1.2);
  JointAngles a = hip(80, 20, 30);
  a.knee_flexion = 40 * degree;
  for (const double s : {100.0, 200.0, 500.0, 900.0}) EXPECT_NEAR(posed_path_position(1.2 * s, a, tall), 1.2 * posed_path_position(s, a), 1e-9);
}

}  // namespace
}  // namespace nerveload
