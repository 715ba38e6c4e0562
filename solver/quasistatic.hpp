#pragma once
#include <functional>

#include "solver/newton.hpp"

namespace nerveload {

struct PathOptions {
  double first_step = 0.1;  ///< of the path parameter
  double max_step = 0.1;
  double min_step = 1e-4;
  double growth = 1.5;      ///< of the step after an easy one
  int easy_iterations = 6;  ///< a step with more iterations does not let the next one grow
  int max_augmentations = 20;
  std::function<double(const State&)> step_limit;  ///< longest sensible next step from a state; none = max_step
  /// A better guess of the equilibrium at `path` than linear extrapolation; a step that fails from it is halved.
  std::function<State(const State& current, double path)> predict;
  NewtonOptions newton;
};

/// What one accepted step was like.
struct StepReport {
  double path;
  int iterations, augmentations, cuts;
};

struct PathReport {
  Ending ending = Ending::converged;
  SolveReport last;  ///< of the last attempt
  std::vector<StepReport> steps;
  bool stopped = false;  ///< an observer ended the path early
};

/// Called after every converged step; false ends the path there.
using StepObserver = std::function<bool(const State&, const StepReport&)>;
using TargetOfPath = std::function<StepTarget(double path)>;

/// The last two equilibria: the predictor's memory.
struct PathMemory {
  std::optional<State> previous;
};

/// Follows equilibria from state.path to `end` in adaptive steps: linear extrapolation of displacements and element
/// pressures, Newton, augmentation until the terms are settled; a step that fails is halved, an easy one lets the next grow.
/// `state` is always the last converged equilibrium.
PathReport follow_path(Problem& problem, State& state, double end, const TargetOfPath& target, const PathOptions& options,
                       const StepObserver& observer = {}, PathMemory* memory = nullptr);

}  // namespace nerveload
