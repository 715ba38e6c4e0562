#pragma once
#include <concepts>
#include <functional>
#include <limits>

namespace nerveload {

/// When things happen on the load path, for terms that relax.
struct PathClock {
  PathClock() = default;
  template <std::invocable<double> Time>
  PathClock(Time time, double end_of_first_step = -std::numeric_limits<double>::infinity())
      : time_s(std::move(time)), first_step_end(end_of_first_step) {}

  std::function<double(double path)> time_s;  ///< none: no time passes
  /// What happens before this value of the path is a single step from rest, however many equilibria lie on the way: none of them is
  /// committed, so the equilibrium at its end does not depend on them.
  double first_step_end = -std::numeric_limits<double>::infinity();

  double at(double path) const { return time_s ? time_s(path) : 0.0; }
  bool commits(double path) const { return !(path < first_step_end); }
};

}  // namespace nerveload
