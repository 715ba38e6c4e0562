#include "scenarios/validate.hpp"

#include <algorithm>
#include <iostream>

#include "app/recorded_runs.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

std::vector<ValidationCase> chosen_cases(const po::variables_map& map) {
  return only_named(map.count("cases") ? read_validation_cases(map["cases"].as<std::string>()) : built_in_validation_cases(), map,
                    "validation target");
}

int write_and_print(const Validation& outcome, const std::filesystem::path& dir, const std::string& fidelity) {
  write_text(dir / "validation.csv", validation_csv(outcome.targets, fidelity));
  write_text(dir / "validation.md", validation_page(outcome.targets, fidelity));
  std::filesystem::create_directories(dir / "pictures");
  const std::string undrawn = draw_validation(outcome.targets, dir / "pictures");
  std::cout << validation_text(outcome.targets) << "\nresults: " << dir.string() << "\n";
  if (!undrawn.empty()) std::cerr << "nerveload: no pictures: " << undrawn << "\n";
  if (outcome.stopped) return interrupted;
  const ValidationCount counts = count_targets(outcome.targets);
  if (counts.failed > 0) return not_converged;
  return counts.beyond_record > 0 ? left_record : static_cast<int>(done);
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options = recorded_options("out/validation", "target");
  options.add_options()("cases", po::value<std::string>()->value_name("FOLDER"), "cases of your own: a folder of folders with an expected.toml each");
  const auto map = parse_words(verb, words, options, {});
  if (!map) return done;
  const std::string fidelity = leg_fidelity(*map);
  const Parallelism parallelism = parallelism_of(*map, fidelity);
  const std::vector<ValidationCase> cases = chosen_cases(*map);
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  return with_kept_runs(
      *map, dir, {"validation.csv", "validation.md", "pictures"}, fidelity, parallelism, [&](const RunOptions& how) { return validate(cases, how); },
      [&](const auto& found) { return write_and_print(found, dir, fidelity); });
}

}  // namespace

Verb validate_verb() {
  return {"validate", "[--only ID]... [-o DIR] [--fidelity coarse|standard|fine] [--cases FOLDER] [--resume] [--jobs N] [--threads N] [--force]",
          "simulate the published validation targets; exit status 1 when a figure is not as recorded, 3 when a run failed",
          "nerveload validate --only T10 --fidelity coarse -o out", run};
}

}  // namespace nerveload::app
