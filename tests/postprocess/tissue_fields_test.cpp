#include "postprocess/tissue_fields.hpp"

#include <gtest/gtest.h>

#include <Eigen/SVD>

#include "solver/newton.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

/// Two cells of 1 and 2 mm in a row, a region each, deformed alike: σ = μ J^(−5/3) dev(F Fᵀ) + κ (J − 1) I.
class TwoCells : public testing::Test {
 protected:
  static constexpr double shear_modulus = 5.0, J = 0.98, pressures[] = {2.0, 5.0};
  static Mesh mesh() {
    Mesh m = block_mesh({3.0, 1.0, 1.0}, {2, 1, 1});
    for (Vec3& X : m.X)
      if (std::abs(X.x()) < 1e-9) X.x() = -0.5;
    m.region_names = {"soft", "softer"};
    m.region = {0, 1};
    return m;
  }
  TwoCells()
      : solid(mesh(),
              {material(NeoHookean{shear_modulus}, pressures[0] / (1.0 - J)), material(NeoHookean{shear_modulus}, pressures[1] / (1.0 - J))}) {
    F << 1.0, 0.4, -0.2, 0.0, 1.0, 0.7, 0.0, 0.0, J;
    state = Assembly(solid.model).initial_state(solid.model);
    for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) state.unknowns.segment<3>(3 * n) = F * solid.mesh.X[n] - solid.mesh.X[n];
    fields = tissue_fields(*solid.body, state);
  }
  Mat3d cauchy(int cell) const {
    const Mat3d b = F * F.transpose();
    return shear_modulus * std::pow(J, -5.0 / 3.0) * (b - b.trace() / 3.0 * Mat3d::Identity()) - pressures[cell] * Mat3d::Identity();
  }

  Solid solid;
  Mat3d F;
  State state;
  TissueFields fields;
};

TEST_F(TwoCells, HaveTheStressOfTheirMaterial) {
  const int row[] = {0, 1, 2, 0, 1, 0}, column[] = {0, 1, 2, 1, 2, 2};
  for (int c = 0; c < 2; ++c)
    for (int i = 0; i < 6; ++i) EXPECT_NEAR(fields.cauchy_stress_kPa[c][i], cauchy(c)(row[i], column[i]), 1e-9) << c << " " << i;
}

TEST_F(TwoCells, HaveTheInvariantsOfStressAndStrain) {
  const Mat3d s = cauchy(0) - cauchy(0).trace() / 3.0 * Mat3d::Identity();
  const double von_mises = std::sqrt(1.5 * s.squaredNorm()), least = F.jacobiSvd().singularValues()[2];
  for (int c = 0; c < 2; ++c) {
    EXPECT_NEAR(fields.pressure_kPa[c], pressures[c], 1e-9);
    EXPECT_NEAR(fields.von_mises_kPa[c], von_mises, 1e-9);
    EXPECT_NEAR(fields.min_principal_stretch[c], least, 1e-9);
  }
}

TEST_F(TwoCells, SharePressureAtNodesByVolume) {
  for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) {
    const double x = solid.mesh.X[n].x(), expected = x < -1.0 ? 2.0 : x > 1.0 ? 5.0 : (1.0 * 2.0 + 2.0 * 5.0) / 3.0;
    EXPECT_NEAR(fields.node_pressure_kPa[n], expected, 1e-9) << x;
  }
}

TEST_F(TwoCells, PeaksAreOfTheirRegions) {
  fields.von_mises_kPa = {3.0, 4.0};
  fields.min_principal_stretch = {0.5, 0.6};
  const auto peaks = region_peaks(solid.mesh, fields);
  ASSERT_EQ(peaks.size(), 2u);
  EXPECT_EQ(peaks.at("soft").von_mises_kPa, 3.0);
  EXPECT_EQ(peaks.at("softer").von_mises_kPa, 4.0);
  EXPECT_NEAR(peaks.at("softer").pressure_kPa, 5.0, 1e-9);
  EXPECT_EQ(peaks.at("soft").min_principal_stretch, 0.5);
}

}  // namespace
}  // namespace nerveload
