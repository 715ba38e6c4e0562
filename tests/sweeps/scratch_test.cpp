/// A store that is written on a disk of the node and put into the sweep's folder whole.
#include <gtest/gtest.h>

#include "postprocess/files.hpp"
#include "sweeps/scratch_store.hpp"
#include "sweeps/sweep_folder.hpp"
#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

/// Stands where a store is put down on its way home, as a network's folder that cannot be written.
std::filesystem::path obstacle_in(const std::filesystem::path& out) {
  const std::filesystem::path obstacle = out / (std::string(store_name) + ".partial");
  std::filesystem::create_directories(obstacle / "in the way");
  return obstacle;
}

PointOutcome unhurried_point(const PointTask& task) {
  usleep(60'000);  // rows are committed a few at a time
  return tiny_point(task);
}

bool holds_nothing(const std::filesystem::path& folder) {
  return std::filesystem::directory_iterator(folder) == std::filesystem::directory_iterator();
}

}  // namespace

TEST(ScratchStore, ComesHomeWhenStoppedAndAtTheEndAndGoesOnFromThere) {
  const ScratchFolder folder;
  const SweepPlan plan = tiny_plan(6);
  const std::filesystem::path out = folder.path() / "out", node = folder.path() / "node";
  SweepOptions how;
  how.scratch = node;
  bool there_meanwhile = false;
  std::int64_t done = 0;
  how.observer = [&](const SweepProgress& p) {
    done = p.done;
    there_meanwhile = there_meanwhile || std::filesystem::exists(out / store_name);
  };
  how.stopped = [&] { return done >= 5; };
  EXPECT_TRUE(run_sweep(plan, out, unhurried_point, how).stopped);
  EXPECT_FALSE(there_meanwhile) << "it was on the node";
  EXPECT_TRUE(holds_nothing(node)) << "nothing is left there";
  std::int64_t kept = 0;
  for (const auto& [status, n] : SweepStore::read(out / store_name).counts()) kept += n;
  EXPECT_GE(kept, 5);
  EXPECT_LT(kept, 24);

  how.stopped = nullptr;
  EXPECT_THROW(run_sweep(plan, out, tiny_point, how), OutputError) << "not without --resume";
  how.resume = true;
  EXPECT_EQ(run_sweep(plan, out, tiny_point, how).kept, kept);
  SweepOptions plain;
  run_sweep(plan, folder.path() / "plain", tiny_point, plain);
  EXPECT_EQ(rows_of(SweepStore::read(out / store_name)), rows_of(SweepStore::read(folder.path() / "plain" / store_name)));
}

TEST(ScratchStore, ComesHomeNowAndThen) {
  const ScratchFolder folder;
  const std::filesystem::path out = folder.path() / "out";
  SweepOptions how;
  how.scratch = folder.path() / "node";
  how.shelve_every_s = 0.0;
  bool there_meanwhile = false;
  how.observer = [&](const SweepProgress& p) { there_meanwhile = there_meanwhile || (p.done < p.of && std::filesystem::exists(out / store_name)); };
  run_sweep(tiny_plan(2), out, unhurried_point, how);
  EXPECT_TRUE(there_meanwhile);
}

TEST(ScratchStore, APeriodThatFailsWarnsAndTheNextTriesAgain) {
  const ScratchFolder folder;
  const std::filesystem::path out = folder.path() / "out", obstacle = obstacle_in(out);
  SweepOptions how;
  how.scratch = folder.path() / "node";
  how.shelve_every_s = 0.0;
  std::vector<std::string> warnings;
  how.warned = [&](const std::string& words) {
    warnings.push_back(words);
    std::filesystem::remove_all(obstacle);
  };
  bool there_meanwhile = false;
  how.observer = [&](const SweepProgress& p) { there_meanwhile = there_meanwhile || (p.done < p.of && std::filesystem::exists(out / store_name)); };
  EXPECT_EQ(run_sweep(tiny_plan(2), out, unhurried_point, how).counts.at("complete"), 8);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(has(warnings[0], "tried again")) << warnings[0];
  EXPECT_TRUE(there_meanwhile);
}

TEST(ScratchStore, ComesHomeAlsoWhenTheSweepFails) {
  const ScratchFolder folder;
  const std::filesystem::path out = folder.path() / "out", node = folder.path() / "node";
  SweepOptions how;
  how.scratch = node;
  how.observer = [](const SweepProgress& p) {
    if (p.done >= 3) throw std::runtime_error("cannot start a worker");
  };
  EXPECT_THROW(run_sweep(tiny_plan(2), out, unhurried_point, how), std::runtime_error);
  EXPECT_GE(SweepStore::read(out / store_name).counts()["complete"], 3);
  EXPECT_TRUE(holds_nothing(node));
}

TEST(ScratchStore, WhatCannotComeHomeStaysAndIsNamed) {
  const ScratchFolder folder;
  const std::filesystem::path out = folder.path() / "out", node = folder.path() / "node", obstacle = obstacle_in(out);
  SweepOptions how;
  how.scratch = node;
  how.observer = [](const SweepProgress& p) {
    if (p.done >= 3) throw std::runtime_error("cannot start a worker");
  };
  std::string said;
  try {
    run_sweep(tiny_plan(2), out, unhurried_point, how);
  } catch (const OutputError& e) {
    said = e.what();
  }
  ASSERT_FALSE(holds_nothing(node));
  const std::filesystem::path left = std::filesystem::directory_iterator(node)->path();
  EXPECT_TRUE(said.starts_with("cannot start a worker; ")) << said;
  EXPECT_TRUE(has(said, "'" + left.string() + "'")) << said;

  // What the message advises.
  std::filesystem::remove_all(obstacle);
  std::filesystem::copy(left, out, std::filesystem::copy_options::recursive);
  prepare_folder(out, false, sweep_names());
  SweepOptions on;
  on.resume = true;
  EXPECT_GE(run_sweep(tiny_plan(2), out, tiny_point, on).kept, 3);
}

TEST(ScratchStore, WhatARunWithoutItLeftInItsLogIsNotLost) {
  const ScratchFolder folder;
  const SweepPlan plan = tiny_plan(2);
  const std::filesystem::path out = folder.path() / "out", other = folder.path() / "copy";
  run_sweep(plan, out, tiny_point, {});
  std::string before;
  {
    // As a kill leaves it: rows that are in the log alone.
    SweepStore open = SweepStore::open(out / store_name);
    StoredPoint p{1, "{}", "incomplete", "", "{}", "", "", "", 0.0, 0.0, false};
    open.put(std::array{p});
    ASSERT_TRUE(std::filesystem::exists((out / store_name).string() + "-wal"));
    std::filesystem::copy(out, other);
    before = rows_of(open);
  }
  SweepStore::exists(other / store_name);
  const ScratchStore scratch(folder.path() / "node", other);
  EXPECT_EQ(rows_of(SweepStore::read(scratch.file())), before);
  EXPECT_FALSE(std::filesystem::exists((other / store_name).string() + "-wal"));
}

TEST(ScratchStore, AFolderThatCannotBeMadeIsTold) {
  const ScratchFolder folder;
  SweepOptions how;
  how.scratch = "/proc/nowhere";
  EXPECT_THROW(run_sweep(tiny_plan(2), folder.path() / "out", tiny_point, how), OutputError);
}
