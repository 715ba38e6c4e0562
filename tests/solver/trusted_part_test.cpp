#include "solver/trusted_part.hpp"

#include <gtest/gtest.h>

#include "solver/block.hpp"

namespace nerveload {
namespace {

/// A displacement field on the nodes of a block of 4 × 4 × 4 mm with cells of 1 mm.
struct Field {
  Mesh mesh = block_mesh({4, 4, 4}, {4, 4, 4});
  template <class Of>
  Eigen::VectorXd of(Of&& of) const {
    Eigen::VectorXd u(3 * mesh.X.size());
    for (std::size_t n = 0; n < mesh.X.size(); ++n) u.segment<3>(3 * n) = of(mesh.X[n]);
    return u;
  }
  Eigen::VectorXd none() const {
    return of([](const Vec3&) { return Vec3(0, 0, 0); });
  }
};

TEST(TrustedPart, TranslationsAndSmallStrainsAreTakenWhole) {
  const Field f;
  EXPECT_EQ(trusted_part(f.mesh, f.none(), f.none()), 1.0);
  EXPECT_EQ(trusted_part(f.mesh, f.none(), f.of([](const Vec3&) { return Vec3(100, -200, 300); })), 1.0);
  EXPECT_EQ(trusted_part(f.mesh, f.none(), f.of([](const Vec3& X) { return Vec3(0.5 * X[2], 0, 0); })), 1.0);
}

TEST(TrustedPart, AShearIsTakenToSixTenthsOfTheDistance) {
  const Field f;
  EXPECT_NEAR(trusted_part(f.mesh, f.none(), f.of([](const Vec3& X) { return Vec3(3.0 * X[2], 0, 0); })), 0.2, 1e-14);
}

TEST(TrustedPart, OneCellCanLimitAll) {
  const Field f;
  Eigen::VectorXd du = f.none();
  du[3 * 62] = 1.2;  // the node in the middle, against neighbours 1 mm away
  EXPECT_NEAR(trusted_part(f.mesh, f.none(), du), 0.5, 1e-14);
}

TEST(TrustedPart, ADistanceThatHasGrownCountsOneThatHasShrunkDoesNot) {
  const Field f;
  const Eigen::VectorXd longer = f.of([](const Vec3&X) { return Vec3(0, 0, 2.0 * X[2]); }), shorter = -0.25 * longer;
  const Eigen::VectorXd du = f.of([](const Vec3& X) { return Vec3(0, 0, 3.0 * X[2]); });
  EXPECT_NEAR(trusted_part(f.mesh, longer, du), 0.6, 1e-14);
  EXPECT_NEAR(trusted_part(f.mesh, shorter, du), 0.2, 1e-14);
}

TEST(TrustedPart, UnknownsBehindTheDisplacementsAreNoMatter) {
  const Field f;
  Eigen::VectorXd du = f.none();
  du.conservativeResize(du.size() + 1);
  du[du.size() - 1] = 1e6;
  Eigen::VectorXd u = Eigen::VectorXd::Zero(du.size());
  EXPECT_EQ(trusted_part(f.mesh, u, du), 1.0);
}

}  // namespace
}  // namespace nerveload
