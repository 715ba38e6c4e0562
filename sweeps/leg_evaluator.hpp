#pragma once
#include "sweeps/point.hpp"
#include "sweeps/sweep_plan.hpp"

namespace nerveload {

/// Computes points by simulating them. The neutral pose of a person is solved once for all poses, and a leg once for all its loads, as far as
/// they come to this evaluator after each other.
/// @param threads  of one simulation
/// @param cold  every point by itself, as `nerveload run` does: to see what the others' lead saves, and that it changes nothing
PointEvaluator leg_evaluator(const SweepPlan& plan, int threads, bool cold = false);

}  // namespace nerveload
