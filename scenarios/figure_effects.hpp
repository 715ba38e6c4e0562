#pragma once
#include <string>
#include <vector>

#include "scenarios/run_figures.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {

/// Whether a figure's name is one that effects are worked out for: peaks of the nerve (by their smoothed kin, headline_figures.hpp), its motion at the
/// root, and its profile at a station. Levels are whole numbers and places of peaks jump: they are not.
bool has_effects(const std::string& figure);

/// What each uncertain parameter (scenarios/distributions.toml) does to figures of a run when it is one standard deviation greater, to first order.
/// Of a peak: the relative change of the smoothed one times the peak.
/// @param simulation  with its baseline kept; where there are no derivatives, the effects say why
FigureEffects measure_effects(const Scenario& scenario, const Simulation& simulation, const std::vector<std::string>& figures, int threads);

}  // namespace nerveload
