#include "postprocess/thresholds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

TEST(Thresholds, AreThePublishedFigures) {
  const ThresholdLadder l;
  EXPECT_NEAR(l.compression_kPa(1, LadderColumn::healthy, 1.0), 2.67, 0.005);
  EXPECT_NEAR(l.compression_kPa(2, LadderColumn::healthy, 1.0), 5.33, 0.005);
  EXPECT_NEAR(l.compression_kPa(3, LadderColumn::healthy, 1.0), 9.33, 0.005);
  EXPECT_NEAR(l.compression_kPa(1, LadderColumn::irritated, 1.0), 1.33, 0.005);
  EXPECT_NEAR(l.compression_kPa(3, LadderColumn::root, 1.0), 4.00, 0.005);
  EXPECT_EQ(l.strain_percent(1, LadderColumn::irritated), 3.0);
  EXPECT_EQ(l.strain_percent(3, LadderColumn::healthy), 15.7);
  EXPECT_TRUE(l.fault().empty()) << l.fault();
}

TEST(Thresholds, StructuralPressureFollowsTheTimeItIsHeld) {
  const ThresholdLadder l;
  const double mmHg = 0.133322;
  EXPECT_NEAR(l.compression_kPa(4, LadderColumn::healthy, 15.0) / mmHg, 3253.0 * std::pow(15.0, -0.774), 0.5);
  EXPECT_NEAR(l.compression_kPa(4, LadderColumn::healthy, 60.0) / mmHg, 3253.0 * std::pow(60.0, -0.774), 0.5);
  EXPECT_NEAR(l.compression_kPa(4, LadderColumn::healthy, 120.0) / mmHg, 80.0, 0.5);
  EXPECT_TRUE(std::isinf(l.compression_kPa(4, LadderColumn::healthy, 14.9)));
  EXPECT_TRUE(std::isinf(l.compression_kPa(4, LadderColumn::healthy, std::nan(""))));
}

TEST(Thresholds, OverridesAreChecked) {
  ThresholdLadder l;
  l.levels[2].compression_kPa[0] = 2.0;  // below L1
  EXPECT_NE(l.fault().find("irritation"), std::string::npos);
  l = {};
  l.levels[1].strain_percent[1] = -3.0;
  EXPECT_NE(l.fault().find("caution (irritated)"), std::string::npos);
  l = {};
  l.levels[3].compression_kPa[2] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(l.fault().empty());
  l = {};
  l.structural_exponent = 0.5;
  EXPECT_FALSE(l.fault().empty());
  EXPECT_THROW(l.compression_kPa(0, LadderColumn::healthy, 1.0), ContractError);
  EXPECT_THROW(l.compression_kPa(5, LadderColumn::healthy, 1.0), ContractError);
}

}  // namespace
}  // namespace nerveload
