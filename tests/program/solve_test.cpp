#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <nlohmann/json.hpp>

#include "tests/support/run_program.hpp"

using namespace nerveload;
using nlohmann::json;

namespace {

std::string model(const std::string& name) { return std::string(NERVELOAD_SOURCE_DIR) + "/scenarios/solid/" + name + ".toml"; }
json summary(const ScratchFolder& folder) { return json::parse(text_of_file(folder.path() / "out/summary.json")); }

}  // namespace

TEST(Solve, B0FromFileToParaView) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("b0"), "-o", "out"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  const json s = summary(folder);
  EXPECT_EQ(s["status"], "complete");
  ASSERT_EQ(s["steps"].size(), 10u);
  EXPECT_NEAR(s["steps"][9]["reaction_N"]["strip"][2].get<double>(), -6.6774, 0.001 * 6.6774);
  EXPECT_NEAR(s["steps"][9]["reaction_N"]["zmin"][2].get<double>(), 6.6774, 0.001 * 6.6774);
  EXPECT_EQ(s["steps"][9]["probe"]["middle"].size(), 3u);
  EXPECT_GT(s["steps"][9]["newton_iterations"].get<int>(), 0);
  const std::string csv = text_of_file(folder.path() / "out/probes.csv");
  EXPECT_TRUE(csv.starts_with("step,path,time_s,middle.X_mm,middle.Y_mm,middle.Z_mm,pressure_middle.kPa\n0,0,0,0,0,0,")) << csv;
  const std::string pvd = text_of_file(folder.path() / "out/tissue.pvd");
  EXPECT_NE(pvd.find("timestep=\"1\" group=\"\" part=\"0\" file=\"tissue/tissue_0010.vtu\""), std::string::npos);
  auto reader = vtkSmartPointer<vtkXMLUnstructuredGridReader>::New();
  reader->SetFileName((folder.path() / "out/tissue/tissue_0010.vtu").c_str());
  reader->Update();
  vtkUnstructuredGrid* grid = reader->GetOutput();
  EXPECT_EQ(grid->GetNumberOfCells(), 2400);
  ASSERT_TRUE(grid->GetPointData()->GetArray("displacement_mm"));
  double range[2];
  grid->GetPointData()->GetArray("displacement_mm")->GetRange(range, 2);
  EXPECT_NEAR(range[0], -10.0, 1e-5);
  for (const char* name : {"cauchy_stress_kPa", "pressure_kPa", "von_mises_kPa", "min_principal_stretch", "region", "fibre"})
    EXPECT_TRUE(grid->GetCellData()->GetArray(name)) << name;
  EXPECT_TRUE(grid->GetFieldData()->HasArray("TimeValue"));
}

/// Written over from its start, and no wider than the window: a line that is broken could not be.
TEST(Solve, ATerminalShowsOneLineThatFits) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("b0"), "-o", "out"}, folder.path(), "sh -c 'script -qec \"stty cols 60; $*\" /dev/null' sh");
  ASSERT_EQ(r.code, 0) << r.out;
  const std::string from_its_start = "\r\033[K";
  int lines = 0, within_steps = 0;
  for (std::size_t at = r.out.find(from_its_start); at != std::string::npos; at = r.out.find(from_its_start, at + 1)) {
    const std::string line = r.out.substr(at + from_its_start.size(), r.out.find('\r', at + 1) - at - from_its_start.size());
    EXPECT_TRUE(line.starts_with("[#") || line.starts_with("[-")) << line;
    EXPECT_LT(line.size(), 60u) << line;
    ++lines;
    within_steps += line.find(" step 0 of 10, iteration 2, relative") != std::string::npos;
  }
  EXPECT_GT(lines, 20);
  EXPECT_EQ(within_steps, 1);
  EXPECT_NE(r.out.find("[#######-----] step 6 of 10"), std::string::npos) << r.out;
}

/// The example of Newton's convergence: each step ends with residuals whose exponents double.
TEST(Solve, IterationsShowQuadraticConvergence) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("b0"), "-o", "out", "-q", "--iterations"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  std::vector<double> relative;
  const std::string key = "over the forces ";
  for (std::size_t at = r.out.find(key); at != std::string::npos; at = r.out.find(key, at + 1))
    relative.push_back(std::stod(r.out.substr(at + key.size())));
  ASSERT_GE(relative.size(), 30u);
  const std::size_t n = relative.size();
  EXPECT_LT(relative[n - 1], 1e-10);
  EXPECT_LT(relative[n - 2], 10.0 * relative[n - 3] * relative[n - 3]);
}

TEST(Solve, SlabFromTheUsersOwnMesh) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("slab"), "-o", "out", "--quiet"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  const json last = summary(folder)["steps"].back();
  EXPECT_NEAR(last["indenter"][0]["force_N"][2].get<double>(), -2.19, 0.02 * 2.19);  // on the body
  EXPECT_NEAR(last["indenter"][0]["max_pressure_kPa"].get<double>(), 27.9, 0.02 * 27.9);
  EXPECT_NEAR(last["indenter"][0]["travel_mm"].get<double>(), 25.5, 1e-12);
}

TEST(Solve, ForceControlCarriesItsForce) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("force"), "-o", "out"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  const json s = summary(folder);
  for (const json& step : s["steps"]) {
    EXPECT_NEAR(step["indenter"][0]["force_N"][2].get<double>(), -8.0 * step["path"].get<double>(), 1e-4);
    EXPECT_NEAR(step["reaction_N"]["zmin"][2].get<double>(), 8.0 * step["path"].get<double>(), 1e-4);
  }
}

/// The model of friction.toml with a cylinder that turns freely: it rolls.
TEST(Solve, AFreelyTurningCylinderRolls) {
  const ScratchFolder folder;
  std::string text = text_of_file(model("friction"));
  text.replace(text.find("turning = false"), 15, "turning = true");
  const ProgramResult r = run_program({"solve", folder.write("rolling.toml", text), "-q", "-o", "out"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  const json s = summary(folder);
  ASSERT_EQ(s["steps"].size(), 24u);
  const json pressed = s["steps"][3]["indenter"][0], rolled = s["steps"][23]["indenter"][0];
  EXPECT_NEAR(rolled["force_N"][2].get<double>(), -3.0, 1e-4);
  EXPECT_NEAR(rolled["force_N"][0].get<double>(), 0.0, 0.02 * 0.9);
  EXPECT_NEAR(rolled["spin_deg"].get<double>() - pressed["spin_deg"].get<double>(), 38.2, 0.05 * 38.2);
  EXPECT_LT(rolled["friction_work_mJ"].get<double>(), 0.02 * 0.9 * 20.0);
}

TEST(Solve, TheSameRunGivesTheSameBytes) {
  const ScratchFolder a, b;
  ASSERT_EQ(run_program({"solve", model("b0"), "-o", "out", "--set", "steps.count=2"}, a.path()).code, 0);
  ASSERT_EQ(run_program({"solve", model("b0"), "-o", "out", "--set", "steps.count=2"}, b.path()).code, 0);
  for (const char* file : {"out/probes.csv", "out/tissue.pvd", "out/tissue/tissue_0002.vtu"})
    EXPECT_EQ(text_of_file(a.path() / file), text_of_file(b.path() / file)) << file;
  EXPECT_EQ(summary(a)["steps"], summary(b)["steps"]);
}

TEST(Solve, ThreadsChangeNothingBeyondRounding) {
  const ScratchFolder a, b;
  ASSERT_EQ(run_program({"solve", model("b1"), "-o", "out", "--threads", "1"}, a.path()).code, 0);
  ASSERT_EQ(run_program({"solve", model("b1"), "-o", "out", "--threads", "2"}, b.path()).code, 0);
  const json one = summary(a)["steps"].back(), two = summary(b)["steps"].back();
  const double f1 = one["indenter"][0]["force_N"][2], f2 = two["indenter"][0]["force_N"][2];
  EXPECT_NEAR(f1, f2, 1e-9 * std::abs(f1));
}

TEST(Solve, AnImpossibleLoadIsStatusThreeWithResultsSoFar) {
  const ScratchFolder folder;
  std::string text = text_of_file(model("b0"));
  text.replace(text.find("value_mm = -10"), 14, "value_mm = -60");
  text.replace(text.find("cells = [20, 12, 10]"), 20, "cells = [10, 4, 4]");
  const std::string file = folder.write("deep.toml", text);
  const ProgramResult r = run_program({"solve", file, "-o", "out"}, folder.path());
  EXPECT_EQ(r.code, 3) << r.err;
  const json s = summary(folder);
  EXPECT_EQ(s["status"], "incomplete");
  EXPECT_FALSE(s["reason"].get<std::string>().empty());
  EXPECT_GT(s["steps"].size(), 1u);
}

TEST(Solve, BadInputIsStatusTwoAndLeavesNothing) {
  const ScratchFolder folder;
  const std::string file = folder.write("bad.toml", "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [1, 1, 1], cels = [1, 1, 1] }\n");
  const ProgramResult r = run_program({"solve", file, "-o", "out"}, folder.path());
  EXPECT_EQ(r.code, 2);
  EXPECT_NE(r.err.find("bad.toml:4:"), std::string::npos) << r.err;
  EXPECT_NE(r.err.find("did you mean mesh.block.cells?"), std::string::npos) << r.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
  EXPECT_EQ(run_program({"check", file}, folder.path()).code, 2);
}

TEST(Solve, AFolderThatHoldsSomethingElseIsRefused) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path() / "out");
  folder.write("out/thesis.doc", "years of work");
  const ProgramResult r = run_program({"solve", model("b0"), "-o", "out", "--set", "steps.count=1"}, folder.path());
  EXPECT_EQ(r.code, 4) << r.err;
  EXPECT_EQ(text_of_file(folder.path() / "out/thesis.doc"), "years of work");
}

/// The models that stand in scenarios/solid end, and the figures that their heads name are found.
TEST(Solve, EveryModelOfTheLibraryEnds) {
  struct Figure {
    const char *model, *path;
    double reference, percent;
  };
  const Figure known[] = {{"bar", "/reaction_N/zmax/2", 0.9314, 1.0},          {"cook", "/probe/corner/2", 6.92, 2.0},
                          {"fibres", "/probe/middle/0", 18.72, 1.0},           {"friction", "/indenter/0/friction_N/0", 0.9, 1.0},
                          {"inclusion", "/reaction_N/top/2", -16.44, 4.0},     {"sphere", "/indenter/0/force_N/2", -2.5, 0.01},
                          {"tube", "/probe/inner_wall/0", 1.644, 0.5},         {"relaxation", "/probe/stress/2", 0.5119, 0.1},
                          {"tetrahedra", "/indenter/0/force_N/2", -8.20, 0.73}};
  int models = 0;
  for (const auto& file : std::filesystem::directory_iterator(NERVELOAD_SOURCE_DIR "/scenarios/solid")) {
    if (file.path().extension() != ".toml" || file.path().stem() == "deep") continue;  // below
    ++models;
    const ScratchFolder folder;
    const ProgramResult r = run_program({"solve", file.path().string(), "-q", "-o", "out"}, folder.path());
    ASSERT_EQ(r.code, 0) << file.path() << r.err;
    const json last = summary(folder)["steps"].back();
    for (const Figure& f : known)
      if (file.path().stem() == f.model) {
        EXPECT_NEAR(last.at(json::json_pointer(f.path)).get<double>(), f.reference, 0.01 * f.percent * std::abs(f.reference)) << f.model;
      }
  }
  EXPECT_GE(models, 13);
}

/// 20 000 cells, two fifths of the height: minutes.
TEST(LongSolve, ADeepIndentationEndsWithoutTuning) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"solve", model("deep"), "-q", "-o", "out"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  const json last = summary(folder)["steps"].back();
  EXPECT_NEAR(last["indenter"][0]["travel_mm"].get<double>(), 40.0, 1e-9);
  EXPECT_NEAR(last["indenter"][0]["force_N"][2].get<double>(), -38.88, 0.01 * 38.88);
}

/// What a run did not do as asked stands beside its results, and what was patched in the model that it leaves.
TEST(Solve, WarnsOfWhatWentUnnoticed) {
  const ScratchFolder folder;
  const std::string head =
      "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10, 10], cells = [2, 2, 2], element = \"tet4\" }\n[[material]]\n"
      "model = \"neo_hookean\"\nshear_modulus_kPa = 3\nbulk_modulus_kPa = 30\n[[fix]]\nset = \"zmin\"\n[[indenter]]\nshape = "
      "\"sphere\"\nradius_mm = 20\ncentre_mm = [0, 0, 35]\ndirection = [0, 0, -1]\ntravel_mm = 2\n";
  folder.write("far.toml", head + "[steps]\ncount = 3\n");
  const ProgramResult far = run_program({"solve", "far.toml", "-q", "-o", "far", "--set", "steps.count=1"}, folder.path());
  EXPECT_EQ(far.code, 0) << far.err;
  EXPECT_NE(far.err.find("warning: indenter 1 never touched the body"), std::string::npos) << far.err;
  EXPECT_NE(far.err.find("tetrahedra of four nodes: they lock"), std::string::npos) << far.err;
  EXPECT_EQ(json::parse(text_of_file(folder.path() / "far/summary.json"))["warnings"].size(), 2u);
  EXPECT_TRUE(text_of_file(folder.path() / "far/model.toml").starts_with("# solved with --set 'steps.count=1' on top of what follows\nschema = 1\n"));
  const ProgramResult list = run_program({"solve", "far.toml", "-q", "-o", "list", "--set", "fix.set=\"zmax\""}, folder.path());
  EXPECT_EQ(list.code, 2);
  EXPECT_NE(list.err.find("fix.set: there is no such [[fix]]: expected a number from 0 to 0"), std::string::npos) << list.err;
}

TEST(Solve, SaysHowMuchMemoryItWouldNeed) {
  const ScratchFolder folder;
  std::string text = text_of_file(model("deep"));
  const std::string cells = "[27, 27, 27]";
  text.replace(text.find(cells), cells.size(), "[45, 45, 45]");
  folder.write("large.toml", text);
  const ProgramResult r = run_program({"solve", "large.toml", "-q", "-o", "out"}, folder.path(), "prlimit --as=2500000000");
  EXPECT_EQ(r.code, 3) << r.err;
  EXPECT_NE(r.err.find("the factorisation needs "), std::string::npos) << r.err;
  EXPECT_NE(r.err.find(" GB are available"), std::string::npos) << r.err;
}

TEST(Solve, CheckKnowsSolidModels) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"check", model("b1")}, folder.path());
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("2400 cells"), std::string::npos);
}
