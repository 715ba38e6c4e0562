#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

/// Slow beside a commit, as real points are.
PointOutcome slow_point(const PointTask& task) {
  std::this_thread::sleep_for(std::chrono::milliseconds(25));
  return tiny_point(task);
}

}  // namespace

TEST(SweepExecution, PointsThatFailAreRowsThatSaySo) {
  const ScratchFolder folder;
  const PointEvaluator evaluate = [](const PointTask& task) {
    if (task.number == 2) std::abort();
    if (task.number == 3) raise(SIGKILL);
    if (task.number == 5) throw std::bad_alloc();
    if (task.number == 7) _exit(3);
    PointOutcome o = tiny_point(task);
    if (task.number == 8) {
      o.status = PointOutcome::Status::incomplete;
      o.reason = "did not converge, \"really\"\nnot";
    }
    return o;
  };
  SweepOptions options;
  options.jobs = 2;
  const SweepEnd end = run_sweep(tiny_plan(5), folder.path() / "out", evaluate, options);
  EXPECT_EQ(end.computed, 20);
  EXPECT_EQ(end.counts.at("complete"), 15);
  std::map<std::int64_t, StoredPoint> rows;
  SweepStore::read(folder.path() / "out" / store_name).visit([&](const StoredPoint& p) {
    rows[p.number] = p;
    return true;
  });
  EXPECT_TRUE(has(rows[2].reason, "signal 6"));
  EXPECT_TRUE(has(rows[3].reason, "out of memory?"));
  EXPECT_EQ(rows[5].reason, "out of memory");
  EXPECT_TRUE(has(rows[7].reason, "ended with status 3"));
  EXPECT_EQ(rows[8].status, "incomplete");
  EXPECT_TRUE(has(rows[8].inputs, "\"load.force_N\":100"));

  options.resume = options.retry_failed = true;
  EXPECT_EQ(run_sweep(tiny_plan(5), folder.path() / "out", tiny_point, options).computed, 5);
}

TEST(SweepExecution, StoppingLeavesAStoreToGoOnWith) {
  const ScratchFolder folder;
  SweepOptions options;
  options.jobs = 2;
  std::int64_t done = 0;
  options.observer = [&](const SweepProgress& p) { done = p.done; };
  options.stopped = [&] { return done >= 10; };
  const SweepEnd end = run_sweep(tiny_plan(50), folder.path() / "out", slow_point, options);
  EXPECT_TRUE(end.stopped);
  EXPECT_GE(end.counts.at("complete"), 10);
  EXPECT_LT(end.counts.at("complete"), 200);
  SweepOptions resume;
  resume.resume = true;
  resume.jobs = 2;
  const SweepEnd rest = run_sweep(tiny_plan(50), folder.path() / "out", tiny_point, resume);
  EXPECT_EQ(rest.kept, end.counts.at("complete"));
  EXPECT_EQ(rest.computed + rest.kept, 200);
}

/// Neither decides the points, so the hash is the same; tables and answers are made of the store's.
TEST(SweepExecution, GoingOnTakesTheNewNameAndAnswers) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  run_sweep(tiny_plan(2), out, tiny_point, {});
  SweepPlan plan = tiny_plan(2, "[answers]\nfigures = [\"nerve.peak_tension_N\"]\n");
  plan.name = "renamed";
  SweepOptions resume;
  resume.resume = true;
  EXPECT_EQ(run_sweep(plan, out, tiny_point, resume).computed, 0);
  const SweepStore store = SweepStore::read(out / store_name);
  EXPECT_EQ(store.head().name, "renamed");
  EXPECT_EQ(store.head().answers, std::vector<std::string>{"nerve.peak_tension_N"});
}

TEST(SweepExecution, AFigureThatPointsDoNotHaveIsToldAtTheFirst) {
  const ScratchFolder folder;
  std::vector<std::string> warnings;
  std::int64_t done_before = -1, done = 0;
  SweepOptions options;
  options.observer = [&](const SweepProgress& p) { done = p.done; };
  options.warned = [&](const std::string& words) {
    if (warnings.empty()) done_before = done;
    warnings.push_back(words);
  };
  run_sweep(tiny_plan(5, "[answers]\nfigures = [\"nerve.peak_strain_percent\", \"nerve.peak_compresion_kPa\"]\n"), folder.path() / "out", tiny_point,
            options);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(has(warnings[0], "nerve.peak_compresion_kPa; did you mean \"nerve.peak_compression_kPa\"?"));
  EXPECT_EQ(done_before, 0);
}

TEST(SweepExecution, TwoAtATimeTakeHalfAsLong) {
  const ScratchFolder folder;
  auto seconds = [&](int jobs) {
    SweepOptions o;
    o.jobs = jobs;
    const auto start = std::chrono::steady_clock::now();
    run_sweep(tiny_plan(12), folder.path() / std::to_string(jobs), slow_point, o);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  EXPECT_LT(seconds(2), 0.75 * seconds(1));
}

/// 200 points, killed at 20 random moments: the same set as without.
TEST(SweepExecution, KilledAtTwentyRandomMomentsNothingIsLostOrDoubled) {
  const ScratchFolder folder;
  const SweepPlan plan = tiny_plan(50);
  SweepOptions options;
  options.jobs = 2;
  run_sweep(plan, folder.path() / "whole", tiny_point, options);
  options.resume = true;
  std::mt19937 random(7);
  const auto out = folder.path() / "out";
  int killed = 0;
  std::int64_t before = 0, moved = 0;
  // On a busy machine the first twenty may all come too early: later ones wait longer.
  for (int k = 0; k < 20 || (moved < 3 && k < 200); ++k) {
    const pid_t child = fork();
    if (child == 0) {
      try {
        run_sweep(plan, out, slow_point, options);
      } catch (...) {
        _exit(9);
      }
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds((20 + random() % 160) * (1 + k / 20)));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "killed run " << k << " was refused";
    killed += WIFSIGNALED(status);
    if (!SweepStore::exists(out / store_name)) continue;
    const auto now = SweepStore::read(out / store_name).counts()["complete"];
    EXPECT_GE(now, before);
    moved += now > before;
    before = now;
  }
  EXPECT_GE(killed, 15);
  EXPECT_GE(moved, 3) << "kills came too early to show anything";
  const SweepEnd end = run_sweep(plan, out, tiny_point, options);
  EXPECT_EQ(end.kept, before);
  EXPECT_EQ(end.computed, 200 - before);
  EXPECT_EQ(rows_of(SweepStore::read(out / store_name)), rows_of(SweepStore::read(folder.path() / "whole" / store_name)));
}
