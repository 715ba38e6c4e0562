#include "postprocess/files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <sstream>

#include "postprocess/sha256.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
namespace fs = std::filesystem;

TEST(Files, AppearOnlyWhole) {
  const ScratchFolder dir;
  write_text(dir.path() / "deep" / "a.txt", "first");
  EXPECT_EQ(text_of_file(dir.path() / "deep" / "a.txt"), "first");
  EXPECT_THROW(write_whole(dir.path() / "deep" / "a.txt",
                           [](const fs::path& beside) {
                             std::ofstream(beside) << "half";
                             throw OutputError("interrupted");
                           }),
               OutputError);
  EXPECT_EQ(text_of_file(dir.path() / "deep" / "a.txt"), "first");
  EXPECT_EQ(std::distance(fs::directory_iterator(dir.path() / "deep"), {}), 1);
}

TEST(Files, AFolderThatCannotBeMadeIsAnOutputError) {
  const ScratchFolder dir;
  write_text(dir.path() / "file", "x");
  EXPECT_THROW(write_text(dir.path() / "file" / "below", "x"), OutputError);
  EXPECT_THROW((void)prepare_output(dir.path() / "file", false), OutputError);
  EXPECT_THROW((void)prepare_output(dir.path() / "file" / "below", true), OutputError);
}

TEST(OutputFolder, WithSomethingElseIsRefusedUnlessForced) {
  const ScratchFolder dir;
  write_text(dir.path() / "thesis.doc", "years of work");
  write_text(dir.path() / "summary.json", "{}");
  EXPECT_THROW((void)prepare_output(dir.path(), false), OutputError);
  EXPECT_TRUE(fs::exists(dir.path() / "summary.json"));  // a refusal changes nothing
  (void)prepare_output(dir.path(), true);
  EXPECT_TRUE(fs::exists(dir.path() / "summary.json"));  // a run may still fail before it has anything better
  clear_output(dir.path());
  EXPECT_EQ(text_of_file(dir.path() / "thesis.doc"), "years of work");
  EXPECT_FALSE(fs::exists(dir.path() / "summary.json"));
}

TEST(OutputFolder, OfAnEarlierRunIsEmptied) {
  const ScratchFolder dir;
  write_text(dir.path() / "tissue" / "tissue_0099.vtu", "old");
  write_text(dir.path() / "history.csv.partial", "half");
  write_text(dir.path() / "summary.json", "{}");
  (void)prepare_output(dir.path(), false);
  clear_output(dir.path());
  EXPECT_TRUE(fs::is_empty(dir.path()));
  (void)prepare_output(dir.path() / "new" / "one", false);
  EXPECT_TRUE(fs::is_directory(dir.path() / "new" / "one"));
}

TEST(OutputFolder, WithAnotherCommandsResultsIsRefused) {
  const ScratchFolder dir;
  const FileNames envelope = {"envelope.csv", "runs", "pictures"};
  write_text(dir.path() / "envelope.csv", "hours of work");
  write_text(dir.path() / "runs" / "one.json", "hours of work");
  EXPECT_THROW((void)prepare_output(dir.path(), false), OutputError);
  (void)prepare_output(dir.path(), false, {}, envelope);
  (void)prepare_output(dir.path(), true);
  clear_output(dir.path());
  EXPECT_EQ(text_of_file(dir.path() / "runs" / "one.json"), "hours of work");
  clear_output(dir.path(), envelope);
  EXPECT_TRUE(fs::is_empty(dir.path()));
}

TEST(OutputFolder, BelongsToOneRunAtATime) {
  const ScratchFolder dir;
  {
    const FolderLock lock = prepare_output(dir.path(), false);
    EXPECT_THROW((void)prepare_output(dir.path(), true), OutputError);
    EXPECT_NO_THROW((void)prepare_output(dir.path() / "below", false));
  }
  EXPECT_NO_THROW((void)prepare_output(dir.path(), true));
}

/// Some of their names are the same.
TEST(OutputFolder, RunsAndSolvedModelsRefuseEachOthers) {
  const ScratchFolder run, model;
  for (const char* name : {"summary.json", "tissue.pvd"}) {
    write_text(run.path() / name, "one");
    write_text(model.path() / name, "one");
  }
  write_text(run.path() / "scenario.toml", "one");
  write_text(model.path() / "model.toml", "one");
  EXPECT_THROW((void)prepare_output(run.path(), false, {}, solid_result_names()), OutputError);
  EXPECT_THROW((void)prepare_output(model.path(), false), OutputError);
  EXPECT_NO_THROW((void)prepare_output(run.path(), false));
  EXPECT_NO_THROW((void)prepare_output(model.path(), false, {}, solid_result_names()));
}

TEST(OutputFolder, OfTheRunsOwnInputIsRefused) {
  const ScratchFolder dir;
  write_text(dir.path() / "model.toml", "kind = \"solid\"");
  EXPECT_THROW((void)prepare_output(dir.path(), true, dir.path() / "model.toml", solid_result_names()), OutputError);
  EXPECT_NO_THROW((void)prepare_output(dir.path() / "out", true, dir.path() / "model.toml", solid_result_names()));
}

TEST(NumberText, ReadsBackTheSameAndHasNoNaN) {
  for (const double v : {0.1, -1.0 / 3.0, 1e-300, 1.7976931348623157e308, 5e-324, 0.0}) EXPECT_EQ(std::strtod(number_text(v).c_str(), nullptr), v);
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity()), "");
  EXPECT_EQ(number_text(0.1), "0.1");
}

TEST(Sha256, IsTheStandardOne) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace nerveload
