#pragma once
#include "app/status_line.hpp"
#include "scenarios/run_jobs.hpp"

namespace nerveload::app {

/// A line before and after each of several runs; on a terminal the first is written over.
class RunProgressLine {
 public:
  explicit RunProgressLine(bool quiet) : line_(quiet) {}
  void show(const RunProgress& p);
  void finish() { line_.finish(); }

 private:
  StatusLine line_;
};

}  // namespace nerveload::app
