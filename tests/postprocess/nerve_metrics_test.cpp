#include "postprocess/nerve_metrics.hpp"

#include <gtest/gtest.h>

#include "tests/support/block_leg.hpp"

namespace nerveload {
namespace {

/// A leg under principal stretches of its axes that keep the volume, and carried elsewhere: σ_i = μ (λ_i² − mean λ²) everywhere.
struct Stretched {
  const Vec3 carried{7.0, -4.0, 3.0};
  BlockLeg leg;
  State state = Assembly(leg.model).initial_state(leg.model);
  double sigma_x, sigma_y;
  Stretched(double x, double y) {
    const Vec3 stretch(x, y, 1.0 / (x * y));
    for (int n = 0; n < static_cast<int>(leg.anatomy.mesh.X.size()); ++n)
      state.unknowns.segment<3>(3 * n) = carried + (stretch - Vec3::Ones()).cwiseProduct(leg.anatomy.mesh.X[n]);
    const Vec3 square = stretch.cwiseAbs2();
    sigma_x = 3.0 * (square[0] - square.mean());
    sigma_y = 3.0 * (square[1] - square.mean());
  }
};

TEST(NerveCompression, IsTheMeanNormalStressAcrossTheAxis) {
  const Stretched s(1.03, 0.96);
  for (const NerveCompression& c : measure_compression(s.leg.anatomy, *s.leg.body, s.state)) {
    EXPECT_NEAR(c.compression_kPa, -0.5 * (s.sigma_x + s.sigma_y), 1e-9);
    EXPECT_NEAR((c.centre - s.carried - Vec3(0.0, 0.0, (60.0 - c.station_mm) / (1.03 * 0.96))).norm(), 0.0, 1e-9);
    EXPECT_NEAR(c.flattening_percent, 4.0, 1e-9);
  }
}

/// The outward normal of an ellipse far wider than thick is its thickness, of one far thicker than wide its width.
TEST(NerveCompression, TheGirthIsPressedAlongTheNormalOfTheEllipse) {
  Stretched s(1.03, 0.96);
  for (const bool flat : {true, false}) {
    for (NerveSection& section : s.leg.anatomy.nerve.sections) {
      section.width_mm = flat ? 3000.0 : 2.0;
      section.thickness_mm = flat ? 2.0 : 3000.0;
    }
    for (const NerveCompression& c : measure_compression(s.leg.anatomy, *s.leg.body, s.state))
      EXPECT_NEAR(c.girth_kPa, flat ? -s.sigma_y : -s.sigma_x, 1e-5);
  }
}

TEST(NerveCompression, FlatteningIsOfTheMinorAxisWhereverItLies) {
  const Stretched s(0.9, 1.05);
  for (const NerveCompression& c : measure_compression(s.leg.anatomy, *s.leg.body, s.state)) EXPECT_NEAR(c.flattening_percent, 10.0, 1e-9);
}

TEST(NerveCompression, AWindowIsAtLeastTheLayersBesideIt) {
  const Stretched s(1.0, 1.0);
  for (const double window : {4.0, 25.0})
    for (const NerveCompression& c : measure_compression(s.leg.anatomy, *s.leg.body, s.state, window)) EXPECT_EQ(c.window_mm, std::max(window, 10.0));
}

TEST(WindowedMean, WeighsPiecesByWhatTheWindowHoldsOfThem) {
  const std::vector<double> breaks{0.0, 4.0, 6.0, 30.0}, values{1.0, 5.0, 2.0};
  EXPECT_NEAR(windowed_mean(breaks, values, 5.0, 8.0), (3.0 * 1.0 + 2.0 * 5.0 + 3.0 * 2.0) / 8.0, 1e-12);
  EXPECT_NEAR(windowed_mean(breaks, values, 0.0, 6.0), 1.0, 1e-12);   // what lies before the first break does not count
  EXPECT_NEAR(windowed_mean(breaks, values, 7.0, 8.0), 2.0, 1e-12);   // in a piece longer than the window
  EXPECT_NEAR(windowed_mean(breaks, values, -9.0, 8.0), 1.0, 1e-12);  // beyond the ends
  EXPECT_NEAR(windowed_mean(breaks, values, 60.0, 8.0), 2.0, 1e-12);
  EXPECT_NEAR(windowed_mean({0.0, 10.0, 20.0}, {1.0, 3.0}, 10.0, 4.0), 2.0, 1e-12);  // between two longer ones
}

TEST(Interpolate, IsLinearBetweenAndConstantBeyond) {
  const std::vector<double> at{-2.0, 0.0, 4.0}, values{1.0, 3.0, -1.0};
  EXPECT_EQ(interpolate(at, values, -5.0), 1.0);
  EXPECT_NEAR(interpolate(at, values, -0.5), 2.5, 1e-12);
  EXPECT_NEAR(interpolate(at, values, 1.0), 2.0, 1e-12);
  EXPECT_NEAR(interpolate(at, values, 3.0), 0.0, 1e-12);
  EXPECT_EQ(interpolate(at, values, 9.0), -1.0);
}

}  // namespace
}  // namespace nerveload
