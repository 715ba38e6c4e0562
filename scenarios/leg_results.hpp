#pragma once
#include <span>
#include <vector>

#include "postprocess/results.hpp"
#include "scenarios/leg_meshes.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// What is measured of the nerve at a state of a leg, not yet judged.
/// @param neutral  compression in the person's neutral pose; empty when the scenario is that itself
/// @param pose     compression without the roller; empty = the state itself is that
NerveProfile measure_nerve(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral,
                           std::span<const NerveCompression> pose = {});

/// The judged results of one mesh; they point into `solved`.
Results results_of(const Scenario& scenario, const MeshedLeg& solved, const std::vector<NerveCompression>& neutral);

/// What the coarser meshes of the same leg came to: all but the last.
std::vector<MeshFigures> coarser_figures(const Scenario& scenario, const std::vector<MeshedLeg>& meshes,
                                         const std::vector<NerveCompression>& neutral);

}  // namespace nerveload
