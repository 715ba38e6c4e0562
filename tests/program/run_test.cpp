#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/run_program.hpp"

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

}  // namespace

/// The real program on a library scenario with a light load: everything a run promises to leave is there and reads back.
TEST(Run, LeavesEverythingThatARunPromises) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "leg out";  // a path with a space
  const ProgramResult run = run_program({"run", "hamstring_straight_leg", "--fidelity", "coarse", "--set", "load.force_N=25",
                                         "-o", out.string()}, folder.path());
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.out.find("emergency"), std::string::npos);
  EXPECT_NE(run.out.find("Preview on a coarse mesh"), std::string::npos);
  const auto summary = nlohmann::json::parse(text_of_file(out / "summary.json"));
  EXPECT_EQ(summary["status"], "complete");
  EXPECT_NEAR(summary["roller"]["force_N"].get<double>(), 25.0, 1e-3);
  EXPECT_GT(summary["nerve"]["peak_strain_percent"].get<double>(), 3.0);  // a straight leg raised by 75 degrees
  EXPECT_LT(summary["nerve"]["peak_strain_percent"].get<double>(), 12.0);
  EXPECT_GT(summary["nerve"]["peak_compression_kPa"].get<double>(), 0.0);
  EXPECT_FALSE(summary["safety"].empty());
  const auto tissue = members(out / "tissue.pvd"), nerve = members(out / "nerve.pvd");
  ASSERT_GE(tissue.size(), 4u);
  ASSERT_EQ(tissue.size(), nerve.size());
  const auto grid = load<vtkXMLUnstructuredGridReader>(tissue.back());
  for (const char* name : {"displacement_mm", "pressure_kPa"}) EXPECT_TRUE(grid->GetPointData()->HasArray(name)) << name;
  for (const char* name : {"cauchy_stress_kPa", "von_mises_kPa", "min_principal_stretch", "region", "fibre"})
    EXPECT_TRUE(grid->GetCellData()->HasArray(name)) << name;
  EXPECT_TRUE(grid->GetFieldData()->HasArray("TimeValue"));
  const auto line = load<vtkXMLPolyDataReader>(nerve.back());
  for (const char* name : {"arc_length_mm", "compression_kPa", "compression_pose_kPa", "compression_roller_kPa", "strain_percent",
                           "strain_from_slack_percent", "tension_N", "window_mm", "flattening_percent",
                           "compression_utilisation", "tension_utilisation", "irritation_level"})
    EXPECT_TRUE(line->GetPointData()->HasArray(name)) << name;
  for (const char* file : {"scenario.toml", "nerve_profile.csv", "history.csv", "roller.pvd", "bones.vtp", "pictures/scene.png",
                           "pictures/section.png", "pictures/nerve_profile.png", "pictures/history.png"})
    EXPECT_TRUE(fs::exists(out / file)) << file;
  // What it left is itself a scenario, and the folder is not taken for another run's by mistake.
  const ProgramResult check = run_program({"check", (out / "scenario.toml").string()}, folder.path());
  EXPECT_EQ(check.code, 0) << check.err;
}

TEST(Run, RefusesAFolderThatHoldsSomethingElse) {
  const ScratchFolder folder, work;
  folder.write("thesis.txt", "do not touch");
  const ProgramResult run = run_program({"run", "default", "-o", folder.path().string()}, work.path());
  EXPECT_EQ(run.code, 4);
  EXPECT_NE(run.err.find("thesis.txt"), std::string::npos) << run.err;
  EXPECT_EQ(text_of_file(folder.path() / "thesis.txt"), "do not touch");
}
