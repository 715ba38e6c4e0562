#pragma once
#include <functional>

#include "sweeps/sweep_plan.hpp"

namespace nerveload {

/// One point of a sweep.
struct DesignPoint {
  std::int64_t number = 0;          ///< from 1, in the order of the design
  std::int64_t family = 0;          ///< points of one family differ in their load only
  std::vector<std::string> values;  ///< as TOML, one for each parameter
};

/// Calls with every point until false comes back, neighbours after each other: on a grid the load varies fastest and the others to and fro; drawn
/// points and rows of a table are sorted by 1024. Memory does not grow with the number of points (but for a Latin hypercube, which is
/// drawn as a whole). The same plan always gives the same points in the same order.
/// @throws StatisticsError, FileError
void visit_design(const SweepPlan& plan, const std::function<bool(const DesignPoint&)>& visit);

/// What the statistics program is told about the inputs and how they depend on each other.
std::string sampling_request(const SweepPlan& plan, std::int64_t points);

}  // namespace nerveload
