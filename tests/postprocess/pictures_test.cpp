#include "postprocess/pictures/pictures.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <vtkImageData.h>
#include <vtkPNGReader.h>
#include <vtkSmartPointer.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <set>
#include <stdexcept>

#include "postprocess/files.hpp"
#include "postprocess/pictures/apart.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/write_results.hpp"
#include "solver/base/held_signals.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
namespace fs = std::filesystem;

/// A variable of the environment, put back afterwards.
struct Environment {
  std::string name, before;
  bool was_set;
  Environment(const std::string& n, const char* value) : name(n), was_set(getenv(n.c_str()) != nullptr) {
    if (was_set) before = getenv(n.c_str());
    if (value) setenv(n.c_str(), value, 1);
    else unsetenv(n.c_str());
  }
  ~Environment() {
    if (was_set) setenv(name.c_str(), before.c_str(), 1);
    else unsetenv(name.c_str());
  }
};

/// What a run without pictures leaves, read back.
RunFolder written(Results results, const fs::path& dir) {
  results.pictures = results.report = false;
  fs::create_directories(dir);
  EXPECT_TRUE(write_results(results, dir).empty());
  return read_run_folder(dir);
}

/// Size, sheet, letters and colours of pictures in a look.
void expect_drawn(const std::vector<fs::path>& pictures, bool dark) {
  for (const fs::path& path : pictures) {
    auto reader = vtkSmartPointer<vtkPNGReader>::New();
    reader->SetFileName(path.c_str());
    reader->Update();
    const int* size = reader->GetOutput()->GetDimensions();
    EXPECT_EQ(size[0], 1400);
    EXPECT_EQ(size[1], 900);
    std::set<std::array<unsigned char, 3>> colours;
    const auto* at = static_cast<const unsigned char*>(reader->GetOutput()->GetScalarPointer());
    int ink = 0;  // pixels as light (or dark) as letters are
    for (int i = 0; i < size[0] * size[1]; ++i) {
      colours.insert({at[3 * i], at[3 * i + 1], at[3 * i + 2]});
      ink += dark ? at[3 * i] > 200 && at[3 * i + 2] > 200 : at[3 * i] < 40 && at[3 * i + 2] < 40;
    }
    EXPECT_GT(colours.size(), 20u) << path;
    EXPECT_EQ(at[0], dark ? 20 : 255) << path;  // the sheet
    EXPECT_GT(ink, 3000) << path;
  }
}

TEST(Pictures, AreDrawnWithoutADisplay) {
  const Environment no_display("DISPLAY", nullptr);
  const BlockResults block(8.0, 3);
  const ScratchFolder dir;
  const RunFolder run = written(block.results, dir.path());
  EXPECT_EQ(picture_style_of(run), PictureStyle::both);
  const PictureReport report = draw_pictures(run, dir.path() / "pictures", PictureStyle::light);
  ASSERT_EQ(report.reason, "");
  ASSERT_EQ(report.written.size(), 4u);
  expect_drawn(report.written, false);
}

TEST(Pictures, OfAPoseOrAStrokeAreDrawnToo) {
  BlockResults block(4.0, 2);
  const ScratchFolder dir;
  Results pose = block.results;
  pose.roller = nullptr;
  pose.steps.resize(2);
  judge_results(pose);
  EXPECT_EQ(draw_pictures(written(pose, dir.path() / "pose"), dir.path() / "pose").reason, "");
  Results stroke = block.results;
  stroke.frame.mirrored = false;
  stroke.context.condition = Condition::piriformis_syndrome;  // levels that change along the nerve
  stroke.steps.back().phase = ResultStep::Phase::stroke;
  assign_times(stroke);
  judge_results(stroke);
  const RunFolder run = written(stroke, dir.path() / "stroke");
  write_text(dir.path() / "stroke" / "scene.png", "of a look that is not wanted now");
  const PictureReport dark = draw_pictures(run, dir.path() / "stroke", PictureStyle::dark);
  ASSERT_EQ(dark.reason, "");
  ASSERT_EQ(dark.written.size(), 4u);
  expect_drawn(dark.written, true);
  EXPECT_FALSE(fs::exists(dir.path() / "stroke" / "scene.png"));
}

TEST(Pictures, WithoutAnXServerTheRunSaysSoAndLeavesNone) {
  const Environment no_display("DISPLAY", nullptr), no_programs("PATH", "/nonexistent");
  const BlockResults block(4.0, 1);
  const ScratchFolder dir;
  const std::vector<std::string> remarks = write_results(block.results, dir.path());
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_NE(remarks[0].find("Xvfb"), std::string::npos) << remarks[0];
  EXPECT_TRUE(fs::exists(dir.path() / "summary.json"));
  EXPECT_FALSE(fs::exists(dir.path() / "pictures" / "scene.png"));
}

TEST(Pictures, ABrokenDisplayTakesNoResultWithIt) {
  const Environment broken("DISPLAY", ":9999"), no_programs("PATH", "/nonexistent");
  const BlockResults block(4.0, 1);
  const ScratchFolder dir;
  const PictureReport report = draw_pictures(written(block.results, dir.path()), dir.path());
  EXPECT_NE(report.reason.find(":9999"), std::string::npos) << report.reason;
  EXPECT_TRUE(report.written.empty());
}

TEST(Apart, TellsFailuresCrashesAndHangs) {
  EXPECT_EQ(run_apart(
                ":0", [] {}, std::chrono::seconds(20)),
            "");
  EXPECT_EQ(run_apart(
                ":0", [] { throw std::runtime_error("no paint"); }, std::chrono::seconds(20)),
            "no paint");
  EXPECT_NE(run_apart(
                ":0", [] { raise(SIGKILL); }, std::chrono::seconds(20))
                .find("failed"),
            std::string::npos);
  EXPECT_NE(run_apart(
                ":0", [] { pause(); }, std::chrono::seconds(1))
                .find("longer"),
            std::string::npos);
}

/// Also while the program holds stop signals back: a driver that hangs would stay for ever where the program is killed.
TEST(Apart, ItEndsWhenItIsTold) {
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  hold_stop_signals();
  const std::string told = run_apart(
      ":0",
      [] {
        kill(getpid(), SIGTERM);
        pause();
      },
      std::chrono::seconds(20));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(told, "the graphics driver failed (Terminated)");
}

TEST(Ticks, AreRoundNumbersInsideTheRange) {
  EXPECT_EQ(round_ticks(0.0, 10.0, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  const auto t = round_ticks(-0.3, 0.9, 5);
  EXPECT_GE(t.front(), -0.3);
  EXPECT_LE(t.back(), 0.9);
  EXPECT_GE(t.size(), 3u);
  EXPECT_EQ(round_ticks(1.0, 1.0, 5).size(), 1u);
  EXPECT_EQ(tick_text(0.5, 0.5), "0.5");
  EXPECT_EQ(tick_text(-1e-17, 0.1), "0.0");
  EXPECT_EQ(tick_text(250.0, 50.0), "250");
}

}  // namespace
}  // namespace nerveload
