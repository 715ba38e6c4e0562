#pragma once
#include "tests/benchmark/block_cases.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {

inline Material ogden_with_fibre_case() {
  Material m = material(Ogden{{{3.5, -1.25}}}, 1750.0, Volumetric::Law::logarithmic);
  m.fibres = FibreFamily{};
  return m;
}

/// The element loop on a block of 10 × 6 × 5 times `scale` cubed cells, held below, at a state with strains of a few per cent.
struct ElementCase {
  ElementCase(const Material& m, int scale)
      : block(block_mesh({100, 60, 50}, {10 * scale, 6 * scale, 5 * scale}), {m}), assembly((prepare(), block.model)), system(assembly) {
    state = assembly.initial_state(block.model);
    state.unknowns = wiggle(state.unknowns.size(), 0.1);
    state = consistent(block.model, state);
  }
  void evaluate(bool tangent) {
    system.request.tangent = tangent;
    system.evaluate(block.model, state);
  }
  double cells() const { return double(block.mesh.cells.size()); }

  Solid block;
  Assembly assembly;
  NewtonSystem system;
  State state;

 private:
  void prepare() {
    block.mesh.fibre.assign(block.mesh.cells.size(), Vec3(1.0, 2.0, 2.0) / 3.0);
    block.prescribe("zmin", Vec3::Zero());
  }
};

}  // namespace nerveload
