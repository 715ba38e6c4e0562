#include <gtest/gtest.h>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

ProgramResult envelope(const ScratchFolder& folder, const std::vector<std::string>& more) {
  std::vector<std::string> words{"envelope", "default", "-o", "out", "--fidelity", "coarse"};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words, folder.path());
}

}  // namespace

TEST(EnvelopeVerb, RefusesWhatIsWrong) {
  const ScratchFolder folder;
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{"--positions", "0,x"}, "--positions takes numbers with commas between them"},
      {{"--positions", "0:10"}, "FROM:TO:COUNT"},
      {{"--hip", "0:10:1"}, "a whole COUNT from 2 to 1000"},
      {{"--rollers", "hrad"}, "did you mean hard?"},
      {{"--level", "pain"}, "caution, irritation or block"},
      {{"--up-to", "3"}, "from 0.01 to 1.5"},
      {{"--positions", "900"}, "roller.position_mm"},
      {{"--set", "roller.kind=none"}, "wants a roller that presses"},
      {{"--rollers", "none"}, "wants a roller that presses"},
      {{"--set", "roller.friction=0.4"}, "roller.friction = 0.4: an envelope is found without friction"},
  };
  for (const auto& [words, message] : wrong) {
    const ProgramResult r = envelope(folder, words);
    EXPECT_EQ(r.code, 2) << words[0] << " " << words[1];
    EXPECT_TRUE(has(r.err, message)) << words[1] << ": " << r.err;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/envelope.csv"));
}

// One place; the second call finds it in the folder.
TEST(EnvelopeVerb, LeavesTablesGridAndMapAndResumes) {
  const ScratchFolder folder;
  const std::vector<std::string> words = {"--positions=-20", "--hip", "60", "--up-to", "0.32"};
  const ProgramResult r = envelope(folder, words);
  ASSERT_EQ(r.code, 0) << r.out << r.err;
  EXPECT_TRUE(has(r.err, "[1 of 1] -20 mm, hip 60, knee 80, standard: reached at ")) << r.err;
  const std::string csv = text_of_file(folder.path() / "out/envelope.csv");
  EXPECT_TRUE(has(csv, "-20,60,80,standard,") && has(csv, ",compression,reached,")) << csv;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/envelope/standard.vts"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/pictures/envelope_standard_knee_80.png"));
  std::vector<std::string> again = words;
  again.push_back("--resume");
  const ProgramResult kept = envelope(folder, again);
  EXPECT_EQ(kept.code, 0) << kept.err;
  EXPECT_FALSE(has(kept.err, "[1 of 1]")) << kept.err;
  EXPECT_EQ(text_of_file(folder.path() / "out/envelope.csv"), csv);
}
