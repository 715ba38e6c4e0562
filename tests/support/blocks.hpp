#pragma once
#include <string>

#include "solver/block.hpp"
#include "solver/quadratic.hpp"

namespace nerveload {

/// Names of the cells' shapes, in which every test of the battery runs.
inline const char* const cell_shapes[] = {"hex8", "tet10", "tet4"};

/// A block of cells of that shape.
inline Mesh block_of_shape(const std::string& shape, const std::array<double, 3>& size, const std::array<int, 3>& cells) {
  if (shape == "hex8") return block_mesh(size, cells);
  const Mesh tets = tet_block_mesh(size, cells);
  return shape == "tet4" ? tets : to_quadratic(tets);
}

}  // namespace nerveload
