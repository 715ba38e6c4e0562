#include "postprocess/mesh_bias.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace nerveload {
namespace {

TEST(MeshBias, IsSaidOfEveryMeshThatAFinerOneIsKnownFor) {
  const std::string coarse = mesh_bias_text("coarse"), standard = mesh_bias_text("standard");
  EXPECT_NE(coarse.find("its pressure on the coarse mesh was 2 to 16 % lower; in the 2 that hardly press it"), std::string::npos) << coarse;
  EXPECT_NE(standard.find("its pressure on the standard mesh was 4 % lower to 1 % higher;"), std::string::npos) << standard;
  EXPECT_NE(standard.find("at most 0.1 kPa"), std::string::npos) << standard;
  EXPECT_TRUE(mesh_bias("fine").empty());
  EXPECT_NE(mesh_bias_text("fine").find("No finer mesh"), std::string::npos);
}

/// What docs promise of scenarios that press the nerve, and of those that hardly do.
TEST(MeshBias, OfStandardIsWithinSixPercentOrAFifthOfAKilopascal) {
  for (const MeshBias& b : mesh_bias("standard")) {
    EXPECT_LT(std::abs(b.compression_difference), std::max(0.2, 0.06 * b.compression_kPa)) << b.scenario;
    EXPECT_LT(std::abs(b.strain_difference), 0.05) << b.scenario;
  }
}

}  // namespace
}  // namespace nerveload
