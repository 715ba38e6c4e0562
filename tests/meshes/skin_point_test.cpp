#include <gtest/gtest.h>

#include <numbers>

#include "meshes/anatomy_mesh.hpp"

namespace nerveload {
namespace {

const AnatomyMesh& neutral() {
  static const AnatomyMesh mesh = [] {
    AnatomyShape shape;
    shape.fidelity = Fidelity::coarse;
    return build_anatomy(shape);
  }();
  return mesh;
}

Vec3 nerve_at(double station) {
  const auto& sections = neutral().nerve.sections;
  for (std::size_t k = 0; k + 1 < sections.size(); ++k) {
    const double t = (station - sections[k].station_mm) / (sections[k + 1].station_mm - sections[k].station_mm);
    if (t >= 0.0 && t <= 1.0) return (1.0 - t) * sections[k].centre + t * sections[k + 1].centre;
  }
  throw std::out_of_range("station");
}

TEST(SkinPoint, LiesStraightBehindTheNerve) {
  for (const double station : {-40.0, 0.0, 150.0, 250.0}) {
    const SkinPoint p = skin_at(neutral(), station);
    EXPECT_NEAR(p.position[0], nerve_at(station)[0], 0.5) << station;
    EXPECT_GT(p.position[1], nerve_at(station)[1] + 30.0) << station;
    EXPECT_NEAR(p.inward_normal.norm(), 1.0, 1e-12);
    EXPECT_NEAR(p.inward_normal.dot(p.limb_tangent), 0.0, 1e-12);
    EXPECT_LT(p.inward_normal[1], -0.8);  // forwards
    EXPECT_LT(p.limb_tangent[2], -0.8);   // downwards
  }
}

TEST(SkinPoint, AzimuthAndOffsetGoLaterally) {
  const SkinPoint behind = skin_at(neutral(), 200.0), beside = skin_at(neutral(), 200.0, 0.5 * std::numbers::pi);
  EXPECT_GT(beside.position[0], behind.position[0] + 40.0);
  EXPECT_LT(beside.inward_normal[0], -0.8);
  for (const double offset : {-30.0, 15.0, 40.0}) {
    const SkinPoint p = skin_at(neutral(), 200.0, 0.0, offset);
    EXPECT_GT((p.position[0] - behind.position[0]) * offset, 0.0);
    // Along the skin: the chord is a little shorter.
    EXPECT_LE((p.position - behind.position).norm(), std::abs(offset) + 1e-9);
    EXPECT_GT((p.position - behind.position).norm(), 0.93 * std::abs(offset));
  }
}

TEST(SkinPoint, MovesSmoothlyAlongTheLimb) {
  Vec3 before = skin_at(neutral(), -60.0).position;
  for (double station = -59.0; station < 280.0; station += 1.0) {
    const Vec3 here = skin_at(neutral(), station).position;
    EXPECT_LT((here - before).norm(), 3.0) << station;
    before = here;
  }
}

}  // namespace
}  // namespace nerveload
