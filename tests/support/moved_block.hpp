#pragma once
#include "tests/support/solids.hpp"

namespace nerveload {

/// A block held below and moved above by `top` per unit path.
struct MovedBlock {
  Solid solid;
  explicit MovedBlock(const Vec3& top, std::array<int, 3> cells = {4, 4, 4}, double bulk = 300.0)
      : solid(block_mesh({10, 10, 10}, cells), {material(NeoHookean{3.0}, bulk)}) {
    solid.prescribe("zmin", Vec3::Zero());
    solid.prescribe("zmax", top);
  }
  Problem problem() const { return Problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1)); }
};

}  // namespace nerveload
