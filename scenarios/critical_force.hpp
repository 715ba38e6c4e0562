#pragma once
#include "scenarios/sensitivity.hpp"

namespace nerveload {

/// The force at which pressure and stretch together reach the first level of the ladder, and how it moves with the parameters. With the smoothed combined
/// index I (headline_figures.hpp) it is the F* of I(F*, p) = 1, so
///   dF*/dp = −(∂I/∂p) / (∂I/∂F),
/// both at an equilibrium whose index is within 1e-4 of 1, and F* by Newton's step from there. The force is what is held apart: a parameter
/// that moves the scenario's own load (the mass, of a share of body weight) acts through tissue and shape alone.
/// @param simulation  of the scenario, complete: where the search begins  @param how  threads and observers
/// @param observer  of the derivatives (SensitivityOptions)
CriticalForce measure_critical_force(const Scenario& scenario, const Simulation& simulation, const SimulationOptions& how,
                                     const std::function<bool(std::size_t done, std::size_t of)>& observer = {});

}  // namespace nerveload
