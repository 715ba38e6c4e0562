#include <omp.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/verb.hpp"
#include "postprocess/thresholds.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/read_scenario.hpp"
#include "solver/base/memory.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

void print_help(const Verb& verb, const po::options_description& options) {
  std::cout << "nerveload " << verb.name << " " << verb.arguments << "\n  " << verb.summary << "\n\nexample:\n  " << verb.example << "\n\n"
            << options;
}

std::string unknown_option(const std::string& written, const po::options_description& options) {
  std::vector<std::string> known;
  for (const auto& o : options.options()) known.push_back(o->long_name());
  std::string bare = written.substr(0, written.find('='));
  bare.erase(0, bare.find_first_not_of('-'));
  const auto near = nearest_word(bare, known);
  return "unknown option " + written + (near ? "; did you mean --" + *near + "?" : "");
}

int count_of(const po::variables_map& map, const std::string& option, int otherwise) {
  const int n = map.count(option) ? map[option].as<int>() : otherwise;
  if (n < 1 || n > 1024) throw UsageError("--" + option + " takes a whole number from 1 to 1024");
  return n;
}

}  // namespace

std::optional<po::variables_map> parse_words(const Verb& verb, const std::vector<std::string>& words, const po::options_description& options,
                                             const std::vector<std::string>& positional) {
  po::options_description shown("options"), hidden;
  shown.add(options);
  shown.add_options()("help,h", "print this page");
  po::positional_options_description places;
  for (std::size_t i = 0; i < positional.size(); ++i) {
    hidden.add_options()(positional[i].c_str(), po::value<std::vector<std::string>>());
    places.add(positional[i].c_str(), i + 1 < positional.size() ? 1 : -1);
  }
  po::options_description all;
  all.add(shown).add(hidden);
  po::variables_map map;
  try {
    const int style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    po::store(po::command_line_parser(words).options(all).positional(places).style(style).run(), map);
    po::notify(map);
  } catch (const po::unknown_option& e) {
    throw UsageError(unknown_option(e.get_option_name(), shown) + "\nsee nerveload " + verb.name + " --help");
  } catch (const po::too_many_positional_options_error&) {
    throw UsageError("nerveload " + verb.name + " takes no further words\nsee nerveload " + verb.name + " --help");
  } catch (const po::error& e) {
    throw UsageError(std::string(e.what()) + "\nsee nerveload " + verb.name + " --help");
  }
  if (map.count("help")) {
    print_help(verb, shown);
    return {};
  }
  return map;
}

std::string single(const po::variables_map& map, const std::string& name, const std::string& what) {
  const auto values = map.count(name) ? map[name].as<std::vector<std::string>>() : std::vector<std::string>();
  if (values.empty()) throw UsageError("expected " + what);
  if (values.size() > 1) throw UsageError("expected " + what + " and nothing else, found also " + values[1]);
  return values.front();
}

void want_kind(const std::string& file, const std::string& kind) {
  std::error_code error;
  if (kind != "roller" && !std::filesystem::exists(file, error)) return;  // its reader says so
  const std::string found = input_kind(file);
  if (found == kind) return;
  if (found == "solid") throw UsageError(file + " is a solid model; solve it with: nerveload solve " + file);
  if (found == "sweep") throw UsageError(file + " is a sweep; run it with: nerveload sweep " + file + " -o DIR");
  if (found == "roller" && kind == "sweep") throw UsageError(file + " is a scenario; run it with: nerveload run " + file);
}

int runs_side_by_side(const std::string& fidelity) {
  // Peak memory of a run (docs/performance.md), with room for derivatives.
  const double bytes = (fidelity == "coarse" ? 0.75 : fidelity == "standard" ? 3.0 : 9.0) * 1e9;
  return std::max(1, static_cast<int>(std::min<double>(omp_get_num_procs(), available_memory_bytes() / bytes)));
}

Parallelism parallelism_of(const po::variables_map& map, int default_jobs) {
  Parallelism p;
  p.jobs = count_of(map, "jobs", default_jobs);
  p.threads = count_of(map, "threads", std::max(1, omp_get_num_procs() / p.jobs));
  return p;
}

int use_threads(const po::variables_map& map) {
  const int threads = count_of(map, "threads", omp_get_max_threads());
  omp_set_num_threads(threads);
  return threads;
}

int level_of(const po::variables_map& map) {
  const std::string name = map["level"].as<std::string>();
  const auto levels = ThresholdLadder::defaults();
  for (int k = 1; k < ladder_levels - 1; ++k)
    if (levels[k].name == name || std::to_string(k) == name) return k;
  throw UsageError("--level takes caution, irritation or block (1, 2 or 3), not " + name);
}

std::vector<std::string> patches(const po::variables_map& map) {
  auto all = map.count("set") ? map["set"].as<std::vector<std::string>>() : std::vector<std::string>();
  if (map.count("fidelity")) all.push_back("mesh.fidelity=" + map["fidelity"].as<std::string>());
  return all;
}

void expect_known(const std::string& name, const std::vector<std::string>& known, const std::string& message) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  std::string all;
  for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
  throw UsageError(message + did_you_mean(name, known) + " (there are " + all + ")");
}

}  // namespace nerveload::app
