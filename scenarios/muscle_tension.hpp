#pragma once
#include <vector>

#include "scenarios/scenario.hpp"

namespace nerveload {

/// Gives hamstrings and piriformis the passive fibres of a posed muscle, where the scenario asks for them (`subject.fibre_tension`):
///   σ = c (e^{k (λ_p λ̄ − 1)} − 1),   λ_p the stretch of the belly by the pose (meshes/muscle_paths.hpp), λ̄ what the load adds.
/// The gluteus maximus gets none: ordinary sitting already lengthens its line of action by two fifths, at which nobody feels it pull.
/// Source: law and constants assumed (docs/decisions/0023).
/// @param materials  per Tissue, in the enumeration's order
void add_fibre_tension(const Scenario& scenario, const JointAngles& angles, std::vector<Material>& materials);

/// Active stress of a piriformis in spasm: its force over the section of the meshed band across the fibres. Nothing unless the condition says so.
/// Source: force derived from parvaresh2019 (docs/decisions/0023, "Thickening or spasm").
void add_piriformis_spasm(const Scenario& scenario, std::vector<Material>& materials);

}  // namespace nerveload
