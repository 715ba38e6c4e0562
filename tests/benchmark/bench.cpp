/// Timed cases, never gating: what an element, a factorisation and a run cost on this machine.
///   bench [--quick]     --quick leaves out the large block and the runs of the program
#include <omp.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

using namespace nerveload;

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Best time of a few repetitions, seconds.
template <class Work>
double best_of(int repetitions, Work&& work) {
  double best = 1e300;
  for (int i = 0; i < repetitions; ++i) {
    const double start = now();
    work();
    best = std::min(best, now() - start);
  }
  return best;
}

/// The block of B0 with its strip moved by 10 mm.
struct Block : Solid {
  Block(std::array<int, 3> cells, Matrix matrix)
      : Solid(block_mesh({100, 60, 50}, cells), {material(std::move(matrix), 1500.0, Volumetric::Law::logarithmic)}) {
    prescribe("zmin", Vec3::Zero());
    auto& strip = mesh.node_sets["strip"];
    for (const int n : mesh.node_sets.at("zmax"))
      if (std::abs(mesh.X[n][0]) <= 10.0 + 1e-9) strip.push_back(n);
    prescribe("strip", Vec3(0, 0, -10));
  }
};

void time_parts(const char* name, std::array<int, 3> cells, const Matrix& matrix, int cores) {
  const Block block(cells, matrix);
  const Assembly assembly(block.model);
  State state = assembly.initial_state(block.model);
  state.unknowns = wiggle(state.unknowns.size(), 0.1);
  state = consistent(block.model, state);
  const double count = double(block.mesh.cells.size());
  std::printf("%s: %.0f cells, %d unknowns, %s\n", name, count, assembly.free_count(), element_kernels().name);
  for (int threads = 1; threads <= cores; threads *= 2) {
    omp_set_num_threads(threads);
    NewtonSystem system(assembly);
    const double both = best_of(5, [&] { system.evaluate(block.model, state); });
    system.request.tangent = false;
    const double residual = best_of(5, [&] { system.evaluate(block.model, state); });
    system.request.tangent = true;
    state.unknowns.setZero();
    system.evaluate(block.model, consistent(block.model, state));
    const auto solver = make_linear_solver(LinearSolverKind::best_available, threads);
    const double analysis = best_of(1, [&] { solver->analyse(system.tangent); });
    bool good = true;
    const double factor = best_of(3, [&] { good = solver->factorise(system.tangent) && good; });
    const Eigen::MatrixXd rhs = Eigen::MatrixXd::Ones(assembly.free_count(), 1);
    const double solve = best_of(3, [&] { solver->solve(rhs); });
    std::printf("  %d thread%s: residual + tangent %.2f us/cell, residual %.2f us/cell; analysis %.3f s, factor %.3f s%s, solve %.4f s  (%s)\n",
                threads, threads > 1 ? "s" : " ", both / count * 1e6, residual / count * 1e6, analysis, factor, good ? "" : " (refused)", solve,
                solver->name().c_str());
    state.unknowns = wiggle(state.unknowns.size(), 0.1);
  }
}

void time_b0(std::array<int, 3> cells, int cores) {
  double one = 0.0;
  for (int threads = 1; threads <= cores; threads *= 2) {
    omp_set_num_threads(threads);
    const Block block(cells, NeoHookean{3.0});
    const double start = now();
    Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, threads));
    State state = problem.assembly.initial_state(block.model);
    const PathReport report = run_path(problem, state, 10);
    const double seconds = now() - start;
    if (threads == 1) one = seconds;
    std::printf("B0 %dx%dx%d, 10 steps, %d thread%s: %.2f s, %d iterations, %s; %.2f x one thread\n", cells[0], cells[1], cells[2], threads,
                threads > 1 ? "s" : " ", seconds, problem.statistics.newton_iterations, to_string(report.ending), one / seconds);
  }
}

void time_program(const std::string& words) {
  const auto folder = std::filesystem::temp_directory_path() / "nerveload-bench";
  const std::string command = "'" NERVELOAD_PROGRAM "' " + words + " -o '" + folder.string() + "' --force --quiet >/dev/null 2>&1";
  const double start = now();
  const int status = std::system(command.c_str());
  std::printf("nerveload %s: %.1f s, status %d", words.c_str(), now() - start, status >> 8);
  std::ifstream summary(folder / "summary.json");
  const auto json = nlohmann::json::parse(summary, nullptr, false);
  if (!json.is_discarded()) std::printf(", %.1f GB", json["solver"]["peak_rss_MB"].get<double>() / 1024.0);
  std::printf("\n");
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  time_parts("neo-Hookean block", {20, 12, 10}, NeoHookean{3.0}, cores);
  time_parts("Ogden block", {20, 12, 10}, Ogden{{{3.5, -1.25}}}, cores);
  if (!quick) time_parts("neo-Hookean block", {40, 24, 20}, NeoHookean{3.0}, cores);
  time_b0({20, 12, 10}, cores);
  if (quick) return 0;
  time_b0({40, 24, 20}, cores);
  time_program("run hamstring_straight_leg --fidelity coarse");
  time_program("run default --fidelity coarse");
  time_program("run default");
  return 0;
}
