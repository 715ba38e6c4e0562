#pragma once
#include "postprocess/verdict.hpp"
#include "scenarios/leg_model.hpp"
#include "scenarios/load_leg.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// A scenario in the words of the leg model: geometry, materials, nerve, roller. The pose and the condition are in it.
LegInput leg_input(const Scenario& scenario);

/// The same person in the neutral pose, without pathology and without a roller: what compression and pressure are
/// measured against.
LegInput baseline_leg_input(const Scenario& scenario);

/// False when the scenario itself is that baseline.
bool needs_baseline(const Scenario& scenario);

/// What the roller is pressed to; `none` without a roller.
LoadGoal load_goal(const Scenario& scenario);

/// Which column of the ladder holds where, and for how long.
JudgementContext judgement_context(const Scenario& scenario);

/// Material per tissue of the mesh, in the enumeration's order: the group's constants, the muscle state on every muscle,
/// the condition's tone on the piriformis.
/// @param relaxing  with the groups' relaxation: as stiff as without it under a load that comes on in reference_ramp_s. What guarding and tone
///                  add to a muscle is kept up by it and does not relax.
std::vector<Material> tissue_materials(const Scenario& scenario, double piriformis_tone, bool relaxing = false);

/// Name of the group in [materials] whose constants a tissue of the mesh takes unless it is named itself.
std::string tissue_group(Tissue tissue);

}  // namespace nerveload
