#pragma once
#include <string>

namespace nerveload::app {

/// What goes on, on stderr. On a terminal the last line is written over and never wider than the window; elsewhere lines follow each other.
class StatusLine {
 public:
  /// @param quiet  say nothing
  /// @param plain  nothing is passing, on a terminal neither: other lines come between
  explicit StatusLine(bool quiet, bool plain = false);
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;
  ~StatusLine() { finish(); }

  /// Whether somebody sees what is passing.
  bool watched() const { return !quiet_ && terminal_; }
  /// On a terminal only, until the next one.
  void passing(const std::string& text);
  /// A line that stays.
  void lasting(const std::string& text);
  /// A step of something: passing on a terminal, a line elsewhere.
  void step(const std::string& text) { watched() ? passing(text) : lasting(text); }
  /// Ends a passing line, so that what is printed next begins a new one.
  void finish();

 private:
  bool quiet_, terminal_, open_ = false;
};

/// "[######------]", `part` of it done.
std::string progress_bar(double part);
/// ", iteration 3, relative residual 4e-05": what a passing line says within a step.
std::string iteration_words(int number, double relative_residual);

}  // namespace nerveload::app
