/// Elementary functions of packs, in every instruction set that this processor has.
#include "solver/base/pack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "solver/elements/element_kernels.hpp"

namespace nerveload {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();

class Packs : public testing::TestWithParam<const ElementKernels*> {
 protected:
  /// f of any count of numbers.
  static std::vector<double> apply(PackFunction f, const std::vector<double>& x) {
    constexpr std::size_t lanes = 8;
    std::vector<double> y(x.size());
    for (std::size_t i = 0; i < x.size(); i += lanes) {
      alignas(64) double from[lanes], to[lanes];
      for (std::size_t k = 0; k < lanes; ++k) from[k] = x[std::min(i + k, x.size() - 1)];
      GetParam()->apply(f, from, to, lanes);
      for (std::size_t k = 0; k < lanes && i + k < x.size(); ++k) y[i + k] = to[k];
    }
    return y;
  }
  template <class Reference>
  static void expect_relative(PackFunction f, const std::vector<double>& x, Reference&& reference, double tolerance) {
    const std::vector<double> y = apply(f, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double wanted = reference(static_cast<long double>(x[i]));
      EXPECT_LE(std::abs(y[i] - wanted), tolerance * std::abs(wanted)) << x[i];
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Modes, Packs, testing::ValuesIn(usable_kernels().begin(), usable_kernels().end()), [](const auto& kernels) {
  std::string name = kernels.param->name;
  std::erase(name, '-');
  return name;
});

TEST_P(Packs, ExponentialIsExactToRounding) {
  std::vector<double> x;
  for (int i = -7080; i <= 7097; ++i) x.push_back(0.1 * i + 1e-3 * std::sin(i));
  for (int i = 0; i < 4000; ++i) x.push_back(std::ldexp(1.0 + i / 4000.0, -i % 60) * (i % 2 ? 1.0 : -1.0));
  expect_relative(
      PackFunction::exp, x, [](long double v) { return std::exp(v); }, 5e-16);
  const std::vector<double> edge = apply(PackFunction::exp, {0.0, 709.78, 709.79, 800.0, infinity, -800.0, -infinity, nan});
  EXPECT_EQ(edge[0], 1.0);
  EXPECT_TRUE(std::isfinite(edge[1]));
  for (const int i : {2, 3, 4}) EXPECT_EQ(edge[i], infinity);
  for (const int i : {5, 6}) EXPECT_EQ(edge[i], 0.0);
  EXPECT_TRUE(std::isnan(edge[7]));
}

TEST_P(Packs, LogarithmIsExactToRounding) {
  std::vector<double> x;
  for (int i = -1021; i <= 1023; ++i) x.push_back(std::ldexp(1.0 + std::abs(std::sin(i)), i));
  for (int i = 0; i < 4000; ++i) x.push_back(1.0 + std::ldexp(1.0 + i / 4000.0, -1 - i % 50) * (i % 2 ? 1.0 : -0.5));
  expect_relative(
      PackFunction::log, x, [](long double v) { return std::log(v); }, 5e-16);
  const std::vector<double> edge = apply(PackFunction::log, {1.0, infinity, 0.0, -0.0, -1.0, -infinity, 1e-310, nan});
  EXPECT_EQ(edge[0], 0.0);
  EXPECT_EQ(edge[1], infinity);
  for (const int i : {2, 3, 4, 5, 6, 7}) EXPECT_TRUE(std::isnan(edge[i])) << i;
}

TEST_P(Packs, RootsSizesAndOrder) {
  const std::vector<double> x{2.0, -3.0, 0.0, 1e300, 1e-300, nan, 9.0, -1e-9};
  const std::vector<double> root = apply(PackFunction::sqrt, x), size = apply(PackFunction::abs, x);
  const std::vector<double> least = apply(PackFunction::min, x), most = apply(PackFunction::max, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double other = -x[i] * x[i] / 3.0;
    if (x[i] >= 0.0) {
      EXPECT_EQ(root[i], std::sqrt(x[i]));
    } else {
      EXPECT_TRUE(std::isnan(root[i]));
    }
    if (std::isnan(x[i])) {
      EXPECT_TRUE(std::isnan(size[i]) && std::isnan(least[i]) && std::isnan(most[i]));
      continue;
    }
    EXPECT_EQ(size[i], std::abs(x[i]));
    EXPECT_EQ(least[i], std::min(x[i], other));
    EXPECT_EQ(most[i], std::max(x[i], other));
  }
}

}  // namespace
}  // namespace nerveload
