#pragma once
#include "scenarios/run_jobs.hpp"

namespace nerveload::app {

/// A line before and after each of several runs; on a terminal the first is written over.
class RunProgressLine {
 public:
  explicit RunProgressLine(bool quiet);
  void show(const RunProgress& p);

 private:
  bool quiet_, terminal_;
};

}  // namespace nerveload::app
