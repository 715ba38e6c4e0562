/// What every scenario of the library came to, kept in golden.csv: figures change only where somebody means them to, with a line in CHANGELOG.md
/// that says why. NERVELOAD_WRITE_GOLDEN=1 writes the file anew.
#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "postprocess/summary.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {
namespace {

const std::string golden_file = std::string(NERVELOAD_SOURCE_DIR) + "/tests/validation/golden.csv";

/// Relative: what another number of threads, compiler or processor may change; 1e-9 is usual (tests/program/same_result_test.cpp), a peak near a
/// tie of two stations and the last iteration of a load found by it may be worse.
constexpr double tolerance = 1e-5;

const char* const figures[] = {"/verdict/level",
                               "/verdict/combined_index",
                               "/nerve/peak_compression_kPa",
                               "/nerve/peak_compression_at_mm",
                               "/nerve/peak_strain_percent",
                               "/nerve/peak_strain_at_mm",
                               "/nerve/peak_tension_N",
                               "/nerve/peak_flattening_percent",
                               "/nerve/root_excursion_mm",
                               "/roller/force_N",
                               "/roller/indentation_mm",
                               "/roller/contact_area_mm2",
                               "/roller/mean_pressure_kPa"};

using Golden = std::map<std::string, std::map<std::string, double>>;

Golden read_golden() {
  Golden golden;
  std::ifstream in(golden_file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::stringstream cells(line);
    std::string scenario, figure, value;
    std::getline(cells, scenario, ',');
    std::getline(cells, figure, ',');
    std::getline(cells, value, ',');
    golden[scenario][figure] = std::stod(value);
  }
  return golden;
}

void write_golden(const Golden& golden) {
  std::ofstream out(golden_file);
  out << "scenario,figure,value\n";
  for (const auto& [scenario, values] : golden)
    for (const auto& [figure, value] : values) {
      char text[32];
      const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 9);
      out << scenario << ',' << figure << ',' << std::string(text, end.ptr) << '\n';
    }
}

std::map<std::string, double> figures_of(const std::string& name) {
  const Simulation sim = simulate(read_scenario(name, std::vector<std::string>{"mesh.fidelity=coarse", "output.pictures=false"}));
  EXPECT_TRUE(sim.results.complete) << name << ": " << sim.results.reason;
  const auto summary = nlohmann::json::parse(summary_json(sim.results));
  std::map<std::string, double> values;
  for (const char* figure : figures) {
    const nlohmann::json::json_pointer at(figure);
    if (summary.contains(at) && summary[at].is_number()) values[figure + 1] = summary[at].get<double>();
  }
  return values;
}

TEST(Golden, EveryScenarioOfTheLibraryIsWhatItWas) {
  Golden now;
  for (const auto& [file, text] : embedded_library()) {
    const std::string name(file.substr(0, file.rfind('.')));
    now[name] = figures_of(name);
  }
  if (std::getenv("NERVELOAD_WRITE_GOLDEN")) write_golden(now);
  const Golden golden = read_golden();
  ASSERT_EQ(now.size(), golden.size());
  for (const auto& [scenario, values] : golden)
    for (const auto& [figure, value] : values) {
      ASSERT_TRUE(now[scenario].contains(figure)) << scenario << " " << figure;
      EXPECT_NEAR(now[scenario][figure], value, tolerance * std::max(std::abs(value), 1e-3)) << scenario << " " << figure;
    }
  for (const auto& [scenario, values] : now) EXPECT_EQ(values.size(), golden.at(scenario).size()) << scenario << ": a figure that is not kept";
}

}  // namespace
}  // namespace nerveload
