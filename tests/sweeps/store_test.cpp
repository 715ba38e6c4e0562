#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>

#include "postprocess/files.hpp"
#include "sweeps/merge_stores.hpp"
#include "sweeps/sweep_folder.hpp"
#include "sweeps/sweep_store.hpp"
#include "sweeps/sweep_tables.hpp"
#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

std::string refusal(const std::function<void()>& act) {
  try {
    act();
    return "accepted";
  } catch (const OutputError& e) {
    return e.what();
  }
}
SweepOptions jobs(int n) {
  SweepOptions o;
  o.jobs = n;
  return o;
}

void execute(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
}

}  // namespace

TEST(SweepStore, TenThousandPointsCostLessThanAMillisecondEach) {
  const ScratchFolder folder;
  const SweepPlan plan = tiny_plan(2500);
  const auto start = std::chrono::steady_clock::now();
  const SweepEnd end = run_sweep(plan, folder.path() / "out", tiny_point, jobs(2));
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  EXPECT_EQ(end.computed, 10'000);
  EXPECT_EQ(end.counts.at("complete"), 10'000);
  EXPECT_LT(ms / 10'000.0, 1.0);
  std::printf("  %.3f ms a point\n", ms / 10'000.0);
  SweepOptions again = jobs(2);
  again.resume = true;
  EXPECT_EQ(run_sweep(plan, folder.path() / "out", tiny_point, again).computed, 0);
}

TEST(SweepStore, IsNeverWrittenOver) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  run_sweep(tiny_plan(5), out, tiny_point, jobs(1));
  const std::string before = rows_of(SweepStore::read(out / store_name));
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), out, tiny_point, jobs(1)); }), "--resume"));
  SweepOptions resume = jobs(1);
  resume.resume = true;
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(6), out, tiny_point, resume); }), "another design"));
  SweepOptions shard = resume;
  shard.shards = 2;
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), out, tiny_point, shard); }), "is shard 1/1, not 1/2"));
  execute(out / store_name, "UPDATE meta SET value = '0.0.1' WHERE key = 'version'");
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), out, tiny_point, resume); }), "was begun by version 0.0.1"));
  resume.mixed = true;
  EXPECT_EQ(run_sweep(tiny_plan(5), out, tiny_point, resume).computed, 0);
  execute(out / store_name, "PRAGMA user_version = 2");
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), out, tiny_point, resume); }), "of a newer program"));
  execute(out / store_name, "PRAGMA user_version = 1");
  EXPECT_EQ(rows_of(SweepStore::read(out / store_name)), before);
}

TEST(SweepStore, WhatIsNoStoreIsLeftAlone) {
  const ScratchFolder folder;
  const auto file = folder.write(store_name, "these are not the bytes of a database, whatever it is called.....");
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), folder.path(), tiny_point, jobs(1)); }), "cannot use the store"));
  EXPECT_TRUE(text_of_file(file).starts_with("these are"));
  std::filesystem::remove(file);
  execute(file, "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
  SweepOptions resume = jobs(1);
  resume.resume = true;
  EXPECT_TRUE(has(refusal([&] { run_sweep(tiny_plan(5), folder.path(), tiny_point, resume); }), "is not a store of a sweep"));
}

TEST(SweepStore, ADiskThatIsFullOrReadOnlyIsToldBeforeAnythingIsComputed) {
  if (access("/dev/full", W_OK) != 0 || geteuid() != 0) GTEST_SKIP() << "needs root to mount";
  const ScratchFolder folder;
  const auto disk = folder.path() / "disk";
  std::filesystem::create_directories(disk);
  if (std::system(("mount -t tmpfs -o size=64k none '" + disk.string() + "' 2>/dev/null").c_str()) != 0) GTEST_SKIP() << "cannot mount here";
  int computed = 0;
  const PointEvaluator count = [&](const PointTask& t) {
    ++computed;
    return tiny_point(t);
  };
  std::ofstream(disk / "ballast") << std::string(60'000, 'x');
  const std::string full = refusal([&] { run_sweep(tiny_plan(5), disk / "out", count, jobs(1)); });
  std::system(("mount -o remount,ro '" + disk.string() + "'").c_str());
  const std::string read_only = refusal([&] { run_sweep(tiny_plan(5), disk / "out", count, jobs(1)); });
  std::system(("umount '" + disk.string() + "'").c_str());
  EXPECT_TRUE(has(full, "full")) << full;
  EXPECT_TRUE(has(read_only, "cannot")) << read_only;
  EXPECT_EQ(computed, 0);
}

TEST(SweepStore, TablesHaveARowAPointAndTheirUnits) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  run_sweep(tiny_plan(2), out, tiny_point, jobs(1));
  EXPECT_EQ(write_tables(SweepStore::read(out / store_name), out), "");
  const std::string csv = text_of_file(out / "results.csv");
  EXPECT_TRUE(
      csv.starts_with("point,load.force_N,roller.position_mm,status,nerve.peak_compression_kPa,nerve.peak_strain_percent,wall_s,cpu_s,led,"
                      "scenario_sha256,version,reason\n1,50,-40,complete,"))
      << csv;
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 9);
  std::istringstream lines(text_of_file(out / "results.jsonl"));
  int n = 0;
  for (std::string line; std::getline(lines, line); ++n) EXPECT_EQ(nlohmann::json::parse(line)["nerve_profile"]["compression_kPa"][1], 2);
  EXPECT_EQ(n, 8);
  EXPECT_TRUE(has(text_of_file(out / "sweep.pvd"), "timestep=\"8\" group=\"\" part=\"0\" file=\"points/000008.vtp\""));
  EXPECT_TRUE(std::filesystem::exists(out / "points/000008.vtp"));
}

TEST(SweepStore, TooManyPointsForParaViewLeaveNoEarlierSeries) {
  const ScratchFolder folder;
  SweepStore store = SweepStore::create(folder.path() / store_name, {"many", "hash", "{}", {}, {}, most_paraview_points + 1, 1, 1, "1"});
  std::vector<StoredPoint> rows;
  for (std::int64_t n = 1; n <= most_paraview_points + 1; ++n) rows.push_back({n, "{}", "complete", "", "{}", "", "", "", 0.0, 0.0, false});
  store.put(rows);
  write_text(folder.path() / "sweep.pvd", "of the first points");
  write_text(folder.path() / "points/000001.vtp", "one of them");
  EXPECT_TRUE(write_tables(store, folder.path()).starts_with("no sweep.pvd"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "sweep.pvd"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "points"));
}

TEST(SweepStore, WhatAKillLeavesInAFolderDoesNotKeepResumeOut) {
  for (const char* name : {"sweep.sqlite", "sweep.sqlite-wal", "sweep.sqlite-shm", "sweep.sqlite-journal", "sweep.sqlite.partial",
                           "results.csv.partial", "results.jsonl.partial", "sweep.pvd.partial", "explorer.html.partial", "answers.json.partial",
                           "sweep_report.html.partial", "points/000001.vtp.partial", "pictures/map.svg", "slurm/array.sbatch.partial"}) {
    const ScratchFolder folder;
    write_text(folder.path() / name, "half");
    EXPECT_NO_THROW(prepare_folder(folder.path(), false, sweep_names())) << name;
  }
}

/// Killed in its first moments a sweep leaves a file and, beside it, what the file was before: found by kills at random moments.
TEST(SweepStore, OneCutOffWhileItWasMadeIsMadeAnew) {
  const ScratchFolder folder;
  const auto made = folder.path() / "made.sqlite", out = folder.path() / "out", cut = out / store_name;
  std::filesystem::create_directories(out);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(made.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "PRAGMA cache_size=1; BEGIN; CREATE TABLE meta (value); INSERT INTO meta VALUES (randomblob(1000000))", nullptr, nullptr,
                         nullptr),
            SQLITE_OK);
  std::filesystem::copy_file(made, cut);
  std::filesystem::copy_file(made.string() + "-journal", cut.string() + "-journal");
  sqlite3_close(db);
  ASSERT_GT(std::filesystem::file_size(cut), 0u);
  EXPECT_NO_THROW(prepare_folder(out, false, sweep_names())) << "its journal is the sweep's own";
  EXPECT_FALSE(SweepStore::exists(cut));
  SweepStore::create(cut, {"cut", "hash", "design", {"load.force_N"}, {}, 1, 1, 1, "1"});
  EXPECT_EQ(SweepStore::read(cut).head().name, "cut");
}

TEST(SweepStore, ShardsJoinToTheWholeAndJoiningAgainChangesNothing) {
  const ScratchFolder folder;
  const SweepPlan plan = tiny_plan(20);
  run_sweep(plan, folder.path() / "whole", tiny_point, jobs(1));
  std::vector<std::filesystem::path> shards;
  std::int64_t points = 0;
  for (int k = 1; k <= 3; ++k) {
    SweepOptions o = jobs(1);
    o.shard = k;
    o.shards = 3;
    o.alone = k == 2;
    shards.push_back(folder.path() / ("shard" + std::to_string(k)));
    points += run_sweep(plan, shards.back(), tiny_point, o).computed;
  }
  EXPECT_EQ(points, 80);
  const auto out = folder.path() / "joined";
  EXPECT_EQ(merge_stores({shards[0], shards[1]}, out, false).added, points - SweepStore::read(shards[2] / store_name).counts()["complete"]);
  EXPECT_GT(merge_stores(shards, out, false).added, 0);
  EXPECT_EQ(merge_stores(shards, out, false).added, 0);
  EXPECT_EQ(rows_of(SweepStore::read(out / store_name)), rows_of(SweepStore::read(folder.path() / "whole" / store_name)));

  EXPECT_TRUE(has(refusal([&] { merge_stores({shards[0], out}, out, false); }), "merged into itself"));
  run_sweep(tiny_plan(21), folder.path() / "other", tiny_point, jobs(1));
  EXPECT_TRUE(has(refusal([&] { merge_stores({folder.path() / "other"}, out, true); }), "of another design"));
  execute(shards[0] / store_name, "UPDATE point SET version = '0.0.1'");
  EXPECT_TRUE(has(refusal([&] { merge_stores(shards, folder.path() / "mixed", false); }), "--mixed"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "mixed" / store_name));
  EXPECT_EQ(merge_stores(shards, folder.path() / "mixed", true).counts.at("complete"), 80);
}

/// With --scratch a shard's folder is empty until its store first comes home: a node that is lost before must not keep the others apart.
TEST(SweepStore, AShardWithoutAStoreIsLeftOutAndTold) {
  const ScratchFolder folder;
  const auto whole = folder.path() / "shard_1", empty = folder.path() / "shard_2", begun = folder.path() / "shard_3", out = folder.path() / "out";
  run_sweep(tiny_plan(2), whole, tiny_point, jobs(1));
  std::filesystem::create_directories(empty);
  write_text(begun / store_name, "");
  EXPECT_TRUE(has(refusal([&] { merge_stores({empty, begun}, out, false); }), "there is no store in '" + empty.string() + "' nor in any other"));
  EXPECT_TRUE(has(refusal([&] { merge_stores({whole, folder.path() / "shard_4"}, out, false); }), "there is no folder"));
  EXPECT_FALSE(std::filesystem::exists(out / store_name));
  const MergeEnd end = merge_stores({empty, whole, begun}, out, false);
  EXPECT_EQ(end.added, 8);
  EXPECT_EQ(end.without_store, (std::vector<std::filesystem::path>{empty, begun}));
}

/// A sweep that is sent to a cluster again with other questions is joined into what is there.
TEST(SweepStore, JoiningTakesNameAndAnswersOfTheFirstShard) {
  const ScratchFolder folder;
  const auto shard = folder.path() / "shard", out = folder.path() / "out";
  SweepPlan plan = tiny_plan(2);
  run_sweep(plan, shard, tiny_point, jobs(1));
  merge_stores({shard}, out, false);
  plan.name = "renamed";
  SweepOptions resume = jobs(1);
  resume.resume = true;
  run_sweep(plan, shard, tiny_point, resume);
  merge_stores({shard}, out, false);
  EXPECT_EQ(SweepStore::read(out / store_name).head().name, "renamed");
}
