#include "meshes/quality.hpp"

#include <gtest/gtest.h>

#include "solver/block.hpp"

namespace nerveload {
namespace {

std::array<Vec3, 8> box() {
  return {Vec3(0, 0, 0), Vec3(2, 0, 0), Vec3(2, 3, 0), Vec3(0, 3, 0), Vec3(0, 0, 5), Vec3(2, 0, 5), Vec3(2, 3, 5), Vec3(0, 3, 5)};
}

TEST(ScaledJacobian, OfBoxesShearedBoxesAndInvertedOnes) {
  auto x = box();
  EXPECT_DOUBLE_EQ(scaled_jacobian(x), 1.0);
  for (int i = 4; i < 8; ++i) x[i][0] += 5.0;  // 45°
  EXPECT_NEAR(scaled_jacobian(x), std::sqrt(0.5), 1e-12);
  x = box();
  x[6] = Vec3(0.5, 0.5, -1.0);  // one corner pushed through
  EXPECT_LT(scaled_jacobian(x), 0.0);
  x = box();
  for (int i = 0; i < 4; ++i) std::swap(x[i], x[i + 4]);  // turned inside out
  EXPECT_NEAR(scaled_jacobian(x), -1.0, 1e-12);
}

TEST(OutlineSag, OfASquareOnACircle) {
  const Ellipse circle{Vec2(1.0, 2.0), 10.0 * Mat2::Identity()};
  std::vector<Vec2> polygon;
  for (int i = 0; i < 4; ++i) polygon.push_back(circle.at(0.3 + 0.5 * M_PI * i).x);
  EXPECT_NEAR(outline_sag(circle, polygon), 10.0 * (1.0 - std::sqrt(0.5)), 1e-9);
}

TEST(Quality, FindsTheWorstCellAndTheWorstNearALine) {
  Mesh mesh = block_mesh({100, 100, 400}, {2, 2, 8});
  EXPECT_NEAR(measure_quality(mesh, 4, Vec3(0, 0, 0), Vec3(0, 0, 100)).min_scaled_jacobian, 1.0, 1e-12);
  // Shear the uppermost layer, far from the line.
  for (Vec3& X : mesh.X)
    if (X[2] > 399.0) X[0] += 50.0;
  const MeshQuality q = measure_quality(mesh, 4, Vec3(0, 0, 0), Vec3(0, 0, 100));
  EXPECT_NEAR(q.min_scaled_jacobian, std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(q.min_near_roller, 1.0, 1e-12);
  EXPECT_EQ(q.worst_section, 7);
  EXPECT_NEAR(q.first_percentile, std::sqrt(0.5), 1e-12);
}

TEST(Gate, RefusesWhatIsUnfitAndSaysWhy) {
  MeshQuality good;
  good.min_scaled_jacobian = 0.1;
  good.min_near_roller = 0.2;
  good.worst_outline_mm = 1.0;
  EXPECT_NO_THROW(gate(good));
  auto message = [](const MeshQuality& q) -> std::string {
    try {
      gate(q);
    } catch (const MeshRefusal& refusal) {
      return refusal.what();
    }
    return "";
  };
  MeshQuality bad = good;
  bad.min_scaled_jacobian = 0.09;
  EXPECT_NE(message(bad).find("0.090"), std::string::npos);
  bad = good;
  bad.min_near_roller = 0.19;
  EXPECT_NE(message(bad).find("near the roller"), std::string::npos);
  bad = good;
  bad.worst_outline_mm = 1.1;
  EXPECT_NE(message(bad).find("bone outline"), std::string::npos);
  bad = good;
  bad.min_scaled_jacobian = std::nan("");
  EXPECT_NE(message(bad), "");
}

}  // namespace
}  // namespace nerveload
