#include "tests/benchmark/tables.hpp"

#include <omp.h>

#include <map>
#include <optional>
#include <thread>

#include "solver/linear/multifrontal.hpp"
#include "tests/benchmark/block_cases.hpp"
#include "tests/benchmark/element_case.hpp"
#include "tests/benchmark/machine.hpp"
#include "tests/benchmark/text.hpp"
#include "tests/benchmark/unit.hpp"

namespace nerveload {
namespace {

/// The tangent of B0 in its reference state.
SparseMatrix block_tangent(double scale) {
  const BlockModel block(BlockCase::b0, block_cells(scale));
  const Assembly assembly(block.model);
  NewtonSystem system(assembly);
  system.evaluate(block.model, assembly.initial_state(block.model));
  return system.tangent;
}

/// F of a block's tangent; measured once a run.
double block_unit(double scale) {
  static std::map<double, double> known;
  const auto at = known.find(scale);
  if (at != known.end()) return at->second;
  const SparseMatrix K = block_tangent(scale);
  return known[scale] = unit_of(K, plan_elimination(K), scale < 5 ? 3 : 1);
}

template <class Real>
double own_time(const SparseMatrix& K, const std::shared_ptr<const Elimination>& plan, int threads, int repetitions) {
  Multifrontal<Real> own(plan, K);
  bool good = own.factorise(K, threads);  // touches its memory
  const double time = best_of(repetitions, [&] { good = own.factorise(K, threads) && good; });
  return good ? time : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> block_scales(const Extent& extent) {
  if (extent.quick) return {2, 4};
  return {2, 4, 6};
}

}  // namespace

std::string machine_table(const Extent&) {
  const MachineLimits m = measure_machine();
  return text("## The machine\n\n%s, %d cores, %s.\n\n| | 1 core | all cores |\n|---|---|---|\n", m.processor.c_str(), m.cores, m.kernels.c_str()) +
         text("| matrix product, double, GF/s | %.0f | %.0f |\n| matrix product, single, GF/s | %.0f | %.0f |\n", m.dgemm_1, m.dgemm_all, m.sgemm_1,
              m.sgemm_all) +
         text("| reading memory, GB/s | %.1f | %.1f |\n\n", m.read_1, m.read_all);
}

std::string factor_table(const Extent& extent) {
  std::string t = text(
      "## Factorisations\n\nF is one factorisation by CHOLMOD: double precision, supernodal, the same nested dissection of the node graph, one "
      "thread, kernels as above, "
      "its inner OpenMP regions kept serial. Best of three.\n\n"
      "| unknowns | operations | F s (GF/s) | own, single, 1 thread | own, single, %d threads (GF/s) | own, double, 1 / %d | solve, single s | plan "
      "s |\n"
      "|---|---|---|---|---|---|---|---|\n",
      available_cores(), available_cores());
  for (const double scale : block_scales(extent)) {
    const SparseMatrix K = block_tangent(scale);
    std::shared_ptr<Elimination> plan;
    const double planning = seconds([&] { plan = std::make_shared<Elimination>(plan_elimination(K)); });
    const double unit = block_unit(scale);
    const double one = own_time<float>(K, plan, 1, 3), all = own_time<float>(K, plan, available_cores(), 3);
    const double double_one = own_time<double>(K, plan, 1, 2), double_all = own_time<double>(K, plan, available_cores(), 2);
    Multifrontal<float> own(plan, K);
    if (!own.factorise(K, available_cores())) return "not definite\n";
    Eigen::MatrixXd x = Eigen::MatrixXd::Ones(K.rows(), 1);
    const double solve = best_of(3, [&] { own.solve(x, available_cores()); });
    t += text("| %ld | %.2g | %.3f (%.0f) | %.2f F | %.2f F (%.0f) | %.2f / %.2f F | %.4f | %.2f |\n", long(K.rows()), plan->work, unit,
              plan->work / unit * 1e-9, one / unit, all / unit, plan->work / all * 1e-9, double_one / unit, double_all / unit, solve, planning);
  }
  return t + "\n";
}

std::string element_table(const Extent& extent) {
  std::string t = text(
      "## The element loop\n\nµs a hexahedron on the blocks of B0, gathering, scatter and zeroing included, kernels %s; best of thirty; in brackets "
      "the gain of %d "
      "threads.\n\n| material | cells | residual and tangent | residual |\n|---|---|---|---|\n",
      element_kernels().name, available_cores());
  const auto row = [&](const char* name, const Material& m, int scale) {
    ElementCase block(m, scale);
    const auto time = [&](int threads, bool tangent) {
      omp_set_num_threads(threads);
      return 1e6 / block.cells() * best_of(30, [&] { block.evaluate(tangent); });
    };
    const double both = time(1, true), residual = time(1, false), both_all = time(available_cores(), true),
                 residual_all = time(available_cores(), false);
    t += text("| %s | %.0f | %.2f (%.2f ×) | %.2f (%.2f ×) |\n", name, block.cells(), both, both / both_all, residual, residual / residual_all);
  };
  for (const double scale : block_scales(extent)) {
    row("neo-Hookean", block_material(), static_cast<int>(scale));
    row("Ogden with fibres", ogden_with_fibre_case(), static_cast<int>(scale));
  }
  return t + "\n";
}

std::string block_table(const Extent& extent) {
  std::string t = text(
      "## B0 and B1\n\nBlock of 100 × 60 × 50 mm, K/G = 500; B0: a strip moved down by 10 mm, B1: a rigid cylinder pressed in by 10 mm (penalty 500 "
      "kPa/mm). %d threads; from the "
      "finished mesh to the last state, analysis included.\n\n"
      "| case | unknowns | states | force N | s | F | iterations | factorisations | solves | assembly s "
      "|\n|---|---|---|---|---|---|---|---|---|---|\n",
      available_cores());
  for (const double scale : block_scales(extent))
    for (const BlockCase which : {BlockCase::b0, BlockCase::b1})
      for (const int states : {1, 10}) {
        const std::array<int, 3> cells = block_cells(scale);
        const BlockRun r = run_block(which, cells, states, available_cores());
        const double unit = block_unit(scale);
        t += text("| %s | %d | %d%s | %.4f | %.2f | %.1f | %d | %d | %d | %.2f |\n", which == BlockCase::b0 ? "B0" : "B1", block_unknowns(cells),
                  r.states, r.converged ? "" : ", not converged", r.force_N, r.seconds, r.seconds / unit, r.statistics.newton_iterations,
                  r.statistics.factorisations, r.statistics.cg_iterations, r.statistics.assembly_s);
      }
  return t + "\n";
}

std::string thread_table(const Extent& extent) {
  const int cores = available_cores();
  std::string t = text(
      "## Threads\n\nB0 to its final state on one thread, on %d threads, and %d such solves side by side on one thread each: what a sweep's points "
      "could do.\n\n"
      "| unknowns | 1 thread s | %d threads s | solves side by side s | throughput side by side against threads in a solve "
      "|\n|---|---|---|---|---|\n",
      cores, cores, cores);
  for (const double scale : {2.0, extent.quick ? 2.8 : 4.0}) {
    const std::array<int, 3> cells = block_cells(scale);
    const double one = run_block(BlockCase::b0, cells, 1, 1).seconds, all = run_block(BlockCase::b0, cells, 1, cores).seconds;
    const double beside = seconds([&] {
      std::vector<std::thread> solves;
      for (int k = 0; k < cores; ++k) solves.emplace_back([&] { run_block(BlockCase::b0, cells, 1, 1); });
      for (std::thread& s : solves) s.join();
    });
    t += text("| %d | %.2f | %.2f | %.2f | %.2f |\n", block_unknowns(cells), one, all, beside, cores * all / beside);
  }
  return t + "\n";
}

std::string growth_table(const Extent& extent) {
  std::string t =
      "## Growth\n\nB0 to its final state, as far as it goes at a time; p between a row and the row before it: time ∝ unknowns^p.\n\n"
      "| unknowns | s | p | peak memory GB | iterations | factorisations |\n|---|---|---|---|---|---|\n";
  std::optional<std::pair<double, double>> before, first;
  std::vector<double> scales{2, 2.8, 4};
  if (!extent.quick) scales.insert(scales.end(), {5, 6, 7.5});
  for (const double scale : scales) {
    const std::array<int, 3> cells = block_cells(scale);
    const BlockRun r = run_block(BlockCase::b0, cells, 1, available_cores());
    const double unknowns = block_unknowns(cells);
    const auto exponent = [&](const auto& from) { return std::log(r.seconds / from.second) / std::log(unknowns / from.first); };
    t += text("| %.0f | %.2f | %s | %.1f | %d | %d |\n", unknowns, r.seconds, before ? text("%.2f", exponent(*before)).c_str() : "", peak_memory_GB(),
              r.statistics.newton_iterations, r.statistics.factorisations);
    before = {unknowns, r.seconds};
    if (!first) first = before;
    else if (scale == scales.back()) t += text("\nOver all rows p = %.2f.\n\n", exponent(*first));
  }
  return t;
}

}  // namespace nerveload
