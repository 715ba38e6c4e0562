#include <iostream>

#include "app/sweep_outputs.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "scenarios/input_error.hpp"
#include "sweeps/merge_stores.hpp"
#include "sweeps/sweep_folder.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"), "folder for the joined sweep")(
      "mixed", "also points of different versions of the program")("force", "use DIR even if it holds other files");
  const auto map = parse_words(verb, words, options, {"dir"});
  if (!map) return done;
  if (!map->count("dir")) throw UsageError("expected the folders of the shards");
  if (!map->count("output")) throw UsageError("expected a folder for the joined sweep: -o DIR");
  const std::filesystem::path out = (*map)["output"].as<std::string>();
  std::vector<std::filesystem::path> dirs;
  for (const std::string& d : (*map)["dir"].as<std::vector<std::string>>()) dirs.emplace_back(d);
  try {
    prepare_folder(out, map->count("force") > 0, sweep_names());
    const MergeEnd end = merge_stores(dirs, out, map->count("mixed") > 0);
    for (const std::filesystem::path& dir : end.without_store)
      std::cerr << "nerveload: '" << dir.string() << "' holds no store and is left out: its points are missing; merge again when it has one\n";
    std::int64_t all = 0;
    for (const auto& [status, n] : end.counts) all += n;
    std::cout << end.added << (end.added == 1 ? " point" : " points") << " added; " << all << " of " << end.points << " in the store";
    for (const auto& [status, n] : end.counts) std::cout << ", " << n << " " << status;
    std::cout << "\nresults: " << out.string() << "\n";
    write_sweep_outputs(out, true);
    if (const std::int64_t missing = end.points - all; missing > 0)
      std::cerr << "nerveload: " << missing << (missing == 1 ? " point is" : " points are")
                << " missing; compute what is left with: nerveload sweep SWEEP.toml -o " << out.string() << " --resume\n";
    return done;
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb merge_verb() {
  return {"merge", "DIR... -o DIR [--mixed]", "join the shards of a sweep; doing it again changes nothing", "nerveload merge shards/* -o out", run};
}

}  // namespace nerveload::app
