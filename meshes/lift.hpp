#pragma once
#include "meshes/sweep.hpp"

namespace nerveload {

/// A section's energy knows its own plane; how a cell slants to the next section it does not know. Where the scaled Jacobian q of a
/// cell's corner is below q₀ = 0.45, the nodes of inner sections move in their planes and along their curves, one after another, to lessen
///   Σ max(0, q₀ − q)³   over the corners of the cells around them
/// by damped Gauss–Newton steps (a corner weighs by its lack, so that it enters smoothly), at most a tenth of the shortest edge and taken
/// only where the sum does fall. Cells that are good enough stay as they are [freitag1997, for tetrahedra]. Sections of one parity do
/// not touch, so the result is the same for any number of threads.
/// @param sections  changed: unknowns and places
void lift_worst_cells(const SectionSolver& solver, const LayerPlan& plan, SweptSections& sections);

}  // namespace nerveload
