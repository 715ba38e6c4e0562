#include "postprocess/mesh_bias.hpp"

#include <gtest/gtest.h>

namespace nerveload {
namespace {

TEST(MeshBias, IsSaidOfEveryMeshThatAFinerOneIsKnownFor) {
  EXPECT_NE(mesh_bias_text("coarse").find("the coarse mesh was 5 and 15 % lower"), std::string::npos) << mesh_bias_text("coarse");
  EXPECT_NE(mesh_bias_text("standard").find("0 and 4 % lower"), std::string::npos) << mesh_bias_text("standard");
  EXPECT_TRUE(mesh_bias("fine").empty());
  EXPECT_NE(mesh_bias_text("fine").find("No finer mesh"), std::string::npos);
}

/// What docs promise: at standard the nerve's pressure is within 10 % of fine.
TEST(MeshBias, OfStandardIsWithinTenPercent) {
  for (const MeshBias& b : mesh_bias("standard")) EXPECT_LT(std::abs(b.compression_percent), 10.0) << b.scenario;
}

}  // namespace
}  // namespace nerveload
