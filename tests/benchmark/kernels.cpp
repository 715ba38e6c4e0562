/// The element loop by Google Benchmark: residual and tangent of a block, scatter included; "per_cell" is the time of a cell.
#include <benchmark/benchmark.h>
#include <omp.h>

#include "tests/benchmark/element_case.hpp"

namespace nerveload {
namespace {

/// @param state  range 0: cells are 10 × 6 × 5 times it cubed; 1: threads; 2: 1 with the tangent, 0 residual only
void element_loop(benchmark::State& state, const Material& m) {
  ElementCase block(m, static_cast<int>(state.range(0)));
  omp_set_num_threads(static_cast<int>(state.range(1)));
  for (auto _ : state) block.evaluate(state.range(2) == 1);
  state.counters["per_cell"] = benchmark::Counter(block.cells(), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void all(benchmark::internal::Benchmark* b) {
  b->ArgNames({"scale", "threads", "tangent"})->ArgsProduct({{2, 4}, {1, 2}, {1, 0}})->Unit(benchmark::kMillisecond)->UseRealTime();
}
BENCHMARK_CAPTURE(element_loop, neo_hookean, block_material())->Apply(all);
BENCHMARK_CAPTURE(element_loop, ogden_with_fibre, ogden_with_fibre_case())->Apply(all);

}  // namespace
}  // namespace nerveload

BENCHMARK_MAIN();
