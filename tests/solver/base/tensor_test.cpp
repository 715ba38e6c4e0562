#include "solver/base/tensor.hpp"

#include <gtest/gtest.h>

#include "solver/base/dual.hpp"

namespace nerveload {
namespace {

Mat3<double> sample() { return {{1.2, 0.3, -0.1, 0.05, 0.8, 0.4, -0.2, 0.1, 1.1}}; }

TEST(Tensor, InverseTimesTensorIsIdentity) {
  const Mat3<double> F = sample(), one = product(F, inverse(F, determinant(F)));
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) EXPECT_NEAR(one(i, j), i == j ? 1.0 : 0.0, 1e-15);
}

TEST(Tensor, DeterminantIsMultiplicative) {
  const Mat3<double> F = sample(), G = {{0.9, 0.2, 0.0, -0.3, 1.4, 0.1, 0.2, 0.0, 0.7}};
  EXPECT_NEAR(determinant(product(F, G)), determinant(F) * determinant(G), 1e-15);
}

/// Rebuilds the tensor from its spectrum and checks the vectors.
void expect_spectrum(const Sym3<double>& b, double tolerance) {
  const Spectrum<double> s = spectrum(b);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      double rebuilt = 0.0, dot = 0.0;
      for (int k = 0; k < 3; ++k) {
        rebuilt += s.vectors(i, k) * s.values[k] * s.vectors(j, k);
        dot += s.vectors(k, i) * s.vectors(k, j);
      }
      EXPECT_NEAR(rebuilt, b(i, j), tolerance);
      EXPECT_NEAR(dot, i == j ? 1.0 : 0.0, 1e-14);
    }
}

TEST(Spectrum, RebuildsATensor) { expect_spectrum(left_cauchy_green(sample()), 1e-14); }

TEST(Spectrum, SurvivesEqualAndNearlyEqualValues) {
  expect_spectrum({{1, 1, 1, 0, 0, 0}}, 0.0);
  expect_spectrum({{2, 2, 1, 0, 0, 0}}, 1e-15);
  expect_spectrum({{1, 1, 1, 1e-13, -1e-13, 2e-13}}, 1e-15);
  expect_spectrum({{1, 1 + 1e-9, 1, 1e-9, 0, 1e-10}}, 1e-15);
}

TEST(Spectrum, SurvivesADeviatorThatIsOnlyRounding) {
  // Of a cell of an unloaded leg: two entries of the diagonal differ from the mean by its rounding, and the trace of the deviator was not zero.
  const Mat3<double> F{{0x1.fffffffffffffp-1, 0x1p-55, -0x1p-56, 0x1p-55, 0x1.fffffffffffffp-1, 0x1p-54, -0x1.8p-55, 0x0p+0, 0x1.fffffffffffffp-1}};
  expect_spectrum(left_cauchy_green(F), 2e-15);
  constexpr double ulp = 0x1p-52;
  for (int i = -2; i <= 2; ++i)
    for (int j = -2; j <= 2; ++j)
      for (int k = -2; k <= 2; ++k)
        for (const double off : {0.0, 0.25 * ulp, ulp}) {
          Sym3<double> b;
          b[0] = 1.0 + i * ulp;
          b[1] = 1.0 + j * ulp;
          b[2] = 1.0 + k * ulp;
          b[3] = off;
          b[5] = -0.5 * off;
          expect_spectrum(b, 2e-15);
        }
}

TEST(Spectrum, CopesWithVeryDifferentValues) {
  expect_spectrum({{1e4, 1e-4, 1.0, 0.5, 1e-3, -0.2}}, 1e-11);
  expect_spectrum({{1e-6, 1e-6, 1e6, 0, 1e-3, 1e-2}}, 1e-9);
}

TEST(Dual, DerivativesOfEveryOperation) {
  const double x = 0.7, h = 1e-6;
  auto f = [](auto v) { return exp(v) * log(v + 2.0) / sqrt(v * v + 1.0) - abs(-v) * 3.0; };
  const Dual d = f(Dual(x, 1.0));
  EXPECT_DOUBLE_EQ(d.value, f(x));
  EXPECT_NEAR(d.slope, (f(x + h) - f(x - h)) / (2 * h), 1e-9);
}

}  // namespace
}  // namespace nerveload
