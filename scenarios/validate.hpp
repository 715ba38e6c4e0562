#pragma once
#include <functional>
#include <string>
#include <vector>

#include "postprocess/validation_results.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/validation_case.hpp"

namespace nerveload {

/// A run that has ended, for a progress line and to keep.
struct ValidationProgress {
  std::string id, run;                  ///< target and run
  int number = 0, of = 0;               ///< of the different runs, from 1
  const RunFigures* figures = nullptr;  ///< null before the run
  double elapsed_s = 0.0;
};

struct ValidationOptions {
  std::string fidelity = "standard";  ///< of leg scenarios; a case's own `set` wins
  int threads = 2;
  std::function<bool(const ValidationProgress&)> observer;  ///< before and after each run; false stops
  std::function<bool()> stopped;                            ///< asked within a run
  /// Figures of a run kept earlier, by the key that says what was run; none = run it.
  std::function<std::optional<RunFigures>(const std::string& key)> kept;
  std::function<void(const std::string& key, const RunFigures&)> keep;
};

struct Validation {
  std::vector<ValidatedTarget> targets;
  bool stopped = false;  ///< asked to; runs that are missing then count as failed
};

/// Simulates what the cases ask for, each different run once, and sets the figures beside the published ones.
/// A run that does not reach its end makes its figures failed, not the whole.
/// @throws InputError  for a scenario or model that is wrong, or a figure that no run has
Validation validate(const std::vector<ValidationCase>& cases, const ValidationOptions& options = {});

}  // namespace nerveload
