#include "app/run_progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace nerveload::app {

RunProgressLine::RunProgressLine(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

void RunProgressLine::show(const RunProgress& p) {
  if (quiet_) return;
  if (!p.figures) {
    if (terminal_) std::fprintf(stderr, "\r\033[K[%d of %d] %s %s …", p.ended + 1, p.of, p.id.c_str(), p.run.c_str());
    return;
  }
  std::fprintf(stderr, "%s[%d of %d] %s %s %s, %.0f s, about %.0f s left\n", terminal_ ? "\r\033[K" : "", p.ended, p.of, p.id.c_str(), p.run.c_str(),
               p.figures->complete ? "done" : p.figures->reason.c_str(), p.run_s, p.left_s);
}

}  // namespace nerveload::app
