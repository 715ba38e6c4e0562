#include "meshes/corner_energy.hpp"

#include <gtest/gtest.h>

namespace nerveload {
namespace {

using Vec4 = CornerEnergy::Vec4;

TEST(CornerEnergy, IsLeastForASquareOfAnySize) {
  const CornerEnergy law{1.0, 1e-6, 1.0};
  EXPECT_NEAR(law.value(Vec4(1, 0, 0, 1)), 0.0, 1e-9);
  EXPECT_NEAR(law.value(Vec4(0, 7, -7, 0)), 0.0, 1e-9);
  EXPECT_GT(law.value(Vec4(2, 0, 0, 1)), 0.1);     // oblong
  EXPECT_GT(law.value(Vec4(1, 0, 0.5, 1)), 0.1);   // oblique
  EXPECT_GT(law.value(Vec4(1, 0, 1, 1e-3)), 1e3);  // nearly flat
}

/// First and second derivatives against central differences, with the hard and with the soft barrier.
TEST(CornerEnergy, DerivativesMatchDifferences) {
  for (const CornerEnergy& law : {CornerEnergy{1.0, 1e-6, 1.0}, CornerEnergy{0.05, 0.4, 0.0}, CornerEnergy{1.0, 0.3, 1.0}})
    for (const Vec4& q : {Vec4(1.2, 0.3, -0.2, 0.9), Vec4(3.0, -1.0, 0.4, 0.8)}) {
      Vec4 gradient, up, down;
      CornerEnergy::Mat4 hessian, unused;
      law.derivatives(q, gradient, hessian);
      for (int i = 0; i < 4; ++i) {
        const double h = 1e-6;
        const Vec4 d = h * Vec4::Unit(i);
        EXPECT_NEAR((law.value(q + d) - law.value(q - d)) / (2.0 * h), gradient[i], 1e-6 * (1.0 + gradient.norm()));
        law.derivatives(q + d, up, unused);
        law.derivatives(q - d, down, unused);
        EXPECT_LT(((up - down) / (2.0 * h) - hessian.col(i)).norm(), 1e-6 * (1.0 + hessian.norm()));
      }
    }
}

}  // namespace
}  // namespace nerveload
