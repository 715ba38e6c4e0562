#include <iostream>

#include "app/verb.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/solid_model.hpp"
#include "sweeps/design.hpp"
#include "sweeps/statistics_program.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

void print_sweep(const SweepPlan& plan) {
  std::cout << "# " << plan.name << ": a sound sweep of " << plan.design.points << " points (" << to_string(plan.design.kind) << ") over "
            << plan.parameters.size() << (plan.parameters.size() == 1 ? " input" : " inputs") << "; the first in the order of execution:\n";
  std::cout << "point";
  for (const SweepParameter& p : plan.parameters) std::cout << "," << p.key;
  int shown = 0;
  visit_design(plan, [&](const DesignPoint& point) {
    std::cout << "\n" << point.number;
    for (const std::string& v : point.values) std::cout << "," << v;
    return ++shown < 10;
  });
  std::cout << "\n";
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"),
                        "a patch on top of the file, as often as wanted; KEY dotted and with its unit");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario file (or the name of a library scenario)");
  const std::vector<std::string> settings = patches(*map);
  if (input_kind(file) == "solid") {
    const SolidModel model = read_solid_model(file, settings);
    for (const std::string& w : model.warnings) std::cerr << "nerveload: warning: " << file << ": " << w << "\n";
    std::cout << "# " << model.name << ": a sound solid model of " << model.mesh.cells.size() << " cells, " << model.mesh.X.size() << " nodes, "
              << model.mesh.region_names.size() << " regions, " << model.indenters.size() << " indenters, " << model.tractions.size()
              << " tractions, " << model.probes.size() << " probes, " << model.all_steps() << " steps\n"
              << model.text;
    return done;
  }
  if (input_kind(file) == "sweep") {
    try {
      print_sweep(read_sweep(file, settings));
    } catch (const StatisticsError& e) {
      throw UsageError(file + ": " + e.what());
    }
    return done;
  }
  std::cout << resolved_toml(read_scenario(file, settings));
  return done;
}

}  // namespace

Verb check_verb() {
  return {"check", "FILE.toml [--set KEY=VALUE]...", "check a scenario; print it complete, every value with its source",
          "nerveload check default --set roller.position_mm=30", run};
}

}  // namespace nerveload::app
