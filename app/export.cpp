#include <iostream>

#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/vtk_writer.hpp"
#include "scenarios/export_inp.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

void write_deck(InpDeck deck, const std::string& element, const std::filesystem::path& out) {
  if (!element.empty()) deck.element = element;
  write_text(out, inp_text(deck));
  for (const std::string& s : deck.left_out) std::cerr << "nerveload: left out or changed: " << s << "\n";
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("format", po::value<std::string>()->value_name("inp|vtu"),
                        "CalculiX deck, or mesh with its sets (default: by the ending of FILE)")(
      "output,o", po::value<std::string>()->value_name("FILE"), "where to")(
      "element", po::value<std::string>()->value_name("C3D20R|C3D8|C3D8I|C3D8R"), "CalculiX element (default: C3D20R; C3D8 locks)")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"), "mesh fidelity of a scenario");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario or model file (or the name of a library scenario)");
  if (!map->count("output")) throw UsageError("export needs -o FILE");
  const std::filesystem::path out = (*map)["output"].as<std::string>();
  const std::string format = map->count("format") ? (*map)["format"].as<std::string>() : out.extension().string().substr(out.has_extension() ? 1 : 0);
  if (format != "inp" && format != "vtu") throw UsageError("--format takes inp or vtu, found '" + format + "'");
  const std::string element = map->count("element") ? (*map)["element"].as<std::string>() : "";
  if (!element.empty() && element != "C3D20R" && element != "C3D8" && element != "C3D8I" && element != "C3D8R")
    throw UsageError("--element takes C3D20R, C3D8, C3D8I or C3D8R");
  const std::vector<std::string> settings = patches(*map);
  const bool solid = input_kind(file) == "solid";
  if (!solid) want_kind(file, "roller");
  if (map->count("fidelity") && solid) throw UsageError("--fidelity is for scenarios");
  try {
    if (solid) {
      const SolidModel model = read_solid_model(file, settings);
      if (format == "inp") write_deck(deck_of(model), element, out);
      else write_mesh(model.mesh, out);
    } else {
      const Scenario scenario = read_scenario(file, settings);
      const LegInput input = leg_input(scenario);
      if (format == "inp") {
        const LegModel leg(input);
        Mesh mesh;
        write_deck(deck_of(leg, input, scenario.name, mesh), element, out);
      } else {
        write_mesh(build_anatomy(input.shape), {scenario.subject.side == Side::right}, out);
      }
    }
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
  return done;
}

}  // namespace

Verb export_verb() {
  return {"export", "FILE.toml --format inp|vtu -o FILE [--set KEY=VALUE]...",
          "the same model for another solver: a CalculiX deck, or the mesh with its sets",
          "nerveload export my_block.toml --format inp -o my_block.inp", run};
}

}  // namespace nerveload::app
