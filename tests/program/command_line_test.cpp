#include <gtest/gtest.h>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {
ProgramResult run(const std::vector<std::string>& words) {
  const ScratchFolder folder;
  return run_program(words, folder.path());
}
}  // namespace

TEST(CommandLine, HelpAndVersion) {
  const ProgramResult help = run({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_TRUE(has(help.out, "nerveload check") && has(help.out, "exit status"));
  const ProgramResult version = run({"--version"});
  EXPECT_EQ(version.code, 0);
  for (const char* library : {"nerveload ", "Eigen", "VTK"}) EXPECT_TRUE(has(version.out, library)) << library;
  for (const char* verb : {"check", "list", "report"}) {
    const ProgramResult page = run({verb, "--help"});
    EXPECT_EQ(page.code, 0);
    EXPECT_TRUE(has(page.out, "example:")) << verb;
    EXPECT_EQ(page.err, "");
  }
}

TEST(CommandLine, UnknownWordsAreAnsweredWithTheNearest) {
  const ProgramResult verb = run({"chekc"});
  EXPECT_EQ(verb.code, 2);
  EXPECT_TRUE(has(verb.err, "did you mean check?")) << verb.err;
  const ProgramResult option = run({"check", "default", "--sett", "a=1"});
  EXPECT_EQ(option.code, 2);
  EXPECT_TRUE(has(option.err, "did you mean --set?")) << option.err;
  const ProgramResult topic = run({"list", "tresholds"});
  EXPECT_EQ(topic.code, 2);
  EXPECT_TRUE(has(topic.err, "did you mean thresholds?")) << topic.err;
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"check"}).code, 2);
  EXPECT_EQ(run({"check", "a", "b"}).code, 2);
}

TEST(CommandLine, AFileThatIsNotThereIsStatusFour) {
  const ProgramResult r = run({"check", "no_such.toml"});
  EXPECT_EQ(r.code, 4);
  EXPECT_TRUE(has(r.err, "no_such.toml: no such file"));
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(run({"check", "/"}).code, 4);
  EXPECT_EQ(run({"check", "/dev/zero"}).code, 4);
}

TEST(CommandLine, ListsWithUnitsAndSources) {
  EXPECT_TRUE(has(run({"list", "scenarios"}).out, "hamstring_straight_leg"));
  EXPECT_TRUE(has(run({"list", "materials"}).out, "main2011"));
  EXPECT_TRUE(has(run({"list", "thresholds"}).out, "rydevik1981"));
  const ProgramResult parameters = run({"list", "parameters", "--markdown"});
  EXPECT_EQ(parameters.code, 0);
  EXPECT_TRUE(has(parameters.out, "| roller.position_mm |"));
}

TEST(CommandLine, CheckPrintsAScenarioThatChecksTheSame) {
  const ScratchFolder folder;
  const ProgramResult first = run_program({"check", "figure_four_piriformis_syndrome", "--set", "load.force_kN=0.2"}, folder.path());
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(has(first.out, "force_kN = 0.2  # --set load.force_kN=0.2"));
  const ProgramResult second = run_program({"check", folder.write("again.toml", first.out)}, folder.path());
  ASSERT_EQ(second.code, 0) << second.err;
  auto bare = [](std::string text) {
    std::string kept;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) kept += line.substr(0, line.find("  #")) + "\n";
    return kept;
  };
  EXPECT_EQ(bare(first.out), bare(second.out));
}

TEST(CommandLine, AReportNeedsAFolderOfResults) {
  const ScratchFolder folder;
  const ProgramResult nowhere = run_program({"report", "nowhere"}, folder.path());
  EXPECT_EQ(nowhere.code, 4);
  EXPECT_TRUE(has(nowhere.err, "'nowhere' is no folder")) << nowhere.err;
  const ProgramResult empty = run_program({"report", folder.path().string()}, folder.path());
  EXPECT_EQ(empty.code, 4);
  EXPECT_TRUE(has(empty.err, "summary.json' is missing")) << empty.err;
  EXPECT_EQ(run_program({"report"}, folder.path()).code, 2);
}
