#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "scenarios/leg_model.hpp"
#include "scenarios/load_leg.hpp"

namespace nerveload {

/// A leg on one mesh and what loading it came to.
struct MeshedLeg {
  Fidelity fidelity;
  std::unique_ptr<LegModel> leg;
  LegOutcome outcome;
};

const char* to_string(Fidelity fidelity);

/// A leg on every mesh up to the wanted one, coarsest first. A coarser mesh that the gate refuses is left out.
/// @throws MeshRefusal for the wanted one
/// @param at_hand  the leg on the wanted mesh, where it is at hand
std::vector<MeshedLeg> mesh_leg(const LegInput& input, std::unique_ptr<LegModel> at_hand = nullptr);

/// Loads a leg on all its meshes: each shows the next the way. Ends at the first that was told to stop.
/// @param observer_of  makes the observer of a mesh: the wanted one, or one that leads to it
/// @param guess_of  what is tried first on a mesh; none = nothing
/// @throws InsufficientMemory that names the finest mesh that fits
void load_on_meshes(std::vector<MeshedLeg>& meshes, const LoadGoal& goal, const LoadOptions& options,
                    const std::function<LegObserver(bool wanted)>& observer_of, const std::function<LegGuess(const LegModel&)>& guess_of = {});

}  // namespace nerveload
