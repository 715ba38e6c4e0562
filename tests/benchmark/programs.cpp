/// Other programs, and ours as a whole.
#include <omp.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "scenarios/export_inp.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"
#include "tests/benchmark/block_cases.hpp"
#include "tests/benchmark/machine.hpp"
#include "tests/benchmark/tables.hpp"
#include "tests/benchmark/text.hpp"
#include "tests/benchmark/unit.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

/// The last time of the analysis that CalculiX came to, 1 = the end, and the sum of forces of a set there, N.
struct PeerEnd {
  double time = 0.0, force_N = 0.0;
};
PeerEnd end_of(const std::filesystem::path& folder) {
  PeerEnd end;
  std::istringstream dat(text_of_file(folder / "job.dat"));
  for (std::string line; std::getline(dat, line);) {
    if (line.find("total force") == std::string::npos) continue;
    if (line.find("STRIP") == std::string::npos && line.find("strip") == std::string::npos) continue;
    end.time = std::stod(line.substr(line.rfind("time") + 4));
    double x, y, z;
    while (std::getline(dat, line)) {
      std::istringstream words(line);
      if (words >> x >> y >> z) break;
    }
    end.force_N = std::abs(z) * 1e-3;
  }
  return end;
}

std::string calculix_row(const std::string& element, double scale, int threads, int limit_s) {
  const std::array<int, 3> cells = block_cells(element == "C3D20R" ? scale / 2 : scale);  // as many unknowns
  const BlockModel block(BlockCase::b0, cells);
  InpDeck deck;
  deck.title = "B0";
  deck.mesh = &block.mesh;
  deck.materials = {block_material()};
  for (int i = 0; i < 3; ++i) {
    deck.motions.push_back({"zmin", i, 0.0});
    deck.motions.push_back({"strip", i, i == 2 ? -10.0 : 0.0});
  }
  deck.element = element;
  const ScratchFolder folder;
  folder.write("job.inp", inp_text(deck));
  const std::string command = "cd '" + folder.path().string() + "' && OMP_NUM_THREADS=" + std::to_string(threads) + " timeout " +
                              std::to_string(limit_s) + " ccx job >log 2>&1";
  int status = 0;
  const double time = seconds([&] { status = std::system(command.c_str()); });
  const PeerEnd end = end_of(folder.path());
  const BlockRun own = run_block(BlockCase::b0, block_cells(scale), 1, threads), ten = run_block(BlockCase::b0, block_cells(scale), 10, threads);
  std::string ending = text("%.2f N", end.force_N);
  if (status != 0 || end.time < 0.999) ending = text("ends at %.0f %% of the way", 100.0 * end.time);
  return text("| %s, %d × %d × %d cells | %d | %d | %.1f | %s | %.2f (%.0f ×) | %.2f (%.0f ×) | %.2f N |\n", element.c_str(), cells[0], cells[1],
              cells[2], block_unknowns(block_cells(scale)), threads, time, ending.c_str(), own.seconds, time / own.seconds, ten.seconds,
              time / ten.seconds, own.force_N);
}

/// F of a leg's own tangent in its reference state.
double leg_unit(const std::string& name, const std::string& fidelity, int& unknowns) {
  const std::vector<std::string> settings{"mesh.fidelity=\"" + fidelity + "\""};
  const Scenario scenario = read_scenario(name, settings);
  const LegModel leg(leg_input(scenario));
  const Assembly assembly(leg.model);
  NewtonSystem system(assembly);
  State state = assembly.initial_state(leg.model);
  if (leg.roller) state.unknowns[leg.roller->travel_unknown()] = -500.0;
  system.evaluate(leg.model, state);
  unknowns = assembly.free_count();
  return unit_of(system.tangent, plan_elimination(system.tangent), 2);
}

std::string program_row(const std::string& name, const std::string& fidelity) {
  int unknowns = 0;
  const double unit = leg_unit(name, fidelity, unknowns);
  const ScratchFolder folder;
  ProgramResult result;
  const double time = seconds([&] {
    result = run_program({"run", name, "--fidelity", fidelity, "-o", (folder.path() / "out").string(), "--quiet"}, folder.path());
  });
  const auto json = nlohmann::json::parse(text_of_file(folder.path() / "out" / "summary.json"), nullptr, false);
  if (result.code != 0 || json.is_discarded())
    return text("| %s, %s | ended with status %d | | | | | |\n", name.c_str(), fidelity.c_str(), result.code);
  const auto& solver = json.at("solver");
  return text("| %s, %s | %d | %.2f | %.1f | %.1f | %d | %d | %.1f |\n", name.c_str(), fidelity.c_str(), unknowns, unit, time, time / unit,
              solver.at("newton_iterations").get<int>(), solver.at("factorisations").get<int>(), solver.at("peak_rss_MB").get<double>() / 1024.0);
}

}  // namespace

std::string calculix_table(const Extent& extent) {
  const int cores = available_cores();
  std::string t = text(
      "## CalculiX\n\nB0 by CalculiX 2.20 (package calculix-ccx, SPOOLES) in ten steps, and by this program with as many unknowns, as far as it goes "
      "at a time and "
      "in ten steps. C3D8 is the same mesh and locks (the answer is 6.68 N on the small block, 6.52 N on the larger); C3D20R and C3D8I come "
      "nearer.\n\n"
      "| element | unknowns | threads | CalculiX s | its answer | here s | here, ten states, s | answer here |\n|---|---|---|---|---|---|---|---|\n");
  t += calculix_row("C3D8", 2, 1, 120) + calculix_row("C3D8", 2, cores, 120);
  if (!extent.quick) t += calculix_row("C3D8I", 2, cores, 120) + calculix_row("C3D20R", 2, cores, 300) + calculix_row("C3D8", 4, cores, 600);
  return t + "\n";
}

std::string program_table(const Extent& extent) {
  if (extent.quick) return {};
  return "## The program\n\n`nerveload run NAME --fidelity F`, cold, pictures and files included; F of the finest mesh's own tangent; iterations and "
         "factorisations of that "
         "mesh.\n\n| run | unknowns | F s | s | in F | iterations | factorisations | peak memory GB |\n|---|---|---|---|---|---|---|---|\n" +
         program_row("default", "coarse") + program_row("hamstring_straight_leg", "coarse") + program_row("default", "standard") +
         program_row("hamstring_straight_leg", "standard") + "\n";
}

}  // namespace nerveload
