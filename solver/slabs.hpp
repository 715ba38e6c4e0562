#pragma once
#include <vector>

#include "solver/mesh.hpp"

namespace nerveload {

/// Cells in slabs across the mesh: each cell in one, its neighbours (cells with a node in common) in the same slab or in the one before or
/// after. So slabs two apart never meet. Found by levels of neighbourhood from one end of the mesh; parts that nothing joins follow one another.
/// @param least  a slab takes levels until it has so many cells
/// @return cell numbers, ascending in each slab; none is empty
std::vector<std::vector<int>> slabs(const Mesh& mesh, int least);

}  // namespace nerveload
