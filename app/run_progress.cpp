#include "app/run_progress.hpp"

#include <cstdio>

namespace nerveload::app {

void RunProgressLine::show(const RunProgress& p) {
  const auto of = [&](int number) { return "[" + std::to_string(number) + " of " + std::to_string(p.of) + "] " + p.id + " " + p.run + " "; };
  if (!p.figures) return line_.passing(of(p.ended + 1) + "…");
  char times[64];
  std::snprintf(times, sizeof times, ", %.0f s, about %.0f s left", p.run_s, p.left_s);
  line_.lasting(of(p.ended) + (p.figures->complete ? "done" : p.figures->reason) + times);
}

}  // namespace nerveload::app
