#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/run_program.hpp"
#include "tests/support/summary_of.hpp"

using namespace nerveload;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> members(const fs::path& pvd) {
  std::vector<fs::path> files;
  const std::string text = text_of_file(pvd);
  const std::regex entry("file=\"([^\"]+)\"");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), entry); it != std::sregex_iterator(); ++it)
    files.push_back(pvd.parent_path() / (*it)[1].str());
  return files;
}

template <class Reader>
auto load(const fs::path& file) {
  auto reader = vtkSmartPointer<Reader>::New();
  reader->SetFileName(file.c_str());
  reader->Update();
  return vtkSmartPointer<std::remove_pointer_t<decltype(reader->GetOutput())>>(reader->GetOutput());
}

/// Every file that a run names reads back with every array that interface.md promises.
void expect_readable(const fs::path& out, bool with_roller) {
  const auto tissue = members(out / "tissue.pvd"), nerve = members(out / "nerve.pvd");
  EXPECT_EQ(tissue.size(), nerve.size());
  for (const fs::path& file : tissue) {
    const auto grid = load<vtkXMLUnstructuredGridReader>(file);
    ASSERT_GT(grid->GetNumberOfCells(), 10000) << file;
    for (const char* name : {"displacement_mm", "pressure_kPa"}) EXPECT_TRUE(grid->GetPointData()->HasArray(name)) << name;
    for (const char* name : {"cauchy_stress_kPa", "von_mises_kPa", "min_principal_stretch", "region", "fibre"})
      EXPECT_TRUE(grid->GetCellData()->HasArray(name)) << name;
    EXPECT_EQ(grid->GetCellData()->GetArray("cauchy_stress_kPa")->GetNumberOfComponents(), 6);
    for (const char* name : {"TimeValue", "region_names"}) EXPECT_TRUE(grid->GetFieldData()->HasArray(name)) << name;
  }
  for (const fs::path& file : nerve) {
    const auto line = load<vtkXMLPolyDataReader>(file);
    ASSERT_GT(line->GetNumberOfPoints(), 30) << file;
    for (const char* name :
         {"arc_length_mm", "compression_kPa", "compression_pose_kPa", "compression_roller_kPa", "strain_percent", "strain_from_slack_percent",
          "tension_N", "window_mm", "flattening_percent", "compression_utilisation", "tension_utilisation", "irritation_level", "radius_mm"})
      EXPECT_TRUE(line->GetPointData()->HasArray(name)) << name;
    EXPECT_TRUE(line->GetFieldData()->HasArray("TimeValue"));
  }
  EXPECT_EQ(fs::exists(out / "roller.pvd"), with_roller);
  if (with_roller) {
    EXPECT_EQ(members(out / "roller.pvd").size(), tissue.size());
    for (const fs::path& file : members(out / "roller.pvd")) EXPECT_GT(load<vtkXMLPolyDataReader>(file)->GetNumberOfCells(), 100) << file;
  }
  EXPECT_TRUE(load<vtkXMLPolyDataReader>(out / "bones.vtp")->GetCellData()->HasArray("bone"));
}

/// One column of history.csv over the steps of a phase.
std::vector<double> history(const fs::path& out, const std::string& phase, const std::string& column) {
  std::istringstream csv(text_of_file(out / "history.csv"));
  auto cells = [](const std::string& line) {
    std::vector<std::string> all;
    std::istringstream words(line);
    for (std::string w; std::getline(words, w, ',');) all.push_back(w);
    return all;
  };
  std::string line;
  std::getline(csv, line);
  const auto names = cells(line);
  const std::size_t at = static_cast<std::size_t>(std::find(names.begin(), names.end(), column) - names.begin());
  std::vector<double> values;
  while (std::getline(csv, line))
    if (const auto row = cells(line); row.at(1) == phase) values.push_back(std::stod(row.at(at)));
  return values;
}

}  // namespace

/// The real program on a library scenario with a light load: everything a run promises to leave is there and reads back.
TEST(Run, LeavesEverythingThatARunPromises) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "leg out";  // a path with a space
  const ProgramResult run =
      run_program({"run", "hamstring_straight_leg", "--fidelity", "coarse", "--set", "load.force_N=25", "-o", out.string()}, folder.path());
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.out.find("emergency"), std::string::npos);
  EXPECT_NE(run.out.find("Preview on a coarse mesh"), std::string::npos);
  EXPECT_NE(run.out.find("carried to the fine mesh"), std::string::npos);
  const auto summary = summary_of(out);
  EXPECT_EQ(summary["status"], "complete");
  EXPECT_NEAR(summary["roller"]["force_N"].get<double>(), 25.0, 1e-3);
  EXPECT_GT(summary["nerve"]["peak_strain_percent"].get<double>(), 3.0);  // a straight leg raised by 75 degrees
  EXPECT_LT(summary["nerve"]["peak_strain_percent"].get<double>(), 12.0);
  EXPECT_GT(summary["nerve"]["peak_compression_kPa"].get<double>(), 0.0);
  EXPECT_FALSE(summary["safety"].empty());
  for (const char* key : {"version", "git", "scenario_sha256", "parameters_sha256", "libraries"})
    EXPECT_TRUE(summary["provenance"].contains(key)) << key;
  EXPECT_EQ(summary["mesh_error"]["against_fine"].size(), 8u);
  EXPECT_EQ(members(out / "tissue.pvd").size(), 3u);  // reference, pose and load: a rough mesh has led there
  ASSERT_EQ(summary["coarser_meshes"].size(), 1u);
  EXPECT_EQ(summary["coarser_meshes"][0]["fidelity"], "rough");
  expect_readable(out, true);
  for (const char* file :
       {"scenario.toml", "report.html", "view.py", "nerve_profile.csv", "history.csv", "roller.pvd", "bones.vtp", "pictures/scene.png",
        "pictures/section.png", "pictures/nerve_profile.png", "pictures/history.png", "pictures/section_dark.png"})
    EXPECT_TRUE(fs::exists(out / file)) << file;
  // What it left is itself a scenario, and the folder is not taken for another run's by mistake.
  const ProgramResult check = run_program({"check", (out / "scenario.toml").string()}, folder.path());
  EXPECT_EQ(check.code, 0) << check.err;
  // The report comes again from the folder alone, and a damaged file is named.
  const std::string page = text_of_file(out / "report.html");
  EXPECT_NE(page.find("<h1>Hamstrings, straight leg</h1>"), std::string::npos);
  EXPECT_LT(page.size(), 10u << 20);
  fs::remove(out / "report.html");
  const ProgramResult report = run_program({"report", "--no-pictures", out.string()}, folder.path());
  EXPECT_EQ(report.code, 0) << report.err;
  EXPECT_TRUE(page == text_of_file(out / "report.html"));
  const ProgramResult sepia = run_program({"report", "--style", "sepia", out.string()}, folder.path());
  EXPECT_EQ(sepia.code, 2);
  EXPECT_NE(sepia.err.find("light, dark or both, not sepia"), std::string::npos) << sepia.err;
  fs::resize_file(out / "history.csv", 200);
  const ProgramResult damaged = run_program({"report", out.string()}, folder.path());
  EXPECT_EQ(damaged.code, 4);
  EXPECT_NE(damaged.err.find("history.csv' is damaged"), std::string::npos) << damaged.err;
}

/// Pressed until a mean pressure is reached, then rolled along the nerve at the force that this came to.
TEST(LongRun, AStrokeKeepsTheForceThatAMeanPressureCameTo) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  const ProgramResult run = run_program({"run",   "hamstring_straight_leg",   "--fidelity", "coarse",
                                         "--set", "load.mean_pressure_kPa=5", "--set",      "motion.kind=stroke",
                                         "--set", "motion.from_mm=160",       "--set",      "motion.to_mm=180",
                                         "--set", "output.pictures=false",    "--set",      "output.fields=[\"displacement\", \"von_mises\"]",
                                         "--set", "subject.side=left",        "-o",         out.string()},
                                        folder.path());
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(summary_of(out)["status"], "complete");
  EXPECT_NEAR(history(out, "press", "mean_pressure_kPa").back(), 5.0, 0.01);
  const double pressed = history(out, "press", "force_N").back();
  EXPECT_GT(pressed, 10.0);
  const std::vector<double> force = history(out, "stroke", "force_N");
  ASSERT_EQ(force.size(), 12u);
  for (const double f : force) EXPECT_NEAR(f, pressed, 1e-3 * pressed);
  const auto rollers = members(out / "roller.pvd"), nerves = members(out / "nerve.pvd");
  auto centre = [](const fs::path& file) {
    std::array<double, 6> b;
    load<vtkXMLPolyDataReader>(file)->GetBounds(b.data());
    return std::array{0.5 * (b[0] + b[1]), 0.5 * (b[2] + b[3]), 0.5 * (b[4] + b[5])};
  };
  const auto from = centre(rollers[rollers.size() - 12]), to = centre(rollers.back());
  const double way = std::hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  EXPECT_GT(way, 15.0);  // 11 of 12 steps of a stroke over 20 mm of nerve; the skin's way is another one
  EXPECT_LT(way, 25.0);
  auto most_pressed = [](const fs::path& file) {  // station where the roller's share is largest
    const auto line = load<vtkXMLPolyDataReader>(file);
    const auto share = line->GetPointData()->GetArray("compression_roller_kPa"), at = line->GetPointData()->GetArray("arc_length_mm");
    int best = 0;
    for (int i = 0; i < line->GetNumberOfPoints(); ++i)
      if (share->GetComponent(i, 0) > share->GetComponent(best, 0)) best = i;
    return at->GetComponent(best, 0);
  };
  EXPECT_GT(most_pressed(nerves.back()), most_pressed(nerves[nerves.size() - 12]) + 5.0);  // it follows the roller
  const auto grid = load<vtkXMLUnstructuredGridReader>(members(out / "tissue.pvd").back());
  EXPECT_TRUE(grid->GetPointData()->HasArray("displacement_mm"));
  EXPECT_TRUE(grid->GetCellData()->HasArray("von_mises_kPa"));
  EXPECT_FALSE(grid->GetCellData()->HasArray("cauchy_stress_kPa"));
}

TEST(Run, APoseWithoutARollerLeavesNoRoller) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  const ProgramResult run =
      run_program({"run", "slr_no_roller", "--fidelity", "coarse", "--set", "output.pictures=false", "-o", out.string()}, folder.path());
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(summary_of(out)["status"], "complete");
  EXPECT_TRUE(summary_of(out)["roller"].is_null());
  expect_readable(out, false);
}

/// Within a step, not only between two; what an earlier run left is replaced only by what this one has.
TEST(Run, AnInterruptEndsItAtOnceWithWhatThereIs) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  const ProgramResult run =
      run_program({"run", "default", "--fidelity", "coarse", "--set", "output.pictures=false", "--json-log", "log.jsonl", "-o", out.string()},
                  folder.path(), "timeout --preserve-status -k 60 -s INT 4");
  EXPECT_EQ(run.code, 130) << run.err;
  const auto summary = summary_of(out);
  EXPECT_EQ(summary["status"], "incomplete");
  EXPECT_EQ(summary["reason"], "interrupted");
  EXPECT_NE(text_of_file(folder.path() / "log.jsonl").find("emergency"), std::string::npos);
}

TEST(Run, UncertaintyAndExpectationsAreToldAndKept) {
  const ScratchFolder folder;
  folder.write("raised.toml",
               "extends = 'slr_no_roller'\n[expect]\n'nerve.peak_strain_percent' = { between = [5, 6], source = 'earlier' }\n"
               "'nerve.peak_compression_kPa' = { between = [50, 60] }\n'nerve.nothing' = { between = [0, 1] }\n");
  const ProgramResult run = run_program(
      {"run", "raised.toml", "--fidelity", "coarse", "--set", "output.pictures=false", "--uncertainty", "-q", "-o", "out"}, folder.path());
  ASSERT_EQ(run.code, 1) << run.err;
  EXPECT_NE(run.out.find("expected nerve.peak_strain_percent between 5 and 6 (earlier): 5.2"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find(", as expected"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("expected nerve.peak_compression_kPa between 50 and 60: 1.4"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("NOT as expected"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("expected nerve.nothing between 0 and 1: "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("most of it comes from   materials.nerve_fibres.pre_strain_percent"), std::string::npos) << run.out;
  const auto summary = summary_of(folder.path() / "out");
  const auto& derivatives = summary["sensitivities"]["nerve.smoothed_peak_strain_percent"];
  EXPECT_GT(derivatives.size(), 20u);
  EXPECT_EQ(derivatives.size(), summary["sensitivities"]["parameters"].size());
  int carried = 0;
  for (const auto& c : summary["uncertainty"]["contributions"]) {
    const double effect = c["effect_of_one_standard_deviation"]["nerve.smoothed_peak_strain_percent"].get<double>();
    EXPECT_NEAR(derivatives[c["key"]].get<double>() * c["standard_deviation"].get<double>(), effect, 1e-9 + 1e-6 * std::abs(effect)) << c["key"];
    carried += effect != 0.0;
  }
  EXPECT_GT(carried, 10);
  const auto& strain = summary["uncertainty"]["figures"]["nerve.smoothed_peak_strain_percent"];
  EXPECT_GT(strain["high"].get<double>() - strain["low"].get<double>(), 1.0);
  EXPECT_NEAR(strain["value"].get<double>(), summary["nerve"]["peak_strain_percent"].get<double>(), 0.3);
}

TEST(Run, AnInterruptAmongDerivativesKeepsTheRun) {
  const ScratchFolder folder;
  const char* told_meanwhile =
      "sh -c '\"$@\" & pid=$!; until grep -q derivatives log.jsonl || ! kill -0 $pid; do sleep 0.05; done; kill $pid; wait $pid' sh";
  const ProgramResult run = run_program(
      {"run", "slr_no_roller", "--fidelity", "coarse", "--set", "output.pictures=false", "--uncertainty", "--json-log", "log.jsonl", "-o", "out"},
      folder.path(), told_meanwhile);
  EXPECT_EQ(run.code, 130) << run.err;
  EXPECT_NE(run.err.find("derivatives        0 of "), std::string::npos) << run.err;
  EXPECT_NE(run.out.find("no derivatives: interrupted"), std::string::npos) << run.out;
  const auto summary = summary_of(folder.path() / "out");
  EXPECT_EQ(summary["status"], "complete");
  EXPECT_EQ(summary["sensitivities"]["reason"], "interrupted");
}

TEST(Run, KeepsWhatAnEarlierRunLeftUntilThereIsSomethingBetter) {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "out");
  folder.write("out/summary.json", "earlier");
  const ProgramResult run = run_program({"run", "default", "-o", "out", "--json-log", "/nonexistent/log"}, folder.path());
  EXPECT_EQ(run.code, 4);
  EXPECT_EQ(text_of_file(folder.path() / "out" / "summary.json"), "earlier");
}

TEST(Run, SendsASolidModelToItsVerb) {
  const ScratchFolder folder;
  const ProgramResult run = run_program({"run", NERVELOAD_SOURCE_DIR "/scenarios/solid/b0.toml"}, folder.path());
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.err.find("nerveload solve"), std::string::npos) << run.err;
}

TEST(Run, RefusesAFolderThatHoldsSomethingElse) {
  const ScratchFolder folder, work;
  folder.write("thesis.txt", "do not touch");
  const ProgramResult run = run_program({"run", "default", "-o", folder.path().string()}, work.path());
  EXPECT_EQ(run.code, 4);
  EXPECT_NE(run.err.find("thesis.txt"), std::string::npos) << run.err;
  EXPECT_EQ(text_of_file(folder.path() / "thesis.txt"), "do not touch");
}
