#pragma once
#include <unistd.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sweeps/run_sweep.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {

/// A grid of that many forces times four roller positions.
inline SweepPlan tiny_plan(int forces, const std::string& more = {}) {
  return read_sweep_text(
      "schema = 1\nkind = \"sweep\"\nname = \"tiny\"\nbase = \"default.toml\"\n"
      "[[parameter]]\nkey = \"load.force_N\"\nrange = [50, 250]\ncount = " +
          std::to_string(forces) + "\n[[parameter]]\nkey = \"roller.position_mm\"\nvalues = [-40, -20, 0, 20]\n" + more,
      "tiny.toml");
}

/// A model that takes no time: a smooth figure of the inputs.
inline PointOutcome tiny_point(const PointTask& task) {
  const auto inputs = nlohmann::json::parse(task.inputs);
  const double force = inputs.at("load.force_N").get<double>(), place = inputs.at("roller.position_mm").get<double>();
  PointOutcome o;
  o.figures = {{"nerve.peak_compression_kPa", 0.03 * force * std::exp(-place * place / 800.0)}, {"nerve.peak_strain_percent", 2.0 + 0.01 * place}};
  o.profile = "{\"arc_length_mm\":[0,1,2],\"compression_kPa\":[1,2,1],\"x_mm\":[0,1,2],\"y_mm\":[0,0,0],\"z_mm\":[null,0,5]}";
  o.scenario_sha256 = "0";
  return o;
}

/// Rows as text without what depends on the clock.
inline std::string rows_of(const SweepStore& store) {
  std::string text;
  store.visit([&](const StoredPoint& p) {
    text += std::to_string(p.number) + " " + p.inputs + " " + p.status + " " + p.figures + "\n";
    return true;
  });
  return text;
}

}  // namespace nerveload
