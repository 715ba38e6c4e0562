#include "solver/materials/material.hpp"

#include <gtest/gtest.h>

#include "tests/solver/materials/derivatives.hpp"

namespace nerveload {
namespace {

/// One instance of each member of the variant, with its initial shear modulus. A new material adds its line here.
template <class M>
struct Sample;
template <>
struct Sample<NeoHookean> {
  static NeoHookean make() { return {3.5}; }
  static constexpr double shear_modulus = 3.5;
};
template <>
struct Sample<MooneyRivlin> {
  static MooneyRivlin make() { return {1.1, 0.4}; }
  static constexpr double shear_modulus = 3.0;
};
template <>
struct Sample<Ogden> {
  static Ogden make() { return {{{3.5, -1.25}, {0.6, 6.0}, {0.9, -4.5}}}; }
  static constexpr double shear_modulus = 5.0;
};

template <class M>
class MatrixBattery : public ::testing::Test {};
template <class V>
struct MembersOf;
template <class... M>
struct MembersOf<std::variant<M...>> {
  using Types = ::testing::Types<M...>;
};
TYPED_TEST_SUITE(MatrixBattery, MembersOf<Matrix>::Types);

TYPED_TEST(MatrixBattery, StressAndTangentAreDerivativesOfTheEnergy) {
  expect_derivatives(Sample<TypeParam>::make(), general, 1e-10);
  expect_derivatives(Sample<TypeParam>::make(), squeezed, 1e-10);
}

TYPED_TEST(MatrixBattery, SoTheyAreAtEqualStretches) {
  const auto m = Sample<TypeParam>::make();
  expect_differences(m, Mat3<double>::identity(), 1e-7);
  expect_differences(m, {{1.2, 0, 0, 0, 1.2, 0, 0, 0, 0.7}}, 1e-7);
  expect_differences(m, product(rotation(), Mat3<double>{{0.8, 0, 0, 0, 0.8, 0, 0, 0, 1.5}}), 1e-7);
  expect_differences(m, {{1.1, 0, 0, 0, 1.1 + 1e-7, 0, 0, 0, 1.1 - 1e-8}}, 1e-7);
}

TYPED_TEST(MatrixBattery, RestIsFreeOfEnergyAndStress) {
  const auto m = Sample<TypeParam>::make();
  EXPECT_NEAR(m.energy(Mat3<double>::identity()), 0.0, 1e-15);
  const Response<double> r = m.respond(Mat3<double>::identity());
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(r.tau[i], 0.0, 1e-14);
}

TYPED_TEST(MatrixBattery, SmallStrainModulusIsTheStatedOne) {
  const Response<double> r = Sample<TypeParam>::make().respond(Mat3<double>::identity());
  const double mu = Sample<TypeParam>::shear_modulus;
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) {
      const double deviator = (i == j ? (i < 3 ? 2.0 : 1.0) : 0.0) - (i < 3 && j < 3 ? 2.0 / 3.0 : 0.0);
      EXPECT_NEAR(r.c(i, j), mu * deviator, 1e-12);
    }
}

TYPED_TEST(MatrixBattery, RotationsDoNoWork) {
  const auto m = Sample<TypeParam>::make();
  const Mat3<double> RF = product(rotation(), general);
  EXPECT_NEAR(m.energy(RF), m.energy(general), 1e-13);
  const Mat3<double> Q = rotation();
  const Response<double> r = m.respond(general), rotated = m.respond(RF);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      double expected = 0.0;
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) expected += Q(i, k) * r.tau(k, l) * Q(j, l);
      EXPECT_NEAR(rotated.tau(i, j), expected, 1e-12);
    }
}

TYPED_TEST(MatrixBattery, VolumeChangeAloneDoesNoIsochoricWork) {
  const auto m = Sample<TypeParam>::make();
  Mat3<double> scaled = general;
  for (double& a : scaled.a) a *= 1.3;
  EXPECT_NEAR(m.energy(scaled), m.energy(general), 1e-13);
  const Response<double> r = m.respond(general);
  EXPECT_NEAR(r.tau[0] + r.tau[1] + r.tau[2], 0.0, 1e-13);
}

/// Uniaxial stretch along the fibre, volume kept, with a rotation on top.
Mat3<double> stretched(double s) {
  Mat3<double> F = Mat3<double>::identity();
  const Vec<double> a{0.6, 0.0, 0.8};
  const double t = 1.0 / std::sqrt(s);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) F(i, j) = (i == j ? t : 0.0) + (s - t) * a[i] * a[j];
  return product(rotation(), F);
}

TEST(FibreFamily, DerivativesInEveryRange) {
  const FibreOnly m{{0.3, 12.0, 40.0, 1.15, 0.0}};
  for (const double s : {0.8, 1.05, 1.1, 1.3}) expect_derivatives(m, stretched(s), 1e-10);
  const FibreOnly taut{{0.3, 12.0, 40.0, 1.15, 2.0, 1.08}};
  for (const double s : {0.8, 0.98, 1.03, 1.3}) expect_derivatives(taut, stretched(s), 1e-10);
}

TEST(FibreFamily, CompressedFibresDoNothing) {
  const FibreOnly m{{0.3, 12.0, 40.0, 1.15, 0.0}};
  const Response<double> r = m.respond(stretched(0.9));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(r.tau[i], 0.0);
}

TEST(FibreFamily, IsContinuousWhereTheToeEnds) {
  const FibreFamily f{0.3, 12.0, 40.0, 1.15, 0.0};
  EXPECT_NEAR(f.law(1.15 - 1e-12).f, f.law(1.15 + 1e-12).f, 1e-9);
  EXPECT_NEAR(f.energy(1.15 - 1e-12), f.energy(1.15 + 1e-12), 1e-9);
}

TEST(FibreFamily, APreStretchMovesTheLawAlong) {
  const FibreFamily slack{0.3, 12.0, 40.0, 1.15, 0.0};
  FibreFamily taut = slack;
  taut.pre_stretch = 1.1;
  for (const double stretch : {0.8, 0.95, 1.0, 1.03, 1.2}) {
    EXPECT_DOUBLE_EQ(taut.law(stretch).f, slack.law(1.1 * stretch).f) << stretch;
    EXPECT_DOUBLE_EQ(taut.law(stretch).slope, slack.law(1.1 * stretch).slope) << stretch;
  }
  EXPECT_GT(taut.law(1.0).f, 0.0);
  EXPECT_DOUBLE_EQ(taut.passive().law(1.02).f, taut.law(1.02).f);
  EXPECT_EQ(taut.tone().law(1.02).f, 0.0);
}

TEST(FibreFamily, ActiveToneIsAStressAtRest) {
  const FibreOnly m{{0.0, 1.0, 0.0, 1.1, 20.0}};
  const Response<double> r = m.respond(Mat3<double>::identity());
  EXPECT_NEAR(r.tau(0, 0), 20.0 * (0.36 - 1.0 / 3.0), 1e-12);
  EXPECT_NEAR(r.tau(2, 2), 20.0 * (0.64 - 1.0 / 3.0), 1e-12);
  EXPECT_NEAR(r.tau(0, 2), 20.0 * 0.48, 1e-12);
  expect_derivatives(m, general, 1e-10);
}

TEST(WeakPlane, DerivativesWithItsGroundSubstance) {
  const Laminate l = laminate_of(3.5, 0.1, 0.15);
  Material m;
  m.matrix = NeoHookean{l.shear_modulus};
  m.plane = l.plane;
  expect_derivatives(WholeMaterial{m}, general, 1e-10);
  expect_derivatives(WholeMaterial{m}, squeezed, 1e-10);
  expect_derivatives(WholeMaterial{m}, Mat3<double>::identity(), 1e-10);
}

/// Energy of two layers whose deformation gradients differ by a shear of the given amounts along the plane; F and normal as the laminate has them.
double layered_energy(double modulus, double film_modulus, double share, const Mat3<double>& F, const Vec<double>& N, const Vec<double>& shear) {
  auto energy = [&](double mu, double amount) {
    Mat3<double> Fi = F;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) Fi(i, j) += amount * shear[i] * N[j];
    return NeoHookean{mu}.energy(Fi);
  };
  return (1.0 - share) * energy(modulus, -share) + share * energy(film_modulus, 1.0 - share);
}

TEST(WeakPlane, ALaminateHasTheLeastEnergyOfItsLayers) {
  const double modulus = 3.5, film = 0.2, share = 0.12;
  const Laminate l = laminate_of(modulus, film, share);
  const Vec<double> N{0.6, 0.0, 0.8};
  const double homogenised = NeoHookean{l.shear_modulus}.energy(general) + l.plane.energy(general, N);
  // Two directions in the deformed plane: F times what is square to N.
  Vec<double> along{}, across{};
  for (int i = 0; i < 3; ++i) {
    along[i] = -0.8 * general(i, 0) + 0.6 * general(i, 2);
    across[i] = general(i, 1);
  }
  double least = 1e300;
  for (double a = -4.0; a <= 4.0; a += 0.01)
    for (double b = -4.0; b <= 4.0; b += 0.01)
      least = std::min(least, layered_energy(modulus, film, share, general, N,
                                             {a * along[0] + b * across[0], a * along[1] + b * across[1], a * along[2] + b * across[2]}));
  EXPECT_GE(least, homogenised - 1e-12);
  EXPECT_NEAR(least, homogenised, 1e-3 * homogenised);
}

TEST(WeakPlane, ShearsAcrossItsPlanesLikeLayersInSeriesAndAlongThemAsTheirMean) {
  const double modulus = 3.5, film = 0.2, share = 0.12;
  const Laminate l = laminate_of(modulus, film, share);
  Material m;
  m.matrix = NeoHookean{l.shear_modulus};
  m.plane = l.plane;
  const double series = 1.0 / ((1.0 - share) / modulus + share / film);
  for (const double gamma : {0.01, 0.5, 2.0}) {
    const Mat3<double> shear{{1, 0, gamma, 0, 1, 0, 0, 0, 1}};
    EXPECT_NEAR(m.respond(shear, {0, 0, 1}).tau(0, 2), series * gamma, 1e-12) << gamma;
    EXPECT_NEAR(m.respond(shear, {0, 1, 0}).tau(0, 2), l.shear_modulus * gamma, 1e-12) << gamma;
  }
}

TEST(Volumetric, BothLawsStartFromTheBulkModulus) {
  for (const auto law : {Volumetric::Law::quadratic, Volumetric::Law::logarithmic}) {
    const Volumetric v{1500.0, law};
    EXPECT_EQ(v.pressure(1.0), 0.0);
    EXPECT_NEAR(v.stiffness(1.0), 1500.0, 1e-12);
    const double h = 1e-6;
    for (const double theta : {0.7, 1.0, 1.2}) EXPECT_NEAR(v.stiffness(theta), (v.pressure(theta + h) - v.pressure(theta - h)) / (2 * h), 1e-4);
  }
}

TEST(Material, AddsMatrixAndFibres) {
  Material m;
  m.matrix = NeoHookean{2.0};
  m.fibres = FibreFamily{0.3, 12.0, 40.0, 1.15, 5.0};
  const Vec<double> a0{0.6, 0.0, 0.8};
  const Response<double> sum = m.respond(general, a0), ground = NeoHookean{2.0}.respond(general);
  const Response<double> fibres = FibreOnly{*m.fibres}.respond(general);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(sum.tau[i], ground.tau[i] + fibres.tau[i], 1e-13);
}

/// Two families in the plane of X and Y, at the same angle on either side of X.
WholeMaterial crossed_families(double angle) {
  WholeMaterial m;
  m.material.matrix = MooneyRivlin{1.1, 0.4};
  m.material.fibres = FibreFamily{0.3, 12.0, 40.0, 1.15, 0.0};
  m.a0 = {std::cos(angle), std::sin(angle), 0.0};
  m.material.second_fibres = DirectedFibres{*m.material.fibres, {std::cos(angle), -std::sin(angle), 0.0}};
  return m;
}

TEST(TwoFibreFamilies, StressAndTangentAreDerivativesOfTheEnergy) {
  WholeMaterial m = crossed_families(0.6);
  m.material.second_fibres->family = {0.5, 7.0, 25.0, 1.2, 3.0};  // a law of its own
  for (const double s : {0.8, 1.05, 1.4}) {
    const Mat3<double> F = product(general, stretched(s));
    expect_derivatives(m, F, 1e-10);
  }
}

/// A strip along X with its fibres at ±θ: stretched without shear, fibres at λ̄² = J^(−2/3) (λ₁² cos² θ + λ₂² sin² θ), and
///   τ₁ − τ₃ = J^(−2/3) (2 c10 (λ₁² − λ₃²)) − 2 c01 J^(2/3) (λ₁⁻² − λ₃⁻²) + 2 f λ₁² cos² θ / (λ₁² cos² θ + λ₂² sin² θ), τ₂ − τ₃ with sin² θ.
TEST(TwoFibreFamilies, AStripIsTheClosedForm) {
  for (const double angle : {0.3, 0.7, 1.2})
    for (const Vec<double>& l : {Vec<double>{1.25, 0.95, 0.85}, Vec<double>{0.9, 1.5, 0.8}, Vec<double>{1.2, 1.1, 1.05}}) {
      const WholeMaterial m = crossed_families(angle);
      const Response<double> r = m.respond(Mat3<double>{{l[0], 0, 0, 0, l[1], 0, 0, 0, l[2]}});
      const double scale = std::pow(l[0] * l[1] * l[2], -2.0 / 3.0);
      const double along_x = std::pow(l[0] * std::cos(angle), 2), along_y = std::pow(l[1] * std::sin(angle), 2), square = along_x + along_y;
      const double stretch = std::sqrt(scale * square);
      const double toe = 0.3 * (std::exp(12.0 * (std::min(stretch, 1.15) - 1.0)) - 1.0);
      const double f = stretch < 1.0 ? 0.0 : toe + 40.0 * std::max(0.0, stretch - 1.15);
      auto ground = [&](int i) { return 2.2 * scale * (l[i] * l[i] - l[2] * l[2]) - 0.8 / scale * (1 / (l[i] * l[i]) - 1 / (l[2] * l[2])); };
      EXPECT_NEAR(r.tau[0] - r.tau[2], ground(0) + 2.0 * f * along_x / square, 1e-12);
      EXPECT_NEAR(r.tau[1] - r.tau[2], ground(1) + 2.0 * f * along_y / square, 1e-12);
      EXPECT_NEAR(r.tau[0] + r.tau[1] + r.tau[2], 0.0, 1e-12);
      for (const int shear : {3, 4, 5}) EXPECT_NEAR(r.tau[shear], 0.0, 1e-13);
    }
}

}  // namespace
}  // namespace nerveload
