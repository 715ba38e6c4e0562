#include "postprocess/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <limits>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>

#include "postprocess/files.hpp"
#include "postprocess/mesh_convergence.hpp"
#include "postprocess/write_results.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
using nlohmann::json;

struct Summary : ::testing::Test {
  static void SetUpTestSuite() { block = new BlockResults; }
  static void TearDownTestSuite() { delete block; }
  static inline BlockResults* block = nullptr;
};

TEST_F(Summary, HasEveryFigureOfTheInterface) {
  const json s = json::parse(summary_json(block->results));
  for (const char* key :
       {"schema", "name", "status", "verdict", "nerve", "roller", "tissue", "safety", "mesh", "solver", "sensitivities", "provenance"})
    EXPECT_TRUE(s.contains(key)) << key;
  for (const char* key :
       {"level", "level_name", "governing", "compression_utilisation", "tension_utilisation", "combined_index", "without_double_site", "text"})
    EXPECT_TRUE(s["verdict"].contains(key)) << key;
  for (const char* key :
       {"peak_compression_kPa", "peak_compression_at_mm", "peak_strain_percent", "peak_strain_at_mm", "peak_tension_N", "peak_flattening_percent",
        "length_above_threshold_mm", "time_above_threshold_s", "root_excursion_mm", "seconds_above_level_per_minute"})
    EXPECT_TRUE(s["nerve"].contains(key)) << key;
  for (const char* key : {"force_N", "indentation_mm", "contact_area_mm2", "mean_pressure_kPa", "peak_pressure_kPa"})
    EXPECT_TRUE(s["roller"].contains(key)) << key;
  for (const char* key : {"cells", "nodes", "dof", "min_scaled_jacobian"}) EXPECT_TRUE(s["mesh"].contains(key)) << key;
  for (const char* key : {"steps", "newton_iterations", "factorisations", "wall_s", "assembly_s", "linear_s", "peak_rss_MB", "threads"})
    EXPECT_TRUE(s["solver"].contains(key)) << key;
  for (const char* key : {"version", "git", "scenario_sha256", "parameters_sha256", "libraries"}) EXPECT_TRUE(s["provenance"].contains(key)) << key;
  EXPECT_EQ(s["verdict"]["structural_limit"]["text"], "not reached");
  EXPECT_TRUE(s["verdict"]["structural_limit"]["compression_kPa"].is_null());
  EXPECT_EQ(s["status"], "complete");
  EXPECT_EQ(s["safety"].size(), safety_texts().size());
  EXPECT_TRUE(s["tissue"].contains("epineurium"));
  EXPECT_EQ(s["mesh"]["cells"], 1440);
  EXPECT_GT(s["roller"]["force_N"], 1.0);
  EXPECT_NEAR(s["roller"]["indentation_mm"].get<double>(), 8.0, 1e-6);
}

TEST_F(Summary, NeverHoldsNaNAndSaysWhyItIsIncomplete) {
  Results r = block->results;
  r.complete = false;
  r.reason = "pressing did not converge";
  r.steps.back().nerve.stations[3].tension_N = std::numeric_limits<double>::quiet_NaN();
  r.solver.wall_s = std::numeric_limits<double>::infinity();
  const std::string text = summary_json(r);
  EXPECT_EQ(text.find(": nan"), std::string::npos);
  EXPECT_EQ(text.find(": inf"), std::string::npos);
  const json s = json::parse(text);
  EXPECT_EQ(s["status"], "incomplete");
  EXPECT_EQ(s["reason"], "pressing did not converge");
  EXPECT_TRUE(s["solver"]["wall_s"].is_null());
  EXPECT_EQ(nerve_profile_csv(r).find("nan"), std::string::npos);
}

TEST_F(Summary, TellsWhatCoarserMeshesCameTo) {
  Results r = block->results;
  EXPECT_TRUE(json::parse(summary_json(r))["coarser_meshes"].empty());
  r.coarser.push_back({"coarse", 1234, {6.25, -22.0}, {2.5, -42.0}, {}, 45.5, {}});
  const json mesh = json::parse(summary_json(r))["coarser_meshes"][0];
  EXPECT_EQ(mesh["fidelity"], "coarse");
  EXPECT_EQ(mesh["cells"], 1234);
  EXPECT_EQ(mesh["peak_compression_kPa"], 6.25);
  EXPECT_EQ(mesh["peak_compression_at_mm"], -22.0);
  EXPECT_EQ(mesh["peak_strain_percent"], 2.5);
  EXPECT_EQ(mesh["indentation_mm"], 45.5);
}

TEST_F(Summary, TellsTheLimitOfFineMeshesWhereASimilarOneLed) {
  Results r = block->results;
  EXPECT_TRUE(json::parse(summary_json(r))["mesh_error"]["limit"].is_null());
  const NerveProfile& nerve = r.steps[r.governing_step].nerve;
  const double found = peak_of(nerve, &NerveStation::compression_kPa).value;
  r.coarser.push_back({"rough", 180, {0.9 * found, 0.0}, {1.0, 0.0}, {}, 8.0, {}});
  EXPECT_TRUE(json::parse(summary_json(r))["mesh_error"]["limit"].is_null()) << "the rough mesh has cells of another shape";
  // An eighth of the cells: edges twice as long.
  r.coarser.push_back({"coarse", 180, {0.9 * found, 0.0}, {1.0, 0.0}, {}, 8.0, {}});
  const json limit = json::parse(summary_json(r))["mesh_error"]["limit"];
  EXPECT_EQ(limit["coarser"], "coarse");
  EXPECT_NEAR(limit["ratio"].get<double>(), 2.0, 1e-12);
  EXPECT_NEAR(limit["peak_compression_kPa"]["extrapolated"].get<double>(), found * (1.0 + 0.1 / (std::pow(2.0, mesh_order) - 1.0)), 1e-9 * found);
  EXPECT_NE(limit["text"].get<std::string>().find("from this mesh and coarse"), std::string::npos);
  r.complete = false;
  EXPECT_TRUE(json::parse(summary_json(r))["mesh_error"]["limit"].is_null());
}

TEST_F(Summary, TellsHowAHoldBeginsAndEnds) {
  Results r = block->results;
  EXPECT_TRUE(json::parse(summary_json(r))["hold"].is_null());
  r.steps.push_back(r.steps.back());
  r.steps.back().phase = ResultStep::Phase::hold;
  r.steps.back().loaded_s = 59.0;
  const json hold = json::parse(summary_json(r))["hold"];
  EXPECT_EQ(hold["press_duration_s"], 1.0);
  EXPECT_EQ(hold["begin"]["loaded_s"], 0.0);
  EXPECT_EQ(hold["end"]["loaded_s"], 59.0);
  for (const char* key : {"peak_compression_kPa", "peak_strain_percent", "peak_tension_N", "force_N", "indentation_mm", "mean_pressure_kPa", "level"})
    EXPECT_EQ(hold["begin"][key], hold["end"][key]) << key;
}

TEST_F(Summary, WithoutARollerThereIsNone) {
  Results r = block->results;
  r.roller = nullptr;
  EXPECT_TRUE(json::parse(summary_json(r))["roller"].is_null());
}

TEST_F(Summary, TablesHaveARowPerStationAndStep) {
  auto lines = [](const std::string& csv) { return std::count(csv.begin(), csv.end(), '\n'); };
  EXPECT_EQ(lines(nerve_profile_csv(block->results)), 1 + 13);
  EXPECT_EQ(lines(history_csv(block->results)), 1 + long(block->results.steps.size()));
  std::istringstream rows(nerve_profile_csv(block->results));
  std::string row;
  long columns = -1;
  while (std::getline(rows, row)) {
    const long commas = std::count(row.begin(), row.end(), ',');
    EXPECT_TRUE(columns < 0 || commas == columns) << row;
    columns = commas;
  }
}

/// Writes 1234.5 as 1.234,5, as German locales do.
struct CommaDecimals : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST_F(Summary, DoesNotDependOnTheLocale) {
  auto all = [] {
    Results r = block->results;
    judge_results(r);
    const json s = json::parse(summary_json(r));
    return history_csv(r) + nerve_profile_csv(r) + s["verdict"].dump() + s["nerve"].dump();
  };
  const std::string before = all();
  const std::locale old = std::locale::global(std::locale(std::locale::classic(), new CommaDecimals));
  std::setlocale(LC_ALL, "de_DE.UTF-8");  // where it is installed
  const std::string after = all();
  std::locale::global(old);
  EXPECT_EQ(before, after);
}

TEST_F(Summary, AWholeFolderIsWritten) {
  const ScratchFolder dir;
  Results r = block->results;
  r.pictures = false;
  (void)prepare_output(dir.path() / "out", false);
  write_results(r, dir.path() / "out");
  for (const char* file : {"summary.json", "scenario.toml", "tissue.pvd", "nerve.pvd", "roller.pvd", "bones.vtp", "nerve_profile.csv", "history.csv"})
    EXPECT_TRUE(std::filesystem::exists(dir.path() / "out" / file)) << file;
  EXPECT_NO_THROW((void)prepare_output(dir.path() / "out", false));  // an earlier run's folder may be used again
}

/// A stroke whose stations are loaded one after another.
Results stroke(const std::vector<std::vector<double>>& kPa) {
  Results r;
  r.motion = {true, 60.0, 1.0};
  for (std::size_t k = 0; k < kPa.size(); ++k) {
    ResultStep s;
    s.phase = k == 0 ? ResultStep::Phase::press : ResultStep::Phase::stroke;
    s.indentation_mm = 10.0;
    s.loaded_s = kPa.size() > 1 ? double(k) / double(kPa.size() - 1) : 0.0;
    for (std::size_t i = 0; i < kPa[k].size(); ++i) {
      NerveStation n;
      n.arc_length_mm = 10.0 * double(i);
      n.compression_kPa = kPa[k][i];
      n.in_mesh = true;
      s.nerve.stations.push_back(n);
    }
    r.steps.push_back(s);
  }
  assign_times(r);
  judge_results(r);
  return r;
}

TEST(Exposure, OfAStrokeIsThatOfTheWorstStation) {
  const double caution = ThresholdLadder{}.compression_kPa(1, LadderColumn::healthy, 1.0);
  // Station 0 is above caution for the first half, station 1 for a quarter around the middle.
  const Results r = stroke({{2 * caution, 0}, {caution, 0}, {0, caution}, {0, 0}, {0, 0}});
  const Exposure e = measure_exposure(r);
  EXPECT_NEAR(e.seconds_per_minute[1], 15.0, 1e-9);
  EXPECT_NEAR(e.seconds_above_caution, 15.0, 1e-9);
  EXPECT_EQ(e.seconds_per_minute[2], 60.0 * 0.0);
  EXPECT_EQ(r.governing_step, 0);
}

/// The steps of a hold are far apart in the end: it is their times that count, not their number.
TEST(Exposure, OfAHoldThatRelaxesGoesByTime) {
  const double caution = ThresholdLadder{}.compression_kPa(1, LadderColumn::healthy, 1.0);
  Results r = stroke({{2 * caution}, {1.5 * caution}, {1.2 * caution}, {0.8 * caution}, {0.5 * caution}});
  const double at[] = {0.0, 1.0, 4.0, 14.0, 59.0};
  for (int k = 0; k < 5; ++k) {
    r.steps[k].phase = k == 0 ? ResultStep::Phase::press : ResultStep::Phase::hold;
    r.steps[k].loaded_s = at[k];
  }
  r.motion = {false, 60.0, 1.0};
  assign_times(r);
  judge_results(r);
  EXPECT_NEAR(r.steps.back().time_s, 2.0 + 59.0, 1e-12);
  EXPECT_EQ(first_loaded_step(r), 0);
  EXPECT_EQ(r.governing_step, 0);
  const Exposure e = measure_exposure(r);
  EXPECT_NEAR(e.seconds_per_minute[1], 60.0 * 9.0 / 59.0, 1e-9);  // above caution until half of the way from 4 to 14 s
  EXPECT_NEAR(e.seconds_above_caution, 60.0 * 9.0 / 59.0, 1e-9);
}

/// Steps of a stroke that had to be halved do not count twice.
TEST(Exposure, OfAStrokeGoesByTime) {
  const double caution = ThresholdLadder{}.compression_kPa(1, LadderColumn::healthy, 1.0);
  Results r = stroke({{0}, {0}, {caution}, {2 * caution}});
  const double at[] = {0.0, 0.5, 0.75, 1.0};
  for (int k = 0; k < 4; ++k) r.steps[k].loaded_s = at[k];
  assign_times(r);
  EXPECT_NEAR(measure_exposure(r).seconds_per_minute[1], 15.0, 1e-9);
}

TEST(Exposure, OfAHoldIsAllOrNothing) {
  Results r = stroke({{6.0}});
  const Exposure e = measure_exposure(r);
  EXPECT_EQ(e.seconds_per_minute[1], 60.0);
  EXPECT_EQ(e.seconds_per_minute[2], 60.0);
  EXPECT_EQ(e.seconds_per_minute[3], 0.0);
}

TEST(Governing, IsTheWorstStepOfTheStroke) {
  const Results r = stroke({{1.0, 0.0}, {3.0, 0.0}, {0.0, 6.0}, {0.0, 2.0}});
  EXPECT_EQ(r.governing_step, 2);
  EXPECT_EQ(r.verdict.level, 2);
  EXPECT_EQ(r.verdict.governing_at_mm, 10.0);
}

TEST(Governing, APreviewAndAnIncompleteRunSaySo) {
  Results r = stroke({{1.0}});
  EXPECT_EQ(r.verdict.text.find("Preview"), std::string::npos);
  r.fidelity = "coarse";
  r.complete = false;
  judge_results(r);
  EXPECT_NE(r.verdict.text.find("Preview on a coarse mesh"), std::string::npos);
  EXPECT_NE(r.verdict.text.find("full load was not reached"), std::string::npos);
}

TEST(Times, RiseStrictly) {
  Results r = stroke({{1.0}, {1.0}, {1.0}});
  for (std::size_t k = 1; k < r.steps.size(); ++k) EXPECT_GT(r.steps[k].time_s, r.steps[k - 1].time_s);
  EXPECT_NEAR(r.steps.back().time_s, 3.0, 1e-12);
}

}  // namespace
}  // namespace nerveload
