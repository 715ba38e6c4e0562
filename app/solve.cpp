#include <algorithm>
#include <cstdio>
#include <iostream>

#include "app/interrupt.hpp"
#include "app/json_log.hpp"
#include "app/status_line.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/solve_solid.hpp"
#include "solver/base/units.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

void print_outcome(const SolidResults& r, const std::filesystem::path& dir) {
  const SolidStep& last = r.steps.back();
  std::printf("%s: %zu cells, %d unknowns, load at %.0f %%, %d Newton iterations, %.1f s\n", r.name.c_str(), r.body->mesh().cells.size(),
              r.free_unknowns, 100.0 * std::min(last.state.path, 1.0), r.statistics.newton_iterations, r.wall_s);
  if (r.statistics.indefinite_tangents > 0)
    std::printf("  %d factorisations found a tangent that was not positive definite: its diagonal was raised for that iteration\n",
                r.statistics.indefinite_tangents);
  for (std::size_t i = 0; i < last.indenters.size(); ++i) {
    const ContactReport& c = last.indenters[i];
    std::printf("  indenter %zu: force on the body %.4f %.4f %.4f N, travel %.3f mm, peak %.2f kPa, area %.1f mm2\n", i + 1, -c.force[0] / mN_per_N,
                -c.force[1] / mN_per_N, -c.force[2] / mN_per_N, c.travel, c.max_pressure, c.area);
  }
  for (const auto& [set, force] : last.reactions_mN)
    std::printf("  reaction at %s: %.4f %.4f %.4f N\n", set.c_str(), force[0] / mN_per_N, force[1] / mN_per_N, force[2] / mN_per_N);
  for (std::size_t p = 0; p < r.probes.size(); ++p) {
    std::printf("  %s:", r.probes[p].name.c_str());
    for (std::size_t i = 0; i < last.probes[p].size(); ++i) std::printf(" %s %.5g", r.probes[p].components[i].c_str(), last.probes[p][i]);
    std::printf("\n");
  }
  std::printf("results: %s\n", dir.string().c_str());
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"), "folder for the results (default: out/NAME)")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file, as often as wanted")(
      "threads", po::value<int>()->value_name("N"), "threads (default: all cores)")("force", "use DIR even if it holds other files")(
      "quiet,q", "no progress")("iterations", "print the residual of every Newton iteration")("verbose,v", "the same")(
      "json-log", po::value<std::string>()->value_name("FILE"), "a JSON line for every step");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a model file");
  const std::vector<std::string> settings = patches(*map);
  const int threads = use_threads(*map);
  want_kind(file, "solid");
  SolidModel model = read_solid_model(file, settings);
  const std::filesystem::path dir = map->count("output") ? std::filesystem::path((*map)["output"].as<std::string>())
                                                         : std::filesystem::path("out") / std::filesystem::path(file).stem();
  try {
    const FolderLock lock = prepare_output(dir, map->count("force") > 0, file, solid_result_names());
    JsonLog log(map->count("json-log") ? (*map)["json-log"].as<std::string>() : "");
    catch_stop_signals();
    SolidOptions solve;
    solve.threads = threads;
    const bool iterations = map->count("iterations") + map->count("verbose") > 0;
    StatusLine line(map->count("quiet") > 0, iterations);
    const int steps = model.all_steps();
    std::string reached = progress_bar(0.0) + " step 0 of " + std::to_string(steps);
    int iteration = 0;
    solve.observer = [&](const SolidStep& s, int number) {
      const std::string step =
          "step " + std::to_string(number) + " of " + std::to_string(steps) + ", " + std::to_string(s.iterations) + " iterations";
      reached = progress_bar(double(number) / steps) + " " + step;
      iteration = 0;
      line.step(line.watched() ? reached : step);
      log.write({{"step", number}, {"steps", steps}, {"iterations", s.iterations}});
      return !stop_requested();
    };
    solve.iteration_observer = [&](const NewtonIteration& i) {
      if (iterations) std::printf("  residual %.3e mN, over the forces %.3e\n", i.residual, i.relative);
      else line.passing(reached + iteration_words(++iteration, i.relative));
      return !stop_requested();
    };
    const SolidSolution solution = solve_solid(std::move(model), solve);
    line.finish();
    write_solid_results(solution.results, dir);
    print_outcome(solution.results, dir);
    for (const std::string& w : solution.results.warnings) std::cerr << "nerveload: warning: " << w << "\n";
    if (stop_requested()) return interrupted;
    if (solution.results.complete) return done;
    std::cerr << "nerveload: the solve did not reach its end: " << solution.results.reason << "\n";
    return not_converged;
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb solve_verb() {
  return {"solve", "MODEL.toml [-o DIR] [--set KEY=VALUE]... [--threads N] [--force]",
          "solve a general solid model (kind = \"solid\") on your own mesh or a block", "nerveload solve my_block.toml -o out", run};
}

}  // namespace nerveload::app
