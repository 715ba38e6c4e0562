#pragma once
#include <cstddef>
#include <string>

#include "app/json_log.hpp"
#include "app/status_line.hpp"
#include "scenarios/simulate.hpp"
#include "solver/base/clock.hpp"

namespace nerveload::app {

struct RunLineOptions {
  bool quiet = false, verbose = false;  ///< verbose: every Newton iteration
  std::string json_log;                 ///< file with an object a step; empty = none
};

/// How far a run is: one plain line a step, or on a terminal a bar with the iteration under way.
class RunLine {
 public:
  explicit RunLine(const RunLineOptions& options) : verbose_(options.verbose), line_(options.quiet, options.verbose), log_(options.json_log) {}
  void show(const NewtonIteration& i);
  void show(const Progress& p);
  void show_derivatives(std::size_t done, std::size_t of);
  void finish();

 private:
  void pass(const std::string& within_step);

  bool verbose_;
  StatusLine line_;
  JsonLog log_;
  Clock clock_;
  std::string step_, left_;  ///< of the passing line: what was reached, how long it may take
  int iteration_ = 0;        ///< since the last step
  double shown_s_ = 0.0;
};

}  // namespace nerveload::app
