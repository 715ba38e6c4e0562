#include "scenarios/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nerveload {
namespace {

TEST(Nearest, CountsWhatIsInsertedDeletedReplacedAndSwapped) {
  EXPECT_EQ(edit_distance("", "hip"), 3);
  EXPECT_EQ(edit_distance("force", "force"), 0);
  EXPECT_EQ(edit_distance("forse", "force"), 1);
  EXPECT_EQ(edit_distance("froce", "force"), 1);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(Nearest, AWordIsNearWithinAThirdOfItsLettersOrButForAPart) {
  const std::vector<std::string> known = {"force_N", "indentation_mm", "hip"};
  EXPECT_EQ(nearest_word("indentaton_mm", known), "indentation_mm");
  EXPECT_EQ(nearest_word("FORCE_n", known), "force_N");
  EXPECT_EQ(nearest_word("indentation", known), "indentation_mm");  // the unit is missing
  EXPECT_EQ(nearest_word("temperature", known), std::nullopt);
  EXPECT_EQ(nearest_word("hip", {}), std::nullopt);
}

TEST(Nearest, TheQuestionEndsAMessageOrIsNotAsked) {
  const std::vector<std::string> known = {"gluteal", "hamstring"};
  EXPECT_EQ("no place glutaeal" + did_you_mean("glutaeal", known), "no place glutaeal; did you mean gluteal?");
  EXPECT_EQ(did_you_mean("hamstrings", known, "\""), "; did you mean \"hamstring\"?");
  EXPECT_EQ(did_you_mean("ankle", known), "");
}

}  // namespace
}  // namespace nerveload
