#pragma once
#include <functional>
#include <memory>

#include "postprocess/solid_results.hpp"
#include "scenarios/solid_model.hpp"

namespace nerveload {

struct SolidOptions {
  int threads = 2;
  LinearSolverKind linear_solver = LinearSolverKind::best_available;
  double tolerance = 1e-6;
  /// Called after every step of the model's own count; false asks to stop.
  std::function<bool(const SolidStep&, int number)> observer;
  std::function<bool(const NewtonIteration&)> iteration_observer;  ///< sees every residual of every Newton solve; false stops
};

/// A solved model. `results` points into the rest, so the whole is kept together.
struct SolidSolution {
  std::unique_ptr<SolidModel> input;
  std::unique_ptr<Model> model;
  SolidResults results;
};

/// Brings all loads on together in the model's steps; a step that fails is halved within. A load that cannot be carried to
/// its end is a result with `results.complete` false.
SolidSolution solve_solid(SolidModel model, const SolidOptions& options = {});

}  // namespace nerveload
