#include "solver/materials/material.hpp"

#include <gtest/gtest.h>

#include "solver/base/dual.hpp"

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

const Mat3<double> general{{1.3, 0.25, -0.1, 0.15, 0.8, 0.3, -0.2, 0.1, 1.05}};
const Mat3<double> squeezed{{0.5, 0.4, 0.0, -0.1, 1.5, 0.2, 0.3, -0.3, 1.2}};

template <class T>
Mat3<T> first_piola(const Response<T>& r, const Mat3<T>& F) {
  const Mat3<T> G = inverse(F, determinant(F));
  Mat3<T> P;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k) P(i, j) += r.tau(i, k) * G(j, k);
  return P;
}

/// ∂P_iJ/∂F_kL rebuilt from the spatial answer: F⁻¹_Jj F⁻¹_Ll (c_ijkl + τ_jl δ_ik).
double nominal_tangent(const Response<double>& r, const Mat3<double>& F, int i, int J, int k, int L) {
  const Mat3<double> G = inverse(F, determinant(F));
  double a = 0.0;
  for (int j = 0; j < 3; ++j)
    for (int l = 0; l < 3; ++l) a += G(J, j) * G(L, l) * (r.c[Sym3<double>::index(i, j)][Sym3<double>::index(k, l)] + (i == k ? r.tau(j, l) : 0.0));
  return a;
}

Mat3<Dual> along(const Mat3<double>& F, int k, int l) {
  Mat3<Dual> d;
  for (int i = 0; i < 9; ++i) d.a[i] = Dual(F.a[i], i == 3 * k + l ? 1.0 : 0.0);
  return d;
}

/// Checks stress and tangent of anything with energy(F) and respond(F).
template <class M>
void expect_derivatives(const M& m, const Mat3<double>& F, double tolerance) {
  const Response<double> r = m.respond(F);
  const Mat3<double> P = first_piola(r, F);
  for (int k = 0; k < 3; ++k)
    for (int l = 0; l < 3; ++l) {
      const Mat3<Dual> Fd = along(F, k, l);
      EXPECT_NEAR(P(k, l), m.energy(Fd).slope, tolerance) << "P " << k << l;
      const Mat3<Dual> Pd = first_piola(m.respond(Fd), Fd);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) EXPECT_NEAR(nominal_tangent(r, F, i, j, k, l), Pd(i, j).slope, tolerance) << "A " << i << j << k << l;
    }
}

template <class M>
void expect_differences(const M& m, const Mat3<double>& F, double tolerance) {
  const double h = 1e-5;
  const Response<double> r = m.respond(F);
  const Mat3<double> P = first_piola(r, F);
  for (int k = 0; k < 3; ++k)
    for (int l = 0; l < 3; ++l) {
      Mat3<double> plus = F, minus = F;
      plus(k, l) += h;
      minus(k, l) -= h;
      EXPECT_NEAR(P(k, l), (m.energy(plus) - m.energy(minus)) / (2 * h), tolerance);
      const Mat3<double> Pp = first_piola(m.respond(plus), plus), Pm = first_piola(m.respond(minus), minus);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) EXPECT_NEAR(nominal_tangent(r, F, i, j, k, l), (Pp(i, j) - Pm(i, j)) / (2 * h), tolerance);
    }
}

void expect_symmetric(const Response<double>& r) {
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) EXPECT_NEAR(r.c[i][j], r.c[j][i], 1e-12 * (1.0 + std::abs(r.c[i][j])));
}

Mat3<double> rotation() {
  const double a = 0.6, b = -1.1;
  const Mat3<double> Rz{{std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a), 0, 0, 0, 1}};
  const Mat3<double> Rx{{1, 0, 0, 0, std::cos(b), -std::sin(b), 0, std::sin(b), std::cos(b)}};
  return product(Rz, Rx);
}

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
      EXPECT_NEAR(r.c[i][j], mu * deviator, 1e-12);
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

TYPED_TEST(MatrixBattery, TangentIsSymmetric) {
  expect_symmetric(Sample<TypeParam>::make().respond(general));
  expect_symmetric(Sample<TypeParam>::make().respond(squeezed));
}

/// A fibre family seen as a material with an energy of F.
struct FibreOnly {
  FibreFamily family;
  Vec<double> a0{0.6, 0.0, 0.8};
  template <class T>
  T energy(const Mat3<T>& F) const {
    T sum = T(0.0);
    for (int i = 0; i < 3; ++i) {
      const T a = F(i, 0) * a0[0] + F(i, 1) * a0[1] + F(i, 2) * a0[2];
      sum += a * a;
    }
    return family.energy(T(sqrt(sum) * exp(-log(determinant(F)) / 3.0)));
  }
  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    Response<T> r;
    family.add_response(F, a0, r);
    return r;
  }
};

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
  expect_symmetric(m.respond(stretched(1.3)));
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

TEST(FibreFamily, ActiveToneIsAStressAtRest) {
  const FibreOnly m{{0.0, 1.0, 0.0, 1.1, 20.0}};
  const Response<double> r = m.respond(Mat3<double>::identity());
  EXPECT_NEAR(r.tau(0, 0), 20.0 * (0.36 - 1.0 / 3.0), 1e-12);
  EXPECT_NEAR(r.tau(2, 2), 20.0 * (0.64 - 1.0 / 3.0), 1e-12);
  EXPECT_NEAR(r.tau(0, 2), 20.0 * 0.48, 1e-12);
  expect_derivatives(m, general, 1e-10);
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

}  // namespace
}  // namespace nerveload
