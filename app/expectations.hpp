#pragma once
#include "scenarios/scenario.hpp"

namespace nerveload::app {

/// Prints each expectation of a scenario ([expect]) beside what the run came to.
/// @param summary  the run's summary.json
/// @return all are met
bool print_expectations(const Scenario& scenario, const std::string& summary);

}  // namespace nerveload::app
