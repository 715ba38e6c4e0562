#pragma once
#include <array>
#include <memory>
#include <string>

#include "solver/quasistatic.hpp"
#include "solver/terms/indenter.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {

/// The two cases on a block of 100 × 60 × 50 mm, neo-Hookean 3 kPa, K/G = 500, held below: B0, a strip of its top moved down by 10 mm; B1,
/// a rigid frictionless cylinder of Ø 150 mm pressed 10 mm into it.
enum class BlockCase { b0, b1 };

inline Material block_material() { return material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic); }

struct BlockModel : Solid {
  BlockModel(BlockCase which, std::array<int, 3> cells);
  BlockCase which;
  const Indenter* cylinder = nullptr;  ///< of B1
};

/// Cells of the block with `scale` times 10 × 6 × 5 of them.
inline std::array<int, 3> block_cells(double scale) { return {int(10 * scale + 0.5), int(6 * scale + 0.5), int(5 * scale + 0.5)}; }

/// Displacements of its nodes, those of the bottom left out.
inline int block_unknowns(std::array<int, 3> cells) { return 3 * (cells[0] + 1) * (cells[1] + 1) * cells[2]; }

struct BlockRun {
  double seconds = 0.0;  ///< from the finished mesh to the last state, analysis included
  double force_N = 0.0;
  bool converged = false;
  int states = 0;
  SolveStatistics statistics;
};

/// Presses to the final state: in `states` equal steps, or as far as it goes at a time (states = 1), halved where that does not converge.
BlockRun run_block(BlockCase which, std::array<int, 3> cells, int states, int threads);

}  // namespace nerveload
