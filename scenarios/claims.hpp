#pragma once
#include <vector>

#include "scenarios/claim.hpp"
#include "scenarios/run_jobs.hpp"

namespace nerveload {

struct ClaimsOutcome {
  std::vector<JudgedClaim> claims;
  bool stopped = false;  ///< asked to; runs that are missing then count as failed
};

/// What a comparison says of its claim at a value of its figure.
TestOutcome outcome_of(const ClaimTest& test, double value);

/// Runs what the claims ask for, each different run once, and judges every claim.
/// A run that does not reach its end leaves its claims without an answer, not the whole.
/// @throws InputError  for a scenario that is wrong, or a figure that no run has
ClaimsOutcome judge_claims(const std::vector<Claim>& claims, const RunOptions& options = {});

}  // namespace nerveload
