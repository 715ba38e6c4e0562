#include "solver/quasistatic.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {
namespace {

State extrapolate(const State& previous, const State& current, double path) {
  State s = current;
  const double r = (path - current.path) / (current.path - previous.path);
  s.unknowns += r * (current.unknowns - previous.unknowns);
  s.mixed += r * (current.mixed - previous.mixed);
  return s;
}

bool augment(const Model& model, State& state) {
  bool settled = true;
  for (const auto& term : model.terms) settled = term->augment(state) && settled;
  return settled;
}

/// Newton from the predicted state; if that fails, once more from the last equilibrium itself.
SolveReport predict_and_solve(Problem& problem, State& trial, const std::optional<State>& previous, double path, const TargetOfPath& target,
                              const PathOptions& path_options) {
  const NewtonOptions& options = path_options.newton;
  if (path_options.predict) {
    State predicted = path_options.predict(trial, path);
    const SolveReport report = solve_newton(problem, predicted, target(path), options);
    if (report.converged()) trial = predicted;
    return report;
  }
  if (previous && previous->path != trial.path) {
    State predicted = extrapolate(*previous, trial, path);
    const SolveReport report = solve_newton(problem, predicted, target(path), options);
    if (report.converged()) {
      trial = predicted;
      return report;
    }
    if (report.ending != Ending::inverted_element && report.ending != Ending::not_finite) return report;
  }
  return solve_newton(problem, trial, target(path), options);
}

}  // namespace

PathReport follow_path(Problem& problem, State& state, double end, const TargetOfPath& target, const PathOptions& options,
                       const StepObserver& observer, PathMemory* memory) {
  PathMemory local;
  std::optional<State>& previous = (memory ? *memory : local).previous;
  PathReport result;
  double step = options.first_step;
  int cuts = 0;
  while (std::abs(end - state.path) > 1e-12 * std::max(1.0, std::abs(end))) {
    const double remaining = end - state.path;
    if (options.step_limit) step = std::clamp(options.step_limit(state), options.min_step, step);
    double path = state.path + std::copysign(std::min(step, std::abs(remaining)), remaining);
    if (std::abs(end - path) < 1e-6 * options.min_step) path = end;
    State trial = state;
    result.last = predict_and_solve(problem, trial, previous, path, target, options);
    StepReport report{path, static_cast<int>(result.last.iterations.size()) - 1, 0, cuts};
    while (result.last.converged()) {
      State augmented = trial;  // what a state remembers must be what it was solved with
      if (augment(*problem.model, augmented)) break;
      if (report.augmentations == options.max_augmentations) {
        result.last.ending = Ending::unsettled;
        result.last.message = to_string(Ending::unsettled);
        break;
      }
      ++report.augmentations;
      result.last = solve_newton(problem, augmented, target(path), options.newton);
      if (result.last.converged()) trial = std::move(augmented);
    }
    if (result.last.ending == Ending::stopped) {
      result.ending = Ending::stopped;
      result.stopped = true;
      return result;
    }
    if (!result.last.converged()) {
      step = std::min(step, std::abs(remaining)) * 0.5;
      ++cuts;
      if (step < options.min_step) {
        result.ending = result.last.ending;
        return result;
      }
      continue;
    }
    for (const auto& term : problem.model->terms) term->commit(trial);
    previous = state;
    state = trial;
    ++problem.statistics.steps;
    result.steps.push_back(report);
    if (cuts == 0 && report.iterations <= options.easy_iterations) step = std::min(step * options.growth, options.max_step);
    cuts = 0;
    if (observer && !observer(state, report)) {
      result.stopped = true;
      return result;
    }
  }
  return result;
}

}  // namespace nerveload
