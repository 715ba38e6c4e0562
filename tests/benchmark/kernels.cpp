/// The element loop by Google Benchmark: residual and tangent of a block, scatter included; "per_cell" is the time of a cell.
#include <benchmark/benchmark.h>
#include <omp.h>

#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

Material neo_hookean() { return material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic); }
Material ogden_with_fibre() {
  Material m = material(Ogden{{{3.5, -1.25}}}, 1750.0, Volumetric::Law::logarithmic);
  m.fibres = FibreFamily{};
  return m;
}

/// @param state  range 0: cells are 10 × 6 × 5 times it cubed; 1: threads; 2: 1 with the tangent, 0 residual only
void element_loop(benchmark::State& state, const Material& m) {
  const int scale = static_cast<int>(state.range(0));
  Solid block(block_mesh({100, 60, 50}, {10 * scale, 6 * scale, 5 * scale}), {m});
  block.mesh.fibre.assign(block.mesh.cells.size(), Vec3(1.0, 2.0, 2.0) / 3.0);
  block.prescribe("zmin", Vec3::Zero());
  const Assembly assembly(block.model);
  State at = assembly.initial_state(block.model);
  at.unknowns = wiggle(at.unknowns.size(), 0.1);
  at = consistent(block.model, at);
  omp_set_num_threads(static_cast<int>(state.range(1)));
  NewtonSystem system(assembly);
  system.request.tangent = state.range(2) == 1;
  for (auto _ : state) system.evaluate(block.model, at);
  state.counters["per_cell"] =
      benchmark::Counter(double(block.mesh.cells.size()), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void all(benchmark::internal::Benchmark* b) {
  b->ArgNames({"scale", "threads", "tangent"})->ArgsProduct({{2, 4}, {1, 2}, {1, 0}})->Unit(benchmark::kMillisecond)->UseRealTime();
}
BENCHMARK_CAPTURE(element_loop, neo_hookean, neo_hookean())->Apply(all);
BENCHMARK_CAPTURE(element_loop, ogden_with_fibre, ogden_with_fibre())->Apply(all);

}  // namespace
}  // namespace nerveload

BENCHMARK_MAIN();
