/// The nerve's compression under a full load beside the uniform disc on an incompressible half-space [johnson1985].
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "postprocess/nerve_metrics.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {
namespace {

/// (σz + σr)/2 below the middle of a disc, kPa: area mm², pressure kPa, depth mm.
double half_space_pressure(double area, double pressure, double depth) {
  const double q = depth / std::sqrt(area / std::numbers::pi + depth * depth), vertical = pressure * (1.0 - q * q * q),
               radial = 0.5 * pressure * (2.0 - 3.0 * q + q * q * q);
  return 0.5 * (vertical + radial);
}

/// 33.4 kPa over 68.4 cm² [curran2008] at 35 mm: σz 26.2 and σr 6.95 kPa.
TEST(HalfSpaceFormula, HasItsCheckValue) { EXPECT_NEAR(half_space_pressure(6840.0, 33.4, 35.0), 0.5 * (26.2 + 6.95), 0.03); }

class HalfSpace : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Library, HalfSpace, testing::Values("default", "hamstring_straight_leg"),
                         [](const auto& each) { return std::string(each.param); });

/// With the run's own area, pressure and depth (unloaded, straight behind the nerve): the femur and a nerve unlike its bed make
/// the band 0.5–2.5 (target T4).
TEST_P(HalfSpace, CompressionIsWithinTheBandAtFullLoad) {
  const std::vector<std::string> coarse{"mesh.fidelity=coarse"};
  const Simulation sim = simulate(read_scenario(GetParam(), coarse));
  ASSERT_TRUE(sim.results.complete) << sim.results.reason;
  const LegModel& leg = *sim.leg;
  const LegStep& loaded = sim.outcome.steps.back();
  const auto sections = measure_compression(leg.anatomy, *leg.body, loaded.state);
  const auto most =
      std::max_element(sections.begin(), sections.end(), [](const auto& a, const auto& b) { return a.compression_kPa < b.compression_kPa; });
  const auto& nerve = leg.anatomy.nerve.sections;
  const auto section = std::min_element(nerve.begin(), nerve.end(), [&](const auto& a, const auto& b) {
    return std::abs(a.station_mm - most->station_mm) < std::abs(b.station_mm - most->station_mm);
  });
  const double depth = (skin_at(leg.anatomy, section->station_mm).position - section->centre).norm();
  const double area = loaded.contact.area, pressure = loaded.contact.mean_pressure;
  const double expected = half_space_pressure(area, pressure, depth);
  std::printf("%s: %.1f kPa at %.0f mm, depth %.1f mm, area %.0f cm2 at %.1f kPa; half-space %.1f kPa, ratio %.2f\n", GetParam(),
              most->compression_kPa, most->station_mm, depth, area / 100, pressure, expected, most->compression_kPa / expected);
  EXPECT_GT(most->compression_kPa, 0.5 * expected);
  EXPECT_LT(most->compression_kPa, 2.5 * expected);
}

}  // namespace
}  // namespace nerveload
