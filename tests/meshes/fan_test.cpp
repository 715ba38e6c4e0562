#include "meshes/fan.hpp"

#include <gtest/gtest.h>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

JointAngles angles(double flexion, double abduction, double rotation) {
  constexpr double degree = std::numbers::pi / 180.0;
  return {flexion * degree, abduction * degree, rotation * degree, 0.0, 0.0};
}

TEST(Pose, FlexionBringsTheThighForwardsAbductionOutwards) {
  EXPECT_LT((thigh_rotation(angles(90, 0, 0)) * -Vec3::UnitZ() - -Vec3::UnitY()).norm(), 1e-14);
  EXPECT_LT((thigh_rotation(angles(0, 90, 0)) * -Vec3::UnitZ() - Vec3::UnitX()).norm(), 1e-14);
  EXPECT_LT((thigh_rotation(angles(0, 0, 90)) * -Vec3::UnitY() - Vec3::UnitX()).norm(), 1e-14);  // the front turns outwards
}

TEST(Pose, SwingAndTwistMakeTheWholeRotation) {
  for (const JointAngles& a : {angles(0, 0, 0), angles(80, 30, 50), angles(85, -15, 0), angles(3, 0, 40)}) {
    const Mat3d R = thigh_rotation(a);
    const SwingTwist s = split_swing_twist(R);
    EXPECT_LT((s.partial(1.0, 1.0) - R).norm(), 1e-12);
    EXPECT_NEAR(s.axis.dot(Vec3::UnitZ()), 0.0, 1e-12);
  }
}

TEST(Fan, NeutralIsAStraightStack) {
  const Fan fan(angles(0, 0, 0));
  for (const double s : {-120.0, -40.0, 0.0, 77.0, 300.0}) {
    const SectionFrame f = fan.frame(s);
    EXPECT_LT((f.origin - Vec3(0, 0, -s)).norm(), 1e-10);
    EXPECT_LT((f.axes - Mat3d::Identity()).norm(), 1e-12);
    EXPECT_NEAR(fan.stretch(s, 70.0), 1.0, 1e-10);
  }
}

TEST(Fan, PelvisAndThighAreRigid) {
  for (const JointAngles& a : {angles(90, 0, 0), angles(80, 30, 50), angles(40, -15, 20)}) {
    const Fan fan(a);
    const Mat3d R = thigh_rotation(a);
    const SectionFrame top = fan.frame(-110.0), thigh = fan.frame(320.0);
    EXPECT_LT((top.origin - Vec3(0, 0, 110)).norm(), 1e-9);
    EXPECT_LT((top.distal() - -Vec3::UnitZ()).norm(), 1e-12);
    EXPECT_LT((thigh.origin - R * Vec3(0, 0, -320)).norm(), 1e-8);
    EXPECT_LT((thigh.axes - R).norm(), 1e-12);
  }
}

/// Sections may meet in front of the hip only: behind it and up to 50 mm in front of the axis they follow one another.
TEST(Fan, SectionsDoNotCrossWhereTheLegIs) {
  for (const double flexion : {0.0, 45.0, 90.0})
    for (const double abduction : {-15.0, 0.0, 30.0}) {
      const Fan fan(angles(flexion, abduction, 30.0));
      for (double s = -122.0; s < 390.0; s += 2.0) {
        const SectionFrame here = fan.frame(s), next = fan.frame(s + 1.0);
        const Vec3 back = fan.rotation().axis.cross(next.axes.col(2)).normalized();
        for (const double behind : {-50.0, 0.0, 120.0})
          EXPECT_GT((next.origin + behind * back - here.origin).dot(here.distal()), 0.0) << flexion << ' ' << abduction << ' ' << s << ' ' << behind;
      }
    }
}

TEST(Fan, StretchIsTheLengthBehindTheAxis) {
  const Fan fan(angles(70, 0, 0));
  for (const double s : {-60.0, 0.0, 30.0, 110.0}) {
    const Eigen::Vector2d behind(0.0, 80.0);
    const double h = 1e-4;
    const Vec3 rate = (fan.frame(s + h).world(behind) - fan.frame(s - h).world(behind)) / (2.0 * h);
    EXPECT_NEAR(rate.dot(fan.frame(s).distal()), fan.stretch(s, 80.0), 0.35);  // planes turn later than the axis bends
  }
}

}  // namespace
}  // namespace nerveload
