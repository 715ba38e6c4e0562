#pragma once
#include <vector>

#include "postprocess/validation_results.hpp"
#include "scenarios/run_jobs.hpp"
#include "scenarios/validation_case.hpp"

namespace nerveload {

struct Validation {
  std::vector<ValidatedTarget> targets;
  bool stopped = false;  ///< asked to; runs that are missing then count as failed
};

/// Simulates what the cases ask for, each different run once, and sets the figures beside the published ones.
/// A run that does not reach its end makes its figures failed, not the whole.
/// @throws InputError  for a scenario or model that is wrong, or a figure that no run has
Validation validate(const std::vector<ValidationCase>& cases, const RunOptions& options = {});

}  // namespace nerveload
