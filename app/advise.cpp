#include "scenarios/advise.hpp"

#include <cstdio>
#include <iostream>

#include "app/interrupt.hpp"
#include "app/kept_runs.hpp"
#include "app/status_line.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/mesh_bias.hpp"
#include "postprocess/verdict.hpp"
#include "scenarios/read_scenario.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

/// A line before and after each run; on a terminal the first is written over.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet) : line_(quiet) {}
  void show(const AdviceProgress& p) {
    std::string run = "[run " + std::to_string(p.number) + "] " + p.proposal;
    for (const AdvisedChange& c : p.changes) run += ", " + c.key + " " + c.to;
    if (!p.load) {
      line_.passing(run + " …");
      started_ = p.elapsed_s;
      return;
    }
    char found[160];
    std::snprintf(found, sizeof found, "pressure %.0f %%, stretch %.0f %% of the level, muscle %.1f kPa", 100.0 * p.load->compression,
                  100.0 * p.load->tension, p.load->muscle_kPa);
    char times[64];
    std::snprintf(times, sizeof times, ", %.0f s, %.0f s in all", p.elapsed_s - started_, p.elapsed_s);
    line_.lasting(run + ": " + (p.load->failure.empty() ? found : p.load->failure) + times);
  }

 private:
  StatusLine line_;
  double started_ = 0.0;
};

int write_and_print(const Advice& advice, const std::filesystem::path& dir) {
  write_text(dir / "advise.json", advice_json(advice));
  for (const AdviceProposal& p : advice.proposals)
    if (!p.scenario_toml.empty()) write_text(dir / "proposals" / (p.name + ".toml"), p.scenario_toml);
  std::cout << advice_text(advice) << "\n" << mesh_bias_text(advice.fidelity) << "\n";
  for (const std::string& s : safety_texts()) std::cout << s << "\n";
  std::cout << "\nresults: " << dir.string() << "\n";
  if (advice.status == Advice::Status::interrupted) return interrupted;
  return advice.status == Advice::Status::failed ? not_converged : done;
}

double share_kept(const po::variables_map& map) {
  const double keep = map["keep"].as<double>();
  if (!(keep > 0.0 && keep <= 1.0)) throw UsageError("--keep takes a share of the muscle's stress above 0, up to 1");
  return keep;
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->default_value("out/advise")->value_name("DIR"), "folder for the results")(
      "level", po::value<std::string>()->default_value("caution")->value_name("NAME"),
      "the level that must not be reached: caution, irritation or block")("keep", po::value<double>()->default_value(0.5, "0.5")->value_name("SHARE"),
                                                                          "share of the rolled muscle's stress that must be left")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file, as often as wanted")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"), "mesh: a search took 7 to 17 runs on it")(
      "resume", "keep the runs that an earlier, stopped call of the same version finished in DIR")(
      "threads", po::value<int>()->value_name("N"), "threads (default: all cores)")("force", "use DIR even if it holds other files")("quiet,q",
                                                                                                                                     "no progress");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario file (or the name of a library scenario)");
  AdviceOptions how;
  how.level = level_of(*map);
  how.keep = share_kept(*map);
  how.settings = patches(*map);
  how.threads = use_threads(*map);
  want_kind(file, "roller");
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  try {
    KeptRuns runs(*map, dir, {"advise.json", "proposals"}, file);
    ProgressLine line(map->count("quiet") > 0);
    catch_stop_signals();
    how.stopped = stop_requested;
    how.observer = [&](const AdviceProgress& p) {
      runs.begin();
      line.show(p);
    };
    how.kept = [&](const std::string& key) { return runs.find(key); };
    how.keep_run = [&](const std::string& key, const RunFigures& figures) { runs.put(key, figures); };
    return write_and_print(find_advice(file, how), dir);
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb advise_verb() {
  return {"advise",
          "SCENARIO.toml [-o DIR] [--level NAME] [--keep SHARE] [--set KEY=VALUE]... [--fidelity coarse|standard|fine] [--resume] [--threads N] "
          "[--force]",
          "the smallest change of place, lean, roller or leg that keeps a scenario under a level and the muscle under load",
          "nerveload advise default --level irritation --fidelity coarse -o out", run};
}

}  // namespace nerveload::app
