#include "sweeps/distribution.hpp"

#include <gtest/gtest.h>

using namespace nerveload;

namespace {

Distribution read(const std::string& text) {
  const auto d = parse_distribution(text);
  EXPECT_TRUE(std::holds_alternative<Distribution>(d)) << text << ": " << std::get<std::string>(d);
  return std::get<Distribution>(d);
}
std::string refused(const std::string& text) {
  const auto d = parse_distribution(text);
  return std::holds_alternative<std::string>(d) ? std::get<std::string>(d) : "accepted";
}

}  // namespace

TEST(Distribution, ReadsEveryKind) {
  EXPECT_EQ(read("normal(58, 8)").arguments, (std::vector<double>{58, 8}));
  EXPECT_EQ(read("uniform( -1 ,2.5)").kind, Distribution::Kind::uniform);
  EXPECT_EQ(read("triangular(1, 1, 4)").arguments.size(), 3u);
  const Distribution cut = read("truncated(lognormal(20, 5), 10, 40)");
  EXPECT_EQ(cut.kind, Distribution::Kind::lognormal);
  EXPECT_EQ(*cut.low, 10.0);
  EXPECT_EQ(*cut.high, 40.0);
}

TEST(Distribution, BulkIsWhereAllButAMillionthLies) {
  EXPECT_NEAR(read("normal(0, 1)").bulk()[1], 4.7534, 1e-3);
  EXPECT_EQ(read("uniform(2, 3)").bulk(), (std::array<double, 2>{2.0, 3.0}));
  EXPECT_EQ(read("truncated(normal(0, 1), -2, 9)").bulk()[0], -2.0);
  EXPECT_LT(read("truncated(normal(0, 1), -2, 9)").bulk()[1], 5.0);
  EXPECT_GT(read("lognormal(20, 5)").bulk()[0], 0.0);
}

TEST(Distribution, SaysWhatIsWrong) {
  EXPECT_NE(refused("normal(58)").find("normal(mean, standard deviation)"), std::string::npos);
  EXPECT_NE(refused("norml(58, 8)").find("did you mean normal"), std::string::npos);
  EXPECT_NE(refused("normal(58, -8)").find("above zero"), std::string::npos);
  EXPECT_NE(refused("uniform(3, 3)").find("low below high"), std::string::npos);
  EXPECT_NE(refused("truncated(uniform(0, 1), 2, 3)").find("cuts off everything"), std::string::npos);
  EXPECT_NE(refused("truncated(truncated(uniform(0, 1), 0, 1), 0, 1)").find("cut off twice"), std::string::npos);
  for (const char* text : {"", "58", "normal(58, 8", "(58, 8)", "normal(a, b)", "normal(1, inf)", "truncated(normal(0, 1), 1)"})
    EXPECT_NE(refused(text).find("expected"), std::string::npos) << text;
}
