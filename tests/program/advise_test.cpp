#include <gtest/gtest.h>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

TEST(AdviseVerb, RefusesWhatIsWrong) {
  const ScratchFolder folder;
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{"--level", "pain"}, "caution, irritation or block"},
      {{"--keep", "0"}, "above 0, up to 1"},
      {{"--set", "roller.kind=none"}, "roller.kind = \"none\": advice is about a roller that presses"},
      {{"--set", "roller.friction=0.4"}, "roller.friction = 0.4: there are no derivatives with friction"},
      {{"--set", "load.indentation_mm=20"}, "no derivatives for a load that is no force"},
      {{"--set", "motion.kind=stroke"}, "motion.kind = \"stroke\""},
      {{"--set", "roller.position_mm=900"}, "roller.position_mm"},
  };
  for (const auto& [more, message] : wrong) {
    std::vector<std::string> words{"advise", "default", "-o", "out", "--fidelity", "coarse"};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramResult r = run_program(words, folder.path());
    EXPECT_EQ(r.code, 2) << more[1];
    EXPECT_TRUE(has(r.err, message)) << more[1] << ": " << r.err;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/advise.json"));
  EXPECT_EQ(run_program({"advise", "nowhere.toml"}, folder.path()).code, 4);
}
