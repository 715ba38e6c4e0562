#include <cmath>
#include <cstdio>
#include <iostream>

#include "app/expectations.hpp"
#include "app/interrupt.hpp"
#include "app/open_page.hpp"
#include "app/run_line.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/headline_figures.hpp"
#include "postprocess/mesh_bias.hpp"
#include "postprocess/mesh_convergence.hpp"
#include "postprocess/summary.hpp"
#include "postprocess/write_results.hpp"
#include "scenarios/critical_force.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/sensitivity.hpp"
#include "scenarios/simulate.hpp"
#include "scenarios/uncertainty.hpp"
#include "solver/base/units.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

/// "12.3 (8.1 to 18.7)".
std::string range_words(const Interval& i) {
  char text[80];
  std::snprintf(text, sizeof text, "%6.1f  (%.1f to %.1f)", i.value, i.low, i.high);
  return text;
}

void print_uncertainty(const Results& r) {
  if (!r.sensitivities) return;
  if (!r.uncertainty) {
    std::cout << "  uncertainty: none, for there are no derivatives: " << r.sensitivities->reason << "\n";
    return;
  }
  const Uncertainty& u = *r.uncertainty;
  std::cout << "  with what is not known of tissue and body (nine tenths of cases, smoothed peaks)\n"
            << "    compression, kPa        " << range_words(u.figures[headline_compression]) << "\n"
            << "    strain, %               " << range_words(u.figures[headline_strain]) << "\n";
  for (int k = 1; k < ladder_levels; ++k) {
    char text[120];
    std::snprintf(text, sizeof text, "    reaches %-16s%5.0f %%    by compression, %.0f %% by tension\n", r.ladder.levels[k].name.c_str(),
                  100.0 * u.by_compression[k], 100.0 * u.by_tension[k]);
    std::cout << text;
  }
  std::cout << "    most of it comes from   ";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, u.contributions.size()); ++i) std::cout << (i ? ", " : "") << u.contributions[i].key;
  std::cout << "\n";
}

void print_critical_force(const Results& r) {
  if (!r.critical_force) return;
  const CriticalForce& f = *r.critical_force;
  if (f.reason.empty())
    std::cout << "    " << r.ladder.levels[1].name << " from" << std::string(14, ' ') << range_words(f.force)
              << " N, pressure and stretch together\n";
  else std::cout << "    no force to " << r.ladder.levels[1].name << ": " << f.reason << "\n";
}

void print_outcome(const Results& r, const std::filesystem::path& dir, const std::vector<std::string>& remarks) {
  std::cout << "\n" << r.name << " (" << r.fidelity << ")\n\n" << r.verdict.text << "\n\n";
  const NerveProfile& nerve = r.steps[r.governing_step].nerve;
  const Peak squeeze = peak_of(nerve, &NerveStation::compression_kPa), strain = peak_of(nerve, &NerveStation::strain_percent);
  char line[200];
  std::snprintf(line, sizeof line, "  compression of the nerve  %6.1f kPa  (%.0f mmHg) at %+.0f mm\n", squeeze.value, squeeze.value / kPa_per_mmHg,
                squeeze.at_mm);
  std::cout << line;
  std::snprintf(line, sizeof line, "  strain beyond rest        %6.1f %%    at %+.0f mm\n", strain.value, strain.at_mm);
  std::cout << line;
  if (r.roller) {
    const ContactReport& c = r.steps[r.governing_step].contact;
    std::snprintf(line, sizeof line, "  roller                    %6.1f N    over %.0f cm2, mean %.1f kPa, peak %.1f kPa\n",
                  c.pressing_force / mN_per_N, c.area / mm2_per_cm2, c.mean_pressure, c.max_pressure);
    std::cout << line;
  }
  if (r.steps.back().phase == ResultStep::Phase::hold) {
    const NerveProfile& begin = r.steps[first_loaded_step(r)].nerve;
    const NerveProfile& end = r.steps.back().nerve;
    std::snprintf(line, sizeof line, "  held for %-6.4g s           %6.1f kPa  at first, %.1f kPa in the end; strain %.1f and %.1f %%\n",
                  r.steps.back().loaded_s, peak_of(begin, &NerveStation::compression_kPa).value, peak_of(end, &NerveStation::compression_kPa).value,
                  peak_of(begin, &NerveStation::strain_percent).value, peak_of(end, &NerveStation::strain_percent).value);
    std::cout << line;
  }
  std::cout << "  structural limit            " << structural_limit_text(r.ladder, r.context) << "\n";
  for (const MeshFigures& m : r.coarser) {
    std::snprintf(line, sizeof line, "  same on the %-8s mesh %6.1f kPa  at %+.0f mm, strain %.1f %%\n", m.fidelity.c_str(), m.compression.value,
                  m.compression.at_mm, m.strain.value);
    std::cout << line;
  }
  std::cout << "  " << mesh_bias_text(r.fidelity) << "\n";
  if (const std::string limit = mesh_error_text(mesh_error(r)); !limit.empty()) std::cout << "  " << limit << "\n";
  print_uncertainty(r);
  print_critical_force(r);
  std::cout << "  (stations along the nerve, zero at the ischial tuberosity, distal positive)\n\n";
  for (const std::string& s : safety_texts()) std::cout << s << "\n";
  std::cout << "\nresults: " << dir.string() << "\n";
  if (std::filesystem::is_regular_file(dir / "report.html")) std::cout << "report: " << (dir / "report.html").string() << "\n";
  if (std::filesystem::is_directory(dir / "pictures")) std::cout << "pictures: " << (dir / "pictures").string() << "\n";
  for (const std::string& remark : remarks) std::cerr << "nerveload: " << remark << "\n";
}

int simulate_and_write(const Scenario& scenario, const std::filesystem::path& dir, const po::variables_map& map, int threads) {
  const FolderLock lock = prepare_output(dir, map.count("force") > 0, map["file"].as<std::vector<std::string>>().front());
  RunLine line({.quiet = map.count("quiet") > 0,
                .verbose = map.count("verbose") > 0,
                .json_log = map.count("json-log") ? map["json-log"].as<std::string>() : std::string()});
  catch_stop_signals();
  SimulationOptions options;
  options.threads = threads;
  options.observer = [&](const Progress& p) {
    line.show(p);
    return !stop_requested();
  };
  options.iteration_observer = [&](const NewtonIteration& i) {
    line.show(i);
    return !stop_requested();
  };
  const bool critical_force = map.count("critical-force") > 0, uncertainty = critical_force || map.count("uncertainty") > 0;
  options.keep_baseline = uncertainty;
  Simulation sim = simulate(scenario, options);
  line.finish();
  const auto derivatives = [&](std::size_t count, std::size_t of) {
    line.show_derivatives(count, of);
    return !stop_requested();
  };
  Results& results = sim.results;
  if (uncertainty) {
    results.sensitivities = measure_sensitivities(scenario, sim, {.threads = threads, .observer = derivatives});
    if (results.sensitivities->reason.empty()) results.uncertainty = measure_uncertainty(scenario, results, *results.sensitivities);
    if (critical_force) results.critical_force = measure_critical_force(scenario, sim, options, derivatives);
    line.finish();
  }
  const std::vector<std::string> remarks = write_results(results, dir);
  print_outcome(results, dir, remarks);
  if (map.count("open") && std::filesystem::is_regular_file(dir / "report.html")) open_page(dir / "report.html");
  std::cout << std::flush;
  const bool as_expected = scenario.expect.empty() || print_expectations(scenario, summary_json(results));
  if (stop_requested()) return interrupted;
  if (results.complete) return as_expected ? done : not_as_expected;
  std::cerr << "nerveload: the run did not reach its end: " << results.reason << "\n";
  return not_converged;
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"), "folder for the results (default: out/NAME)")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file, as often as wanted")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"),
      "mesh: coarse is a preview in a quarter of a minute, standard takes one to two")("threads", po::value<int>()->value_name("N"),
                                                                                       "threads (default: all cores)")(
      "uncertainty", "derivatives of the headline figures, and ranges from what is not known of tissue and body")(
      "critical-force", "the force at which pressure and stretch together reach caution, with its range and derivatives (and --uncertainty)")(
      "force", "use DIR even if it holds other files")("quiet,q", "no progress")("verbose,v", "every Newton iteration")(
      "json-log", po::value<std::string>()->value_name("FILE"), "a JSON line for every step")("open",
                                                                                              "show report.html with your browser at the end");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario file (or the name of a library scenario)");
  const std::vector<std::string> settings = patches(*map);
  const int threads = use_threads(*map);
  want_kind(file, "roller");
  const Scenario scenario = read_scenario(file, settings);
  const std::filesystem::path dir = map->count("output") ? std::filesystem::path((*map)["output"].as<std::string>())
                                                         : std::filesystem::path("out") / std::filesystem::path(file).stem();
  try {
    return simulate_and_write(scenario, dir, *map, threads);
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb run_verb() {
  return {"run",
          "SCENARIO.toml [-o DIR] [--set KEY=VALUE]... [--fidelity coarse|standard|fine] [--threads N] [--uncertainty] [--critical-force] [--open] "
          "[--force]",
          "simulate a scenario; leaves verdict, report, tables, ParaView files and pictures in DIR",
          "nerveload run hamstring_straight_leg -o out --fidelity coarse", run};
}

}  // namespace nerveload::app
