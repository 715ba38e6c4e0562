#pragma once
#include "scenarios/claims.hpp"

namespace nerveload {

/// What is not known of tissue and body, carried to a comparison: σ² = Σ (effect of one standard deviation of a parameter)², parameters taken for
/// independent of each other, each moving all runs of the comparison at once (effects_on). A ratio is taken for lognormal, a difference for normal.
/// @param value    of the comparison, in its unit
/// @param figures  of a run by its name, with their effects
ComparisonUncertainty uncertainty_of(const ClaimTest& test, double value, const std::function<const RunFigures&(const std::string& run)>& figures);

}  // namespace nerveload
