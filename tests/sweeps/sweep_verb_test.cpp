#include <gtest/gtest.h>

#include "sweeps/slurm.hpp"
#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

const std::string sweep =
    "schema = 1\nkind = \"sweep\"\nbase = \"slr_no_roller.toml\"\n[[parameter]]\nkey = \"pose.hip_flexion_deg\"\nvalues = [20, 50, 60]\n";

}  // namespace

TEST(SweepVerb, SaysWhatItTakes) {
  const ScratchFolder folder;
  folder.write("s.toml", sweep);
  EXPECT_TRUE(has(run_program({"sweep", "s.toml"}, folder.path()).err, "-o DIR"));
  EXPECT_TRUE(has(run_program({"sweep", "s.toml", "-o", "out", "--shard", "3/2"}, folder.path()).err, "--shard takes K/N"));
  const ProgramResult wrong = run_program({"sweep", "s.toml", "-o", "out", "--set", "pose.hip_flexion_deg=400"}, folder.path());
  EXPECT_EQ(wrong.code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
  EXPECT_EQ(run_program({"sweep", "none.toml", "-o", "out"}, folder.path()).code, 4);
  std::filesystem::create_directories(folder.path() / "mine");
  folder.write("mine/thesis.txt", "x");
  const ProgramResult other = run_program({"sweep", "s.toml", "-o", "mine"}, folder.path());
  EXPECT_EQ(other.code, 4);
  EXPECT_TRUE(has(other.err, "holds something else")) << other.err;
  EXPECT_TRUE(has(run_program({"merge", "none", "-o", "out"}, folder.path()).err, "there is no folder 'none'"));
}

TEST(SweepVerb, InterruptedItLeavesAStoreAndTables) {
  const ScratchFolder folder;
  folder.write("s.toml", sweep);
  const ProgramResult r = run_program({"sweep", "s.toml", "-o", "out", "--fidelity", "coarse", "--jobs", "2"}, folder.path(), "timeout -s INT 2");
  EXPECT_EQ(r.code, 124) << r.err;  // of timeout; the program's own is 130
  EXPECT_TRUE(has(r.err, "go on with --resume")) << r.err;
  EXPECT_TRUE(has(r.out, "of 3 points in the store")) << r.out;
  EXPECT_TRUE(text_of_file(folder.path() / "out/results.csv").starts_with("point,pose.hip_flexion_deg,status"));
  const ProgramResult again = run_program({"sweep", "s.toml", "-o", "out", "--fidelity", "coarse"}, folder.path());
  EXPECT_EQ(again.code, 4);
  EXPECT_TRUE(has(again.err, "--resume"));
}

/// Ctrl-C goes to every process: the one that draws the design ends by it, which is nobody's mistake.
TEST(SweepVerb, StoppedWhileTheDesignIsDrawnItIsInterrupted) {
  const ScratchFolder folder;
  folder.write("s.toml",
               "base = \"slr_no_roller.toml\"\n[[parameter]]\nkey = \"pose.hip_flexion_deg\"\nrange = [20, 60]\n"
               "[design]\nkind = \"sobol\"\npoints = 4\n");
  folder.write("statistics", "#!/bin/sh\ncat >/dev/null; kill -TERM $PPID; sleep 0.5; kill -TERM $$\n");
  std::filesystem::permissions(folder.path() / "statistics", std::filesystem::perms::owner_all);
  const ProgramResult r = run_program({"sweep", "s.toml", "-o", "out"}, folder.path(), "env NERVELOAD_STATISTICS=./statistics");
  EXPECT_EQ(r.code, 130) << r.err;
  EXPECT_TRUE(has(r.err, "go on with --resume")) << r.err;
}

TEST(SweepVerb, ShardsAreJoined) {
  const ScratchFolder folder;
  folder.write("s.toml", sweep);
  for (const char* shard : {"1/2", "2/2"}) {
    const std::string out = std::string("part") + shard[0];
    const ProgramResult r = run_program({"sweep", "s.toml", "-o", out, "--fidelity", "coarse", "--shard", shard}, folder.path());
    ASSERT_EQ(r.code, 0) << r.err;
  }
  std::filesystem::create_directories(folder.path() / "part3");
  const ProgramResult half = run_program({"merge", "part1", "part3", "-o", "out"}, folder.path());
  EXPECT_EQ(half.code, 0) << half.err;
  EXPECT_TRUE(has(half.err, "'part3' holds no store and is left out")) << half.err;
  EXPECT_TRUE(has(half.out, "2 points added; 2 of 3 in the store")) << half.out;
  EXPECT_TRUE(has(half.err, "1 point is missing")) << half.err;
  const ProgramResult whole = run_program({"merge", "part2", "-o", "out"}, folder.path());
  EXPECT_TRUE(has(whole.out, "1 point added; 3 of 3 in the store, 3 complete")) << whole.out;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/explorer.html"));
}

TEST(Slurm, TheJobsAreWhatAClusterNeeds) {
  SlurmJob job{"/usr/bin/nerveload", "/home/it's/s.toml", "/data/out", 8, 2, {"mesh.fidelity=coarse"}, {}, {"--time=1:00:00"}};
  const std::string array = slurm_array_script(job), merge = slurm_merge_script(job);
  for (const char* part :
       {"#SBATCH --array=1-8\n", "#SBATCH --cpus-per-task=2\n", "#SBATCH --requeue\n", "#SBATCH --time=1:00:00\n", "'/home/it'\\''s/s.toml'",
        "--shard \"$SLURM_ARRAY_TASK_ID/8\" --resume --alone --jobs 2 --threads 1", "--set 'mesh.fidelity=coarse'"})
    EXPECT_TRUE(has(array, part)) << part << "\n" << array;
  EXPECT_FALSE(has(array, "--scratch"));
  job.scratch = "$TMPDIR/my sweep";
  EXPECT_TRUE(has(slurm_array_script(job), " --scratch \"$TMPDIR/my sweep\"")) << "the node's own";
  EXPECT_TRUE(has(slurm_array_script(job), "#SBATCH --signal=B:TERM@60\n"));
  EXPECT_TRUE(has(merge, "merge '/data/out/slurm/shard_'* -o '/data/out'")) << merge;
}

TEST(Slurm, WithoutSbatchItSaysHowToSubmitByHand) {
  const ScratchFolder folder;
  folder.write("s.toml", sweep);
  const ProgramResult r = run_program({"sweep", "s.toml", "-o", "out", "--slurm"}, folder.path(), "PATH=/nonexistent");
  EXPECT_EQ(r.code, 4);
  EXPECT_TRUE(has(r.err, "submit it by hand: sbatch ")) << r.err;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/slurm/array.sbatch"));
  // What is there is of another design: no job would get anywhere.
  run_sweep(tiny_plan(3), folder.path() / "out", tiny_point, {});
  const ProgramResult other = run_program({"sweep", "s.toml", "-o", "out", "--slurm"}, folder.path(), "PATH=/nonexistent");
  EXPECT_EQ(other.code, 4);
  EXPECT_TRUE(has(other.err, "of another design")) << other.err;
}
