#include "solver/newton.hpp"

#include <gtest/gtest.h>

#include "solver/quasistatic.hpp"
#include "tests/support/moved_block.hpp"
#include "tests/support/one_unknown.hpp"
#include "tests/support/path.hpp"

namespace nerveload {
namespace {

/// A problem that goes on to another body of the same connectivity comes to that body's own figures, to the bit.
TEST(Problem, GoesOnToAModelOfTheSameConnectivity) {
  const MovedBlock first(Vec3(1.5, 0, -1.0)), second(Vec3(-0.5, 1.0, -2.0), {4, 4, 4}, 900.0);
  Problem own = second.problem(), problem = first.problem();
  State state = problem.assembly.initial_state(first.solid.model);
  ASSERT_TRUE(solve_newton(problem, state, {1.0, {}}, {}).converged());
  problem.solver->release();
  ASSERT_TRUE(problem.take(second.solid.model));
  EXPECT_EQ(problem.statistics.factorisations, 0);
  State taken = problem.assembly.initial_state(second.solid.model), alone = own.assembly.initial_state(second.solid.model);
  ASSERT_TRUE(solve_newton(problem, taken, {1.0, {}}, {}).converged());
  ASSERT_TRUE(solve_newton(own, alone, {1.0, {}}, {}).converged());
  EXPECT_TRUE((taken.unknowns.array() == alone.unknowns.array()).all());
  EXPECT_EQ(problem.statistics.factorisations, own.statistics.factorisations);
}

TEST(Problem, DoesNotTakeWhatDoesNotFit) {
  const MovedBlock block(Vec3(1.5, 0, -1.0)), finer(Vec3(1.5, 0, -1.0), {4, 4, 5});
  MovedBlock held(Vec3(1.5, 0, -1.0)), free_above(Vec3(1.5, 0, -1.0)), elsewhere(Vec3(1.5, 0, -1.0));
  held.solid.prescribe("xmax", Vec3::Zero(), {0});
  free_above.solid.model.supports.resize(free_above.solid.model.supports.size() / 2);
  // As many supports, but one of another unknown.
  elsewhere.solid.model.supports.back().unknown = 3 * elsewhere.solid.mesh.node_sets.at("xmin")[7];
  const auto is_new = [&](int unknown) {
    return std::none_of(block.solid.model.supports.begin(), block.solid.model.supports.end(),
                        [&](const Prescribed& p) { return p.unknown == unknown; });
  };
  ASSERT_TRUE(is_new(elsewhere.solid.model.supports.back().unknown));
  Problem problem = block.problem();
  for (const MovedBlock* other :
       {&finer, static_cast<const MovedBlock*>(&held), static_cast<const MovedBlock*>(&free_above), static_cast<const MovedBlock*>(&elsewhere)})
    EXPECT_FALSE(problem.take(other->solid.model));
  EXPECT_EQ(problem.model, &block.solid.model);
  EXPECT_TRUE(problem.take(block.solid.model));
}

TEST(Newton, LastResidualsFallQuadratically) {
  const MovedBlock block(Vec3(1.5, 0, -1.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  NewtonOptions options;
  options.tolerance = 1e-13;
  const SolveReport report = solve_newton(problem, state, {1.0, {}}, options);
  ASSERT_TRUE(report.converged()) << report.message;
  std::string seen;
  for (const NewtonIteration& i : report.iterations) seen += std::to_string(std::log10(i.relative)) + " ";
  // Orders between successive residuals that are in the basin and above rounding.
  double order = 0.0;
  const auto& it = report.iterations;
  for (std::size_t k = 2; k < it.size(); ++k)
    if (it[k - 2].relative < 0.3 && it[k].relative > 3e-14)
      order = std::log(it[k].relative / it[k - 1].relative) / std::log(it[k - 1].relative / it[k - 2].relative);
  EXPECT_GT(order, 1.8) << "log10 of the relative residuals: " << seen;
}

TEST(Newton, FailureIsAValueAndLeavesTheStateAlone) {
  // The top would pass through the bottom. Smooth walls keep the compression uniform, so that the tangent stays definite and
  // the cells run out of volume first, whichever factorisation and rounding.
  MovedBlock block(Vec3(0, 0, -25.0));
  block.solid.prescribe("xmin", Vec3::Zero(), {0});
  block.solid.prescribe("xmax", Vec3::Zero(), {0});
  block.solid.prescribe("ymin", Vec3::Zero(), {1});
  block.solid.prescribe("ymax", Vec3::Zero(), {1});
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  const State before = state;
  const SolveReport report = solve_newton(problem, state, {1.0, {}}, {});
  EXPECT_EQ(report.ending, Ending::inverted_element);
  EXPECT_GE(report.inverted_cell, 0);
  EXPECT_NE(report.message.find("cell"), std::string::npos);
  EXPECT_TRUE((state.unknowns.array() == before.unknowns.array()).all());
  EXPECT_EQ(state.path, 0.0);
}

TEST(Newton, IterationLimitIsReported) {
  const MovedBlock block(Vec3(3, 0, -2.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  NewtonOptions options;
  options.max_iterations = 1;
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, options).ending, Ending::iteration_limit);
}

TEST(Newton, NonFiniteForcesAreAValue) {
  MovedBlock block(Vec3::Zero());
  const int loose = 3 * 62 + 2;
  block.solid.model.terms.push_back(spring(loose, 1.0, std::nan("")));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, {}).ending, Ending::not_finite);
}

TEST(Newton, ATangentThatStaysIndefiniteIsAValue) {
  MovedBlock block(Vec3(0.1, 0, 0));
  block.solid.model.terms.push_back(spring(3 * 62, -1e9));  // far beyond the mean of the diagonal
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, {}).ending, Ending::singular_tangent);
}

/// Newton's own increment would go back to the unstable equilibrium.
TEST(Newton, LeavesAnUnstablePlaceForTheStableEquilibriumBesideIt) {
  MovedBlock block(Vec3::Zero(), {4, 4, 4}, 3.0);
  const int u = 3 * 62;
  block.solid.model.terms.push_back(double_well(u, 60.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  state.unknowns[u] = 0.1;
  const SolveReport report = solve_newton(problem, state, {1.0, {}}, {});
  ASSERT_TRUE(report.converged()) << report.message;
  EXPECT_GT(state.unknowns[u], 0.5);  // the block pulls back a little
  EXPECT_GT(report.iterations[0].shift, 0.0);
  EXPECT_LT(report.iterations[report.iterations.size() - 2].shift, 0.01 * report.iterations[0].shift);
  EXPECT_GT(problem.statistics.indefinite_tangents, 0);
}

/// A mode far softer than the mean of the diagonal: what makes the tangent definite must not be stiffer than the mode itself.
TEST(Newton, ASmallerShiftFindsItsWayAlongASofterMode) {
  MovedBlock block(Vec3::Zero(), {4, 4, 4}, 3.0);
  const int u = 3 * 62;
  block.solid.model.terms.push_back(double_well(u, 60.0));
  block.solid.model.terms.push_back(spring(u + 1, 1e10));  // gives the diagonal its mean
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  state.unknowns[u] = 0.1;
  NewtonOptions options;
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, options).ending, Ending::iteration_limit);
  options.least_shift = 1e-6;
  const SolveReport report = solve_newton(problem, state, {1.0, {}}, options);
  ASSERT_TRUE(report.converged()) << report.message;
  EXPECT_GT(state.unknowns[u], 0.5);
}

/// From the soft side Newton's increment jumps far into the wall, from where it comes back by one length at a time.
TEST(Newton, AFarStartIsBroughtToEquilibrium) {
  MovedBlock block(Vec3::Zero(), {4, 4, 4}, 3.0);
  const int u = 3 * 62;
  block.solid.model.terms.push_back(wall(u, 100.0, 0.001));
  block.solid.model.terms.push_back(spring(u + 1, 1e9));  // gives the diagonal its mean
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  state.unknowns[u] = -0.008;
  NewtonOptions options;
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, options).ending, Ending::iteration_limit);
  options.far_start = true;
  const SolveReport report = solve_newton(problem, state, {1.0, {}}, options);
  ASSERT_TRUE(report.converged()) << report.message;
  EXPECT_LT(std::abs(state.unknowns[u]), 1e-6);
  EXPECT_GT(report.iterations[0].shift, 0.0);
  EXPECT_EQ(report.iterations.back().shift, 0.0);
  for (std::size_t i = 1; i < report.iterations.size(); ++i) EXPECT_LE(report.iterations[i].residual, 3.0 * report.iterations[i - 1].residual);
}

TEST(Newton, StopsWhereItsObserverSaysSoAndLeavesTheStateAlone) {
  const MovedBlock block(Vec3(1.5, 0.5, -1.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  const State before = state;
  NewtonOptions options;
  int seen = 0;
  options.observer = [&](const NewtonIteration&) { return ++seen < 2; };
  EXPECT_EQ(solve_newton(problem, state, {1.0, {}}, options).ending, Ending::stopped);
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(state.unknowns, before.unknowns);
  PathOptions path;
  path.newton = options;
  seen = 0;
  const PathReport report = follow_path(problem, state, 1.0, path_alone, path);
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.ending, Ending::stopped);
  EXPECT_EQ(seen, 2);  // no smaller step is tried
}

TEST(Newton, PrescribedMotionIsMetExactly) {
  const MovedBlock block(Vec3(1.5, 0.5, -1.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  ASSERT_TRUE(solve_newton(problem, state, {0.5, {}}, {}).converged());
  for (const int n : block.solid.mesh.node_sets.at("zmax")) EXPECT_LT((state.unknowns.segment<3>(3 * n) - Vec3(0.75, 0.25, -0.5)).norm(), 1e-14);
}

/// A slice of a block under a strip that goes in by a fifth of the height, three to six cells at a time. In one increment the cells at the
/// strip's edge were stretched beyond what Newton's method finds its way back from.
TEST(Newton, AMotionOfManyCellsGoesInParts) {
  for (const int cells : {30, 60}) {
    Solid slice(block_mesh({100, 200.0 / cells, 50}, {cells, 2, cells / 2}), {material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic)});
    slice.prescribe("zmin", Vec3::Zero());
    slice.prescribe("ymin", Vec3::Zero(), {1});
    slice.prescribe("ymax", Vec3::Zero(), {1});
    for (const int n : slice.mesh.node_sets.at("zmax"))
      if (std::abs(slice.mesh.X[n][0]) <= 10.0 + 1e-9) {
        slice.prescribe(3 * n, 0.0);
        slice.prescribe(3 * n + 2, -10.0);
      }
    Problem problem(slice.model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(slice.model);
    const SolveReport report = solve_newton(problem, state, {1.0, {}}, {});
    ASSERT_TRUE(report.converged()) << report.message;
    EXPECT_LE(problem.statistics.newton_iterations, 9) << cells;
    EXPECT_EQ(problem.statistics.indefinite_tangents, 0) << cells;
    EXPECT_LT(report.iterations[0].step, 0.5) << cells;
  }
}

}  // namespace
}  // namespace nerveload
