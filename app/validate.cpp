#include "scenarios/validate.hpp"

#include <algorithm>
#include <iostream>

#include "app/interrupt.hpp"
#include "app/run_progress.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/run_store.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

constexpr int left_record = 1;  ///< a figure or an outcome is not as recorded

std::vector<ValidationCase> chosen_cases(const po::variables_map& map) {
  std::vector<ValidationCase> cases = map.count("cases") ? read_validation_cases(map["cases"].as<std::string>()) : built_in_validation_cases();
  if (!map.count("only")) return cases;
  std::vector<std::string> known;
  for (const ValidationCase& c : cases) known.push_back(c.id);
  const auto wanted = map["only"].as<std::vector<std::string>>();
  for (const std::string& id : wanted)
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      std::string all;
      for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
      const auto near = nearest_word(id, known);
      throw UsageError("no validation target " + id + (near ? "; did you mean " + *near + "?" : "") + " (there are " + all + ")");
    }
  std::erase_if(cases, [&](const ValidationCase& c) { return std::find(wanted.begin(), wanted.end(), c.id) == wanted.end(); });
  return cases;
}

int write_and_print(const Validation& outcome, const std::filesystem::path& dir, const std::string& fidelity) {
  write_text(dir / "validation.csv", validation_csv(outcome.targets, fidelity));
  write_text(dir / "validation.md", validation_page(outcome.targets, fidelity));
  std::filesystem::create_directories(dir / "pictures");
  const std::string undrawn = draw_validation(outcome.targets, dir / "pictures");
  std::cout << validation_text(outcome.targets) << "\nresults: " << dir.string() << "\n";
  if (!undrawn.empty()) std::cerr << "nerveload: no pictures: " << undrawn << "\n";
  if (outcome.stopped) return interrupted;
  return count_targets(outcome.targets).beyond_record > 0 ? left_record : static_cast<int>(done);
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->default_value("out/validation")->value_name("DIR"), "folder for the results")(
      "only", po::value<std::vector<std::string>>()->composing()->value_name("ID"), "only this target, as often as wanted")(
      "fidelity", po::value<std::string>()->default_value("standard")->value_name("coarse|standard|fine"), "mesh of the legs")(
      "cases", po::value<std::string>()->value_name("FOLDER"), "cases of your own: a folder of folders with an expected.toml each")(
      "resume", "keep the runs that an earlier, stopped call of the same version finished in DIR")(
      "threads", po::value<int>()->value_name("N"), "threads (default: all cores)")("force", "use DIR even if it holds other files")("quiet,q",
                                                                                                                                     "no progress");
  const auto map = parse_words(verb, words, options, {});
  if (!map) return done;
  const std::string fidelity = (*map)["fidelity"].as<std::string>();
  if (fidelity != "coarse" && fidelity != "standard" && fidelity != "fine")
    throw UsageError("--fidelity takes coarse, standard or fine, not " + fidelity);
  const int threads = use_threads(*map);
  const std::vector<ValidationCase> cases = chosen_cases(*map);
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  try {
    prepare_output(dir, map->count("force") > 0);
    if (!map->count("resume")) clear_output(dir);
    const RunStore store(dir / "runs");
    RunProgressLine line(map->count("quiet") > 0);
    catch_stop_signals();
    RunOptions how;
    how.fidelity = fidelity;
    how.threads = threads;
    how.stopped = stop_requested;
    how.observer = [&](const RunProgress& p) {
      line.show(p);
      return !stop_requested();
    };
    how.kept = [&](const std::string& key) { return store.find(key); };
    how.keep = [&](const std::string& key, const RunFigures& figures) { store.put(key, figures); };
    return write_and_print(validate(cases, how), dir, fidelity);
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb validate_verb() {
  return {"validate", "[--only ID]... [-o DIR] [--fidelity coarse|standard|fine] [--cases FOLDER] [--resume] [--threads N] [--force]",
          "simulate the published validation targets; exit status 1 when a figure is not as recorded",
          "nerveload validate --only T10 --fidelity coarse -o out", run};
}

}  // namespace nerveload::app
