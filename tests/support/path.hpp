#pragma once
#include "solver/quasistatic.hpp"

namespace nerveload {

/// The path alone; border unknowns follow their own equations.
inline StepTarget path_alone(double path) { return {path, {}}; }

/// Follows the path from 0 to 1 in equal steps (fewer when `steps` is 1); border unknowns go with `travel` times the path.
inline PathReport run_path(Problem& problem, State& state, int steps, std::optional<double> travel = {}, double tolerance = 1e-6) {
  PathOptions options;
  options.first_step = options.max_step = 1.0 / steps;
  options.newton.tolerance = tolerance;
  return follow_path(
      problem, state, 1.0,
      [&](double p) {
        StepTarget target{p, {}};
        if (travel) target.border.push_back(*travel * p);
        return target;
      },
      options);
}

}  // namespace nerveload
