#include "postprocess/nerve_profile.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/block_leg.hpp"

namespace nerveload {
namespace {

struct Pressed : ::testing::Test {
  static void SetUpTestSuite() {
    leg = new BlockLeg;
    states = leg->press(6.0, 2);
  }
  static void TearDownTestSuite() {
    delete leg;
    leg = nullptr;
  }
  static ProfileInput input(const State& state) {
    return {leg->anatomy, *leg->body, state, leg->cable, leg->arc_length_mm, BlockLeg::station_zero_mm, 1.08, {}, {}, 10.0};
  }
  static inline BlockLeg* leg = nullptr;
  static inline std::vector<State> states;
};

TEST_F(Pressed, OneGridFromRootToAnkle) {
  const NerveProfile p = measure_profile(input(states.back()));
  ASSERT_EQ(p.stations.size(), 13u);
  EXPECT_EQ(p.stations.front().arc_length_mm, -100.0);
  EXPECT_EQ(p.stations.back().arc_length_mm, 120.0);
  EXPECT_FALSE(p.stations.front().in_mesh);
  EXPECT_TRUE(p.stations[1].in_mesh);
  EXPECT_EQ(p.stations.front().compression_kPa, 0.0);
  EXPECT_GT(p.stations.front().tension_N, 0.0);
  for (std::size_t k = 1; k < p.stations.size(); ++k) EXPECT_GT(p.stations[k].arc_length_mm, p.stations[k - 1].arc_length_mm);
}

TEST_F(Pressed, TheAxisIsWrittenInThePersonsOwnAxes) {
  ProfileInput in = input(states.back());
  for (const bool mirrored : {false, true}) {
    in.frame.mirrored = mirrored;
    for (const NerveStation& s : measure_profile(in).stations) {
      if (!s.in_mesh) continue;
      EXPECT_DOUBLE_EQ(s.x_mm, (mirrored ? -1.0 : 1.0) * s.position.x());
      EXPECT_DOUBLE_EQ(s.y_mm, s.position.y());
      EXPECT_DOUBLE_EQ(s.z_mm, s.position.z());
    }
  }
}

TEST(Sagitta, IsTheDistanceFromTheChord) {
  NerveProfile p;
  for (int k = -4; k <= 4; ++k) {
    NerveStation s;
    s.arc_length_mm = 10.0 * k;
    s.position = Vec3(16.0 - k * k, 5.0, -10.0 * k);  // a parabola of height 16 over 80 mm
    s.in_mesh = k != 4;
    p.stations.push_back(s);
  }
  EXPECT_NEAR(sagitta(p, -30.0, 30.0), 9.0, 1e-12);
  EXPECT_NEAR(sagitta(p, -20.0, 20.0), 4.0, 1e-12);
  EXPECT_EQ(sagitta(p, 0.0, 10.0), 0.0);
  EXPECT_NEAR(sagitta(p, -30.0, 100.0), 9.0, 1e-12);  // the last station is outside the mesh
}

TEST_F(Pressed, TheRollerIsTheTotalLessThePose) {
  const auto pose = measure_compression(leg->anatomy, *leg->body, states[1]);
  auto neutral = pose;
  for (NerveCompression& c : neutral) c.compression_kPa = 0.25;
  ProfileInput in = input(states.back());
  in.pose = pose;
  in.neutral = neutral;
  const NerveProfile p = measure_profile(in);
  const auto total = measure_compression(leg->anatomy, *leg->body, states.back());
  for (std::size_t k = 0; k < total.size(); ++k) {
    const NerveStation& s = p.stations[k + 1];
    EXPECT_NEAR(s.compression_kPa, total[k].compression_kPa - 0.25, 1e-12);
    EXPECT_NEAR(s.compression_pose_kPa, pose[k].compression_kPa - 0.25, 1e-12);
    EXPECT_NEAR(s.compression_roller_kPa, total[k].compression_kPa - pose[k].compression_kPa, 1e-12);
  }
  // The roller stands at z = 50, station 10; between the roller and the bone the nerve is squeezed most.
  const Peak peak = peak_of(p, &NerveStation::compression_kPa);
  EXPECT_NEAR(peak.at_mm, 10.0, 10.0);
  EXPECT_GT(peak.value, 0.2);
  EXPECT_GT(length_above(p, &NerveStation::compression_kPa, 0.5 * peak.value), 10.0);
  EXPECT_LT(length_above(p, &NerveStation::compression_kPa, 0.5 * peak.value), 100.0);
}

TEST_F(Pressed, StrainIsCountedFromTheInSituState) {
  const NerveProfile rest = measure_profile(input(states.front()));
  for (const NerveStation& s : rest.stations) {
    EXPECT_NEAR(s.strain_percent, 0.0, 1e-6);
    EXPECT_NEAR(s.strain_from_slack_percent, 8.0, 1e-6);
    EXPECT_NEAR(s.tension_bearing_kPa, 0.0, 1e-9);
  }
  ProfileInput in = input(states.front());
  in.in_situ_stretch = 1.0;
  EXPECT_NEAR(measure_profile(in).stations[4].strain_percent, 8.0, 1e-6);
}

/// T κ / w with the curvature of the circle through three stations, 4 A / (a b c).
TEST_F(Pressed, ATautNerveBearsOnItsBedByTensionAndCurvature) {
  const NerveProfile p = measure_profile(input(states.back()));
  double most = 0.0;
  for (std::size_t k = 1; k + 1 < p.stations.size(); ++k) {
    const NerveStation &a = p.stations[k - 1], &b = p.stations[k], &c = p.stations[k + 1];
    if (!(a.in_mesh && b.in_mesh && c.in_mesh)) {
      EXPECT_EQ(b.tension_bearing_kPa, 0.0);
      continue;
    }
    const Vec3 ab = b.position - a.position, bc = c.position - b.position, ac = c.position - a.position;
    const double curvature = 2.0 * ab.cross(bc).norm() / (ab.norm() * bc.norm() * ac.norm());
    const double expected = 1000.0 * b.tension_N * curvature / b.width_mm;  // N / mm² to kPa
    EXPECT_NEAR(b.tension_bearing_kPa, expected, 0.01 * expected + 1e-6);
    most = std::max(most, expected);
  }
  EXPECT_GT(most, 0.01);
}

TEST_F(Pressed, ExcursionAndTangentAreThoseOfTheCable) {
  const NerveProfile rest = measure_profile(input(states.front()));
  const double tangent = CableFibre{}.at(1.08).tangent / 1000.0;
  for (const NerveStation& s : rest.stations) {
    EXPECT_NEAR(s.excursion_mm, 0.0, 1e-5);
    EXPECT_NEAR(s.tangent_modulus_MPa, tangent, 1e-5 * tangent);
  }
  EXPECT_NEAR(rest.mean_strain_percent, 0.0, 1e-6);
  // Pressed in the middle, the nerve is drawn towards it from both sides.
  ProfileInput in = input(states.back());
  in.path_elongation_mm = 7.0;
  const NerveProfile p = measure_profile(in);
  EXPECT_EQ(p.path_elongation_mm, 7.0);
  EXPECT_GT(p.mean_strain_percent, 0.0);
  const auto at = [&](double station) {
    return std::min_element(p.stations.begin(), p.stations.end(), [&](const NerveStation& a, const NerveStation& b) {
      return std::abs(a.arc_length_mm - station) < std::abs(b.arc_length_mm - station);
    });
  };
  EXPECT_GT(at(-40.0)->excursion_mm, 0.0);
  EXPECT_LT(at(60.0)->excursion_mm, 0.0);
}

TEST_F(Pressed, WithoutACableOnlyTheMeshIsReported) {
  ProfileInput in = input(states.back());
  in.cable = nullptr;
  const NerveProfile p = measure_profile(in);
  EXPECT_EQ(p.stations.size(), 11u);
  EXPECT_EQ(peak_of(p, &NerveStation::tension_N).value, 0.0);
}

TEST_F(Pressed, BeyondTheRootThereIsNoNerve) {
  ProfileInput in = input(states.back());
  in.station_zero_mm = 25.0;  // the root at station −25: two sections of the mesh lie above it
  const NerveProfile p = measure_profile(in);
  for (const NerveStation& s : p.stations) EXPECT_GE(s.arc_length_mm, -25.0);
  EXPECT_EQ(std::count_if(p.stations.begin(), p.stations.end(), [](const NerveStation& s) { return s.in_mesh; }), 9);
}

TEST(TimeAbove, IsLinearBetweenTheTimes) {
  const std::vector<double> t{0.0, 1.0, 3.0}, v{0.0, 2.0, 0.0};
  EXPECT_NEAR(time_above(t, v, 1.0), 0.5 + 1.0, 1e-14);
  EXPECT_NEAR(time_above(t, v, 0.0), 3.0, 1e-14);
  EXPECT_NEAR(time_above(t, v, 2.0), 0.0, 1e-14);
  EXPECT_NEAR(time_above(t, v, 5.0), 0.0, 1e-14);
  EXPECT_NEAR(time_above(std::vector<double>{}, std::vector<double>{}, 1.0), 0.0, 1e-14);
}

TEST(NerveColumns, NamesAreThoseOfTheInterface) {
  std::vector<std::string> names;
  for (const NerveColumn& c : nerve_columns()) names.emplace_back(c.name);
  for (const char* wanted :
       {"arc_length_mm", "compression_kPa", "compression_pose_kPa", "compression_roller_kPa", "strain_percent", "strain_from_slack_percent",
        "tension_N", "window_mm", "flattening_percent", "compression_utilisation", "tension_utilisation"})
    EXPECT_NE(std::find(names.begin(), names.end(), wanted), names.end()) << wanted;
}

}  // namespace
}  // namespace nerveload
