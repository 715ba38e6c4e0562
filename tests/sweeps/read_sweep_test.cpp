#include <gtest/gtest.h>

#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

const std::string head = "schema = 1\nbase = \"default.toml\"\n";
const std::string force = "[[parameter]]\nkey = \"load.force_N\"\nvalues = [100, 200]\n";

/// The faults of a sweep file as one text.
std::string faults_of(const std::string& text, const std::filesystem::path& name = "s.toml") {
  try {
    read_sweep_text(text, name);
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}
}  // namespace

TEST(ReadSweep, AGridIsEveryValueWithEveryOther) {
  const SweepPlan plan = tiny_plan(5);
  EXPECT_EQ(plan.design.points, 20);
  EXPECT_EQ(plan.parameters[0].values, (std::vector<std::string>{"50", "100", "150", "200", "250"}));
  EXPECT_EQ(plan.answers.size(), 2u);
}

TEST(ReadSweep, TheHashTellsDesignsApart) {
  EXPECT_EQ(tiny_plan(5).hash, tiny_plan(5).hash);
  EXPECT_NE(tiny_plan(5).hash, tiny_plan(6).hash);
  const std::string text = head + force;
  const std::vector<std::string> settings{"mesh.fidelity=coarse"};
  EXPECT_NE(read_sweep_text(text, "s.toml").hash, read_sweep_text(text, "s.toml", settings).hash);
}

TEST(ReadSweep, UnknownInputsAndValuesOutsidePhysicsAreToldAtTheirPlace) {
  EXPECT_TRUE(has(faults_of(head + "[[parameter]]\nkey = \"load.forse_N\"\nvalues = [1]\n"),
                  "s.toml:4:7: load.forse_N: unknown key; did you mean load.force_N?"))
      << faults_of(head + "[[parameter]]\nkey = \"load.forse_N\"\nvalues = [1]\n");
  const std::string knee = faults_of(head + "[[parameter]]\nkey = \"pose.knee_flexion_deg\"\nvalues = [0, 400]\n");
  EXPECT_TRUE(has(knee, "s.toml:5:10: pose.knee_flexion_deg = 400: expected")) << knee;
  const std::string normal =
      faults_of(head + "[[parameter]]\nkey = \"pose.hip_flexion_deg\"\ndistribution = \"normal(60, 80)\"\n[design]\nkind = \"sobol\"\npoints = 8\n");
  EXPECT_TRUE(has(normal, "truncated(normal(60, 80), low, high)")) << normal;
  EXPECT_TRUE(has(faults_of(head + "[[parameter]]\nkey = \"roller.kind\"\nvalues = [\"sofd\"]\n"), "did you mean"));
}

TEST(ReadSweep, EveryFaultIsToldAtOnce) {
  const std::string all =
      faults_of("schema = 2\n[[parameter]]\nkey = \"load.force_N\"\nvalues = []\nrange = [3, 1]\n[design]\nkind = \"gird\"\nsead = 4\n");
  for (const char* part : {"schema = 2", "missing: expected base", "expected only one of", "did you mean \"grid\"", "design.sead"})
    EXPECT_TRUE(has(all, part)) << part << "\n" << all;
}

TEST(ReadSweep, DesignsThatCannotBe) {
  const std::string drawn = "[design]\nkind = \"lhs\"\n";
  EXPECT_TRUE(has(faults_of(head + force + drawn), "design.points: missing"));
  EXPECT_TRUE(has(faults_of(head + force + "[[parameter]]\nkey = \"roller.position_mm\"\nrange = [0, 9]\n" + drawn + "points = 1\n"),
                  "cannot tell 2 inputs apart"));
  EXPECT_TRUE(has(faults_of(head + force + drawn + "points = 300000\n"), "drawn as a whole"));
  EXPECT_TRUE(has(faults_of(head), "at least one [[parameter]]"));
  EXPECT_TRUE(has(faults_of(head + force + "[design]\npoints = 4\n"), "only lhs and sobol"));
  EXPECT_TRUE(has(faults_of(head + force + "[[parameter]]\nkey = \"load.force_kN\"\nvalues = [1]\n"), "is varied twice"));
  EXPECT_TRUE(has(faults_of(head + force + "[[parameter]]\nkey = \"load.mean_pressure_kPa\"\nvalues = [1]\n"), "a second load"));
  EXPECT_TRUE(has(faults_of(head + "[[parameter]]\nkey = \"load.force_N\"\ndistribution = \"uniform(1, 2)\"\n"), "a grid takes values"));
  EXPECT_TRUE(has(faults_of(head + "[[parameter]]\nkey = \"load.force_N\"\nrange = [1, 2]\n"), "parameter[1].count: missing"));
}

TEST(ReadSweep, CorrelationsAreBetweenDrawnInputs) {
  const std::string two =
      "[[parameter]]\nkey = \"load.force_N\"\nrange = [100, 200]\n[[parameter]]\nkey = \"roller.position_mm\"\nrange = [0, 9]\n[design]\nkind = "
      "\"lhs\"\npoints = 8\n";
  const std::string together = "[[correlation]]\nbetween = [\"load.force_N\", \"roller.position_mm\"]\n";
  EXPECT_EQ(read_sweep_text(head + two + together + "rank_correlation = 0.5\n", "s.toml").correlations.size(), 1u);
  EXPECT_TRUE(has(faults_of(head + two + together + "rank_correlation = 1.5\n"), "expected -0.999 to 0.999"));
  EXPECT_TRUE(has(faults_of(head + two + together), "correlation[1].rank_correlation: missing"));
  EXPECT_TRUE(has(faults_of(head + two + "[[correlation]]\nbetween = [\"load.force_N\", \"pose.hip\"]\nrank_correlation = 0.5\n"), "two different"));
  EXPECT_TRUE(has(faults_of(head + force + together + "rank_correlation = 0.5\n"), "for lhs and sobol"));
}

TEST(ReadSweep, ATableIsReadByItsHeader) {
  const ScratchFolder folder;
  const std::string design = head + "[design]\nkind = \"table\"\nfile = \"p.csv\"\n";
  const std::filesystem::path name = folder.path() / "s.toml";
  folder.write("p.csv", "\xEF\xBB\xBFload.force_N,roller.kind\r\n100,soft\r\n\r\n\"200\",hard\r\n150.5,soft");
  const SweepPlan plan = read_sweep_text(design, name);
  EXPECT_EQ(plan.design.points, 3);
  EXPECT_EQ(plan.parameters[1].key, "roller.kind");
  EXPECT_FALSE(plan.parameters[1].numeric());
  folder.write("p.csv", "load.force_N,roller.kind\n100,soft\n200\n,hard\n99999,soft\n");
  const std::string shape = faults_of(design, name);
  EXPECT_TRUE(has(shape, "p.csv:3:1: expected 2 cells")) << shape;
  EXPECT_TRUE(has(shape, "p.csv:4:1: load.force_N: the cell is empty")) << shape;
  folder.write("p.csv", "load.force_N,roller.kind\n100,soft\n99999,soft\n120,soggy\n");
  const std::string values = faults_of(design, name);
  EXPECT_TRUE(has(values, "p.csv:3:1: load.force_N = 99999: expected")) << values;
  EXPECT_TRUE(has(values, "p.csv:4:1: roller.kind = \"soggy\"")) << values;
  folder.write("p.csv", "load.force_N;roller.kind\n100;soft\n");
  EXPECT_TRUE(has(faults_of(design, name), "expected commas"));
  std::filesystem::remove(folder.path() / "p.csv");
  EXPECT_TRUE(has(faults_of(design, name), "s.toml:5:8: design.file")) << faults_of(design, name);
}
