#include <iostream>

#include "app/verb.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/solid_model.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

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
  std::cout << resolved_toml(read_scenario(file, settings));
  return done;
}

}  // namespace

Verb check_verb() {
  return {"check", "FILE.toml [--set KEY=VALUE]...", "check a scenario; print it complete, every value with its source",
          "nerveload check default --set roller.position_mm=30", run};
}

}  // namespace nerveload::app
