#include "app/run_progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace nerveload::app {

RunProgressLine::RunProgressLine(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

void RunProgressLine::show(const RunProgress& p) {
  if (quiet_) return;
  if (!p.figures) {
    if (terminal_) std::fprintf(stderr, "\r\033[K[%d of %d] %s %s …", p.number, p.of, p.id.c_str(), p.run.c_str());
    started_ = p.elapsed_s;
    first_ = first_ ? first_ : p.number;
    return;
  }
  const double left = p.elapsed_s / (p.number - first_ + 1) * (p.of - p.number);
  std::fprintf(stderr, "%s[%d of %d] %s %s %s, %.0f s, about %.0f s left\n", terminal_ ? "\r\033[K" : "", p.number, p.of, p.id.c_str(), p.run.c_str(),
               p.figures->complete ? "done" : p.figures->reason.c_str(), p.elapsed_s - started_, left);
}

}  // namespace nerveload::app
