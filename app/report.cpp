#include <iostream>

#include "app/open_page.hpp"
#include "app/sweep_outputs.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/write_report.hpp"
#include "scenarios/input_error.hpp"
#include "sweeps/sweep_store.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("open", "show the page with your browser")("no-pictures", "leave the pictures as they are");
  const auto map = parse_words(verb, words, options, {"folder"});
  if (!map) return done;
  const std::filesystem::path dir = single(*map, "folder", "a folder with the results of a run or a sweep");
  try {
    if (SweepStore::exists(dir / store_name)) {
      write_sweep_outputs(dir, true);
      std::cout << "report: " << (dir / "sweep_report.html").string() << "\n";
      if (map->count("open")) open_page(dir / "sweep_report.html");
      return done;
    }
    for (const std::string& remark : rebuild_report(dir, map->count("no-pictures") == 0)) std::cerr << "nerveload: " << remark << "\n";
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
  std::cout << "report: " << (dir / "report.html").string() << "\n";
  if (map->count("open")) open_page(dir / "report.html");
  return done;
}

}  // namespace

Verb report_verb() {
  return {"report", "DIR [--open] [--no-pictures]", "build the report, view.py and the pictures again from the results of a run or a sweep in DIR",
          "nerveload report out/default --open", run};
}

}  // namespace nerveload::app
