#include "app/status_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace nerveload::app {
namespace {

constexpr const char* from_its_start = "\r\033[K";

/// As much of a text as is this wide; a letter of several bytes is not cut.
std::string cut_to(const std::string& text, int columns) {
  std::size_t at = 0;
  for (int letters = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && ++letters > columns) break;
  }
  return text.substr(0, at);
}

int columns_of_window() {
  winsize window{};
  constexpr int usual = 80;
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : usual;
}

}  // namespace

StatusLine::StatusLine(bool quiet, bool plain) : quiet_(quiet), terminal_(!plain && isatty(STDERR_FILENO) == 1) {}

void StatusLine::passing(const std::string& text) {
  if (!watched()) return;
  std::fprintf(stderr, "%s%s", from_its_start, cut_to(text, columns_of_window() - 1).c_str());
  open_ = true;
}

void StatusLine::lasting(const std::string& text) {
  if (quiet_) return;
  std::fprintf(stderr, "%s%s\n", open_ ? from_its_start : "", text.c_str());
  open_ = false;
}

void StatusLine::finish() {
  if (open_) std::fprintf(stderr, "\n");
  open_ = false;
}

std::string progress_bar(double part) {
  constexpr int width = 12;
  const int done = static_cast<int>(std::lround(width * std::clamp(part, 0.0, 1.0)));
  return "[" + std::string(done, '#') + std::string(width - done, '-') + "]";
}

std::string iteration_words(int number, double relative_residual) {
  char text[80];
  std::snprintf(text, sizeof text, ", iteration %d, relative residual %.0e", number, relative_residual);
  return text;
}

}  // namespace nerveload::app
