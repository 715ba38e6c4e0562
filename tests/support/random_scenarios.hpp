#pragma once
#include <string>
#include <vector>

namespace nerveload {

/// One random scenario as settings on the default: "subject.stature_m=1.71", …
using ScenarioSettings = std::vector<std::string>;

/// The fixed list of random valid scenarios: persons from the survey's means and spreads (docs/theory/anatomy.md, scaling law;
/// docs/theory/biomechanics.md, recommended defaults) clipped to the ranges the mesh has been shown on, hip and knee flexion
/// 0–90°, the roller's whole range of positions, 50–350 N, every roller, muscle state and condition.
/// The same list on every machine: no distribution of the standard library is used.
std::string random_scenarios_csv(int count = 200, unsigned long long seed = 20240917);

/// The committed list, tests/validation/random_scenarios.csv.
std::vector<ScenarioSettings> committed_random_scenarios();

/// Reads such a table back: the header's keys with each row's values.
std::vector<ScenarioSettings> settings_of_csv(const std::string& csv);

}  // namespace nerveload
