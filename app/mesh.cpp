#include <cstdio>
#include <iostream>

#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/vtk_writer.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->value_name("FILE.vtu"), "the mesh")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"), "mesh fidelity");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario file (or the name of a library scenario)");
  if (!map->count("output")) throw UsageError("mesh needs -o FILE.vtu");
  const std::vector<std::string> settings = patches(*map);
  want_kind(file, "roller");
  const Scenario scenario = read_scenario(file, settings);
  const AnatomyMesh mesh = build_anatomy(leg_input(scenario).shape);
  try {
    write_mesh(mesh, {scenario.subject.side == Side::right}, (*map)["output"].as<std::string>());
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
  const MeshQuality& q = mesh.quality;
  std::printf(
      "cells                          %zu\nnodes                          %zu\nsections                       %d\n"
      "site family                    %s\nleast scaled Jacobian          %.3f\nfirst percentile               %.3f\n"
      "least near the roller          %.3f\nlongest cell near the roller   %.1f mm\nbone outline error             %.2f mm\n"
      "bones moved apart by           %.1f mm\n",
      mesh.mesh.cells.size(), mesh.mesh.X.size(), mesh.sections, mesh.family.c_str(), q.min_scaled_jacobian, q.first_percentile, q.min_near_roller,
      q.longest_near_roller_mm, q.worst_outline_mm, q.impingement_mm);
  return done;
}

}  // namespace

Verb mesh_verb() {
  return {"mesh", "SCENARIO.toml -o FILE.vtu [--set KEY=VALUE]...", "build the mesh only and print its quality", "nerveload mesh default -o leg.vtu",
          run};
}

}  // namespace nerveload::app
