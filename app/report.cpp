#include <iostream>

#include "app/open_page.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/write_report.hpp"
#include "scenarios/input_error.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("open", "show the page with your browser")("no-pictures", "leave the pictures as they are");
  const auto map = parse_words(verb, words, options, {"folder"});
  if (!map) return done;
  const std::filesystem::path dir = single(*map, "folder", "a folder with the results of a run");
  try {
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
  return {"report", "DIR [--open] [--no-pictures]", "build report.html, view.py and the pictures again from the results in DIR",
          "nerveload report out/default --open", run};
}

}  // namespace nerveload::app
