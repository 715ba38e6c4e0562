/// What surroundings do to a run: each fault has its exit status, and nothing half-written is left.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/support/run_program.hpp"
#include "tests/support/summary_of.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;

const std::string model = std::string(NERVELOAD_SOURCE_DIR) + "/scenarios/solid/inclusion.toml",
                  mesh_of_model = std::string(NERVELOAD_SOURCE_DIR) + "/scenarios/solid/inclusion.inp";

/// What is there can be read to its end.
void expect_readable(const fs::path& dir) {
  if (!fs::exists(dir)) return;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.path().extension() == ".json") {
      EXPECT_FALSE(nlohmann::json::parse(text_of_file(entry.path()), nullptr, false).is_discarded()) << entry.path();
    }
    if (entry.path().extension() == ".vtu") {
      EXPECT_NE(text_of_file(entry.path()).find("</VTKFile>"), std::string::npos) << entry.path();
    }
  }
}

/// Nothing half-written, and what is there can be read.
void expect_whole(const fs::path& dir) {
  expect_readable(dir);
  if (!fs::exists(dir)) return;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) EXPECT_NE(entry.path().extension(), ".partial") << entry.path();
}

/// A file system of its own, gone with the object.
class Mounted {
 public:
  Mounted(const fs::path& at, const std::string& options, unsigned long flags = 0) : at_(at) {
    fs::create_directories(at);
    mounted_ = mount("tmpfs", at.c_str(), "tmpfs", flags, options.c_str()) == 0;
  }
  ~Mounted() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  explicit operator bool() const { return mounted_; }

 private:
  fs::path at_;
  bool mounted_ = false;
};

TEST(Faults, AFullDiskIsStatusFour) {
  const ScratchFolder folder;
  const Mounted disk(folder.path() / "disk", "size=16k");
  if (!disk) GTEST_SKIP() << "mounting a small disk needs more rights";
  const ProgramResult r = run_program({"solve", model, "-q", "-o", "disk/out"}, folder.path());
  EXPECT_EQ(r.code, 4) << r.err;
  EXPECT_NE(r.err.find("disk/out"), std::string::npos) << r.err;
  expect_whole(folder.path() / "disk");
}

TEST(Faults, AReadOnlyDiskIsStatusFourBeforeAnythingIsComputed) {
  const ScratchFolder folder;
  const Mounted disk(folder.path() / "disk", "size=1m", MS_RDONLY);
  if (!disk) GTEST_SKIP() << "mounting a disk needs more rights";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"solve", model, "-q", "-o", "disk/out"}, {"run", "default", "-q", "-o", "disk/out"}}) {
    const ProgramResult r = run_program(words, folder.path());
    EXPECT_EQ(r.code, 4) << r.err;
    EXPECT_NE(r.err.find("disk/out"), std::string::npos) << r.err;
  }
}

TEST(Faults, AnInputThatCannotBeReadIsStatusFour) {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "folder.toml");
  for (const char* file : {"folder.toml", "/proc/self/mem", "missing.toml"}) {
    const ProgramResult r = run_program({"check", file}, folder.path());
    EXPECT_EQ(r.code, 4) << file << "\n" << r.err;
    EXPECT_NE(r.err.find(file), std::string::npos) << r.err;
  }
}

TEST(Faults, NamesWithSpacesAndLettersOfAllKinds) {
  const ScratchFolder folder;
  const fs::path dir = folder.path() / "Ergebnisse für Ä & ñ 坐骨";
  fs::create_directory(dir);
  fs::copy_file(model, dir / "my modèl.toml");
  fs::copy_file(mesh_of_model, dir / "inclusion.inp");
  const ProgramResult r = run_program({"solve", "my modèl.toml", "-q", "-o", "out put/é"}, dir);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_TRUE(fs::is_regular_file(dir / "out put" / "é" / "summary.json"));
  expect_whole(dir);
}

TEST(Faults, TwoRunsIntoOneFolderDoNotMix) {
  const ScratchFolder folder;
  ProgramResult first, second;
  fs::create_directory(folder.path() / "elsewhere");
  std::thread other([&] { second = run_program({"solve", model, "-q", "-o", "../out"}, folder.path() / "elsewhere"); });
  first = run_program({"solve", model, "-q", "-o", "out"}, folder.path());
  other.join();
  for (const ProgramResult* r : {&first, &second}) {
    EXPECT_TRUE(r->code == 0 || r->code == 4) << r->err;
    EXPECT_TRUE(r->code == 0 || r->err.find("another nerveload is at work in the folder") != std::string::npos) << r->err;
  }
  EXPECT_TRUE(first.code == 0 || second.code == 0);
  EXPECT_TRUE(fs::is_regular_file(folder.path() / "out" / "summary.json"));
  expect_whole(folder.path());
}

TEST(Faults, PathsInAnInputCannotLeadOut) {
  const ScratchFolder folder;
  fs::copy_file(mesh_of_model, folder.path() / "inclusion.inp");
  for (const std::string name : {"inside", "../outside", "/tmp/outside", "a/../../outside"}) {
    folder.write("model.toml", text_of_file(model) + "\n[[probe]]\nname = \"" + name + "\"\nat_mm = [0.5, 0.5, 0.5]\nfield = \"displacement\"\n");
    EXPECT_EQ(run_program({"solve", "model.toml", "-q", "-o", "out"}, folder.path()).code, 0) << name;  // the head of a column, not of a file
    EXPECT_FALSE(fs::exists(folder.path() / "outside"));
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      const std::string file = entry.path().filename();
      EXPECT_TRUE(file == "model.toml" || file == "inclusion.inp" || file == "out" || file == ".out" || file == ".err") << entry.path();
    }
  }
}

TEST(Faults, TooLittleMemoryIsSaidInWords) {
  const ScratchFolder folder;
  const std::string command =
      "ulimit -v 700000; exec timeout -s KILL 120 '" + std::string(NERVELOAD_PROGRAM) + "' run default --fidelity coarse -q -o out";
  const int status = std::system(("cd '" + folder.path().string() + "' && sh -c \"" + command + "\" >log 2>&1").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  const std::string log = text_of_file(folder.path() / "log");
  EXPECT_NE(WEXITSTATUS(status), 0);
  EXPECT_LT(WEXITSTATUS(status), 126) << log;
  EXPECT_NE(log.find("memory"), std::string::npos) << log;
  expect_whole(folder.path() / "out");
}

/// The text of a result without what a run says of its time, place and machine's state.
nlohmann::json figures_of(const fs::path& dir) {
  nlohmann::json summary = summary_of(dir);
  for (const char* key : {"wall_s", "assembly_s", "linear_s", "peak_rss_MB"}) summary["solver"].erase(key);
  return summary;
}

/// Told twice, as `timeout` does, once METIS has worked, which sets handlers of its own. Any thread may be given a signal: there is one that takes
/// those that end a run, though OpenBLAS has started others before `main`.
TEST(Faults, ATerminationLeavesWhatThereIs) {
  const ScratchFolder folder;
  folder.write("end.sh",
               "\"$@\" & run=$!; for i in $(seq 600); do [ -s log ] && break; sleep 0.1; done\n"
               "grep -h SigBlk /proc/$run/task/*/status >blocked; kill $run; sleep 0.1; kill $run; wait $run");
  const ProgramResult r =
      run_program({"run", "default", "--fidelity", "coarse", "--set", "output.pictures=false", "-q", "--json-log", "log", "-o", "out"}, folder.path(),
                  "env OMP_NUM_THREADS=2 sh end.sh");
  EXPECT_EQ(r.code, 130) << r.err;
  const auto summary = summary_of(folder.path() / "out");
  EXPECT_EQ(summary["status"], "incomplete");
  EXPECT_EQ(summary["reason"], "interrupted");
  std::istringstream lines(text_of_file(folder.path() / "blocked"));
  constexpr unsigned long stop = 1UL << (SIGINT - 1) | 1UL << (SIGTERM - 1);
  int threads = 0, takers = 0;
  std::string key, mask;
  for (; lines >> key >> mask; ++threads) takers += (std::stoul(mask, nullptr, 16) & stop) == 0;
  EXPECT_GE(threads, 2);
  EXPECT_EQ(takers, 1);
  expect_whole(folder.path());
}

/// Killed without a chance to clean up, at moments over the whole of a run and of the writing at its end.
TEST(Faults, AKillAtAnyMomentLeavesNothingThatPassesForAResult) {
  const ScratchFolder folder;
  const std::vector<std::string> words{"solve", model, "-q", "-o", "out"};
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(run_program(words, folder.path()).code, 0);
  const double whole_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const nlohmann::json undisturbed = figures_of(folder.path() / "out");
  fs::remove_all(folder.path() / "out");
  int killed = 0;
  for (int moment = 0; moment < 12; ++moment) {
    char kill[40];
    std::snprintf(kill, sizeof kill, "timeout -s KILL %.3f", whole_s * (moment + 1) / 12.0);
    killed += run_program(words, folder.path(), kill).code == 128 + SIGKILL;
    expect_readable(folder.path() / "out");
  }
  EXPECT_GT(killed, 6);
  const ProgramResult r = run_program(words, folder.path());
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(figures_of(folder.path() / "out"), undisturbed);
  expect_whole(folder.path());
}

/// A locale that writes 1,5 changes neither what is read nor what is written.
TEST(Faults, ALocaleWithDecimalCommas) {
  const ScratchFolder folder;
  folder.write("comma", "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\nEND LC_NUMERIC\n");
  const std::string made =
      "cd '" + folder.path().string() + "' && localedef -c -i comma ./xx_XX >made 2>&1; LOCPATH=$PWD LC_ALL=xx_XX locale decimal_point";
  FILE* said = popen(made.c_str(), "r");
  const bool comma = said && std::fgetc(said) == ',';
  if (said) pclose(said);
  if (!comma) GTEST_SKIP() << "no locale with decimal commas can be made (Debian's package locales)";
  const std::string with = "env LOCPATH='" + folder.path().string() + "' LC_ALL=xx_XX";
  for (const char* out : {"out", "comma_out"}) {
    const ProgramResult r = run_program({"solve", model, "-q", "-o", out}, folder.path(), *out == 'o' ? "" : with);
    ASSERT_EQ(r.code, 0) << r.err;
  }
  EXPECT_EQ(figures_of(folder.path() / "comma_out"), figures_of(folder.path() / "out"));
  for (const auto& entry : fs::directory_iterator(folder.path() / "out")) {
    if (entry.path().extension() == ".csv") {
      EXPECT_EQ(text_of_file(entry.path()), text_of_file(folder.path() / "comma_out" / entry.path().filename())) << entry.path();
    }
  }
}

/// A clock of 1970 that goes backwards (tests/support/wrong_clock.cpp).
TEST(Faults, AWrongClockChangesNothing) {
  const ScratchFolder folder;
  for (const char* out : {"out", "wrong_out"}) {
    const ProgramResult r =
        run_program({"solve", model, "-q", "-o", out}, folder.path(), *out == 'o' ? "" : "env LD_PRELOAD='" NERVELOAD_WRONG_CLOCK "'");
    ASSERT_EQ(r.code, 0) << r.err;
  }
  EXPECT_EQ(figures_of(folder.path() / "wrong_out"), figures_of(folder.path() / "out"));
  EXPECT_GT(summary_of(folder.path() / "wrong_out")["solver"]["wall_s"], 0.0);
}

}  // namespace
}  // namespace nerveload
