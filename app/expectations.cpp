#include "app/expectations.hpp"

#include <cstdio>

#include "scenarios/run_figures.hpp"

namespace nerveload::app {

bool print_expectations(const Scenario& scenario, const std::string& summary) {
  const RunFigures figures{true, {}, summary, {}};
  bool met = true;
  for (const Expectation& e : scenario.expect) {
    std::string found;
    bool inside = false;
    try {
      const double value = figure_of(figures, e.key);
      char text[32];
      std::snprintf(text, sizeof text, "%.4g", value);
      found = text;
      inside = value >= e.low && value <= e.high;
    } catch (const UnknownFigure& fault) {
      found = fault.what();
    }
    std::printf("  expected %s between %.4g and %.4g%s: %s, %s\n", e.key.c_str(), e.low, e.high,
                e.source.empty() ? "" : (" (" + e.source + ")").c_str(), found.c_str(), inside ? "as expected" : "NOT as expected");
    met = met && inside;
  }
  std::fflush(stdout);
  return met;
}

}  // namespace nerveload::app
