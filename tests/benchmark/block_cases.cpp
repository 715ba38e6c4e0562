#include "tests/benchmark/block_cases.hpp"

#include <omp.h>

#include "tests/benchmark/machine.hpp"

namespace nerveload {

BlockModel::BlockModel(BlockCase c, std::array<int, 3> cells) : Solid(block_mesh({100, 60, 50}, cells), {block_material()}), which(c) {
  prescribe("zmin", Vec3::Zero());
  if (which == BlockCase::b0) {
    auto& strip = mesh.node_sets["strip"];
    for (const int n : mesh.node_sets.at("zmax"))
      if (std::abs(mesh.X[n][0]) <= 10.0 + 1e-9) strip.push_back(n);
    prescribe("strip", Vec3(0, 0, -10));
    return;
  }
  const IndenterOptions options{Cylinder{75.0, 400.0, 10.0, Vec3::UnitY()}, {}, 500.0, 0.01, 2.0};
  auto term = std::make_unique<Indenter>(
      mesh, mesh.facet_sets.at("zmax"), options,
      [](double) {
        return IndenterPlacement{Vec3(0, 0, 125), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  cylinder = term.get();
  model.terms.push_back(std::move(term));
}

BlockRun run_block(BlockCase which, std::array<int, 3> cells, int states, int threads) {
  const BlockModel block(which, cells);
  BlockRun run;
  omp_set_num_threads(threads);
  run.seconds = seconds([&] {
    Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, threads));
    State state = problem.assembly.initial_state(block.model);
    PathOptions options;
    options.first_step = options.max_step = 1.0 / states;
    const PathReport report = follow_path(
        problem, state, 1.0,
        [&](double path) {
          StepTarget target{path, {}};
          if (which == BlockCase::b1) target.border.push_back(10.0 * path);
          return target;
        },
        options);
    run.converged = report.ending == Ending::converged;
    run.states = static_cast<int>(report.steps.size());
    run.statistics = problem.statistics;
    run.force_N =
        which == BlockCase::b1 ? block.cylinder->report(state).force[2] * 1e-3 : -reaction(block.mesh, "strip", problem.system.residual)[2] * 1e-3;
  });
  return run;
}

}  // namespace nerveload
