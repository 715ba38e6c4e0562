#include <iostream>

#include "app/open_page.hpp"
#include "app/sweep_outputs.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/write_report.hpp"
#include "scenarios/input_error.hpp"
#include "sweeps/statistics_program.hpp"
#include "sweeps/sweep_store.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

std::optional<PictureStyle> style_of(const po::variables_map& map) {
  if (!map.count("style")) return std::nullopt;
  const std::string word = map["style"].as<std::string>();
  for (const PictureStyle style : {PictureStyle::light, PictureStyle::dark, PictureStyle::both})
    if (word == to_string(style)) return style;
  throw UsageError("--style takes light, dark or both, not " + word);
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("open", "show the page with your browser")("no-pictures", "leave the pictures as they are")(
      "style", po::value<std::string>()->value_name("light|dark|both"), "looks of a run's pictures (default: those that the run asked for)");
  const auto map = parse_words(verb, words, options, {"folder"});
  if (!map) return done;
  const std::filesystem::path dir = single(*map, "folder", "a folder with the results of a run or a sweep");
  const bool swept = std::filesystem::is_regular_file(dir / store_name);
  try {
    if (swept) write_sweep_outputs(dir, true);
    else
      for (const std::string& remark : rebuild_report(dir, map->count("no-pictures") == 0, style_of(*map)))
        std::cerr << "nerveload: " << remark << "\n";
  } catch (const OutputError& e) {
    throw FileError(e.what());
  } catch (const StatisticsError& e) {
    throw FileError(dir.string() + ": " + e.what());
  }
  std::filesystem::path page = dir / (swept ? "sweep_report.html" : "report.html");
  std::cout << "report: " << page.string() << "\n";
  if (const auto explorer = dir / "explorer.html"; swept && std::filesystem::exists(explorer)) {
    std::cout << "explorer: " << explorer.string() << "\n";
    page = explorer;
  }
  if (map->count("open")) open_page(page);
  return done;
}

}  // namespace

Verb report_verb() {
  return {"report", "DIR [--open] [--no-pictures] [--style light|dark|both]",
          "build pages, pictures and view.py again from the results of a run or a sweep in DIR", "nerveload report out/default --open", run};
}

}  // namespace nerveload::app
