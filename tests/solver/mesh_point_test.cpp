#include "solver/mesh_point.hpp"

#include <gtest/gtest.h>

#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

TEST(MeshPoint, FindsPointsOfDistortedCells) {
  Mesh mesh = block_mesh({4, 4, 4}, {4, 4, 4});
  distort(mesh, 0.15);
  for (const Vec3& X : {Vec3(0.3, -1.2, 2.7), Vec3(2, 2, 4), Vec3(-2, 0.1, 0), Vec3(0.01, 0, 1.99)}) {
    const auto at = locate(mesh, X);
    ASSERT_TRUE(at) << X.transpose();
    const Vec3 found = interpolate(mesh.cells[at->cell], at->xi, [&](int n) { return mesh.X[n]; });
    EXPECT_LT((found - X).norm(), 1e-9);
  }
  EXPECT_FALSE(locate(mesh, Vec3(2.1, 0, 1)));
  EXPECT_TRUE(locate(mesh, Vec3(2.1, 0, 1), 0.2));
  EXPECT_FALSE(locate(mesh, Vec3(0, 0, -1)));
}

TEST(PointLocator, FindsEveryCellOfADistortedMesh) {
  Mesh mesh = block_mesh({40, 6, 2}, {10, 3, 4});  // boxes of the grid unlike the cells
  distort(mesh, 0.15);
  const PointLocator locator(mesh);
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    Vec3 centre = Vec3::Zero();
    for (const int n : mesh.cells[c]) centre += 0.125 * mesh.X[n];
    const auto at = locator.find(centre);
    ASSERT_TRUE(at) << c;
    EXPECT_EQ(at->cell, static_cast<int>(c));
  }
  const auto outside = locator.find(Vec3(23, 0, 1), 3.5);
  ASSERT_TRUE(outside);
  EXPECT_NEAR(outside->xi[0], 1.0, 1e-12);
}

TEST(MeshPoint, FieldsOfAHomogeneousDeformation) {
  const Mat3d F = (Mat3d() << 1.15, 0.1, -0.05, 0.02, 0.92, 0.08, 0.05, -0.1, 1.04).finished();
  Mesh mesh = block_mesh({4, 4, 4}, {4, 4, 4});
  distort(mesh, 0.15);
  Solid solid(std::move(mesh), {material(Ogden{{{3.5, -1.25}}}, 500.0)});
  State s = Assembly(solid.model).initial_state(solid.model);
  for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) s.unknowns.segment<3>(3 * n) = (F - Mat3d::Identity()) * solid.mesh.X[n];
  const Vec3 X(0.3, -1.2, 2.7);
  const auto at = locate(solid.mesh, X);
  ASSERT_TRUE(at);
  EXPECT_LT((displacement_at(solid.mesh, *at, s) - (F - Mat3d::Identity()) * X).norm(), 1e-9);
  const Mat3<double> found = deformation_gradient_at(solid.mesh, *at, s);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) EXPECT_NEAR(found(i, j), F(i, j), 1e-12);
  const Sym3<double> sigma = cauchy_stress_at(*solid.body, *at, s), expected = solid.body->points(at->cell, s).at[0].cauchy;
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(sigma[i], expected[i], 1e-10);
}

}  // namespace
}  // namespace nerveload
