#pragma once
#include <vector>

#include "scenarios/input.hpp"
#include "sweeps/sweep_plan.hpp"
#include "sweeps/table_columns.hpp"

namespace nerveload {

/// Every input at the ends of what it takes, alone on top of the base: what a scenario refuses is told at the sweep's own place.
/// @param extremes  of each input, where a table has them; empty = the inputs' own values and distributions
void check_inputs(const SweepPlan& plan, const std::vector<std::vector<TableColumn::Extreme>>& extremes, Faults& faults);

}  // namespace nerveload
