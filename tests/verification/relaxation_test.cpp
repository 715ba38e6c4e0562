/// Bodies of a relaxing material beside the closed forms of a Prony series.
#include <gtest/gtest.h>

#include "solver/quasistatic.hpp"
#include "solver/terms/traction.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double sudden_s = 1e-6, hold_s = 20.0;

/// Loads rise at once (path 0 to 1) and then stay (path 1 to 2).
double seconds(double path) { return path < 1.0 ? sudden_s * path : sudden_s + hold_s * (path - 1.0); }
double load(double path) { return std::min(path, 1.0); }

/// Share of the first stress that is left: the default muscle's series [bosboom2001].
const Prony series{{{0.55, 6.0}, {0.28, 0.5}}};
double relaxed(double time_s) {
  double G = 1.0;
  for (const Prony::Term& t : series.terms) G -= t.g * (1.0 - std::exp(-time_s / t.tau_s));
  return G;
}

Material relaxing(double bulk_modulus, const Prony& viscosity) {
  Material m = material(Ogden{{{2.0, 3.0}, {1.0, -4.0}}}, bulk_modulus);
  m.viscosity = viscosity;
  return m;
}

/// Follows the load and its hold, and calls `visit` after every step.
void follow(Solid& body, int steps, double tolerance, const StepObserver& visit) {
  Problem problem(body.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(body.model);
  PathOptions options;
  options.newton.tolerance = tolerance;
  options.first_step = options.max_step = 1.0;
  auto target = [](double p) { return StepTarget{p, {}, load(p)}; };
  ASSERT_EQ(follow_path(problem, state, 1.0, target, options, visit).ending, Ending::converged);
  options.first_step = options.max_step = 1.0 / steps;
  ASSERT_EQ(follow_path(problem, state, 2.0, target, options, visit).ending, Ending::converged);
}

/// A bar of which every side may move freely across: it keeps its shape while its stress fades.
TEST(Relaxation, AStretchedBarFollowsTheSeries) {
  Solid bar(block_mesh({10, 10, 20}, {2, 2, 4}), {relaxing(3e4, series)}, {}, seconds);
  bar.prescribe("xmin", Vec3::Zero(), {0});
  bar.prescribe("ymin", Vec3::Zero(), {1});
  bar.prescribe("zmin", Vec3::Zero(), {2});
  bar.prescribe("zmax", Vec3(0, 0, 6.0), {2});
  double first = 0.0, worst = 0.0, last = 0.0;
  follow(bar, 40, 1e-10, [&](const State& s, const StepReport&) {
    const double stress = bar.body->points(0, s).at[0].cauchy[2], t = seconds(s.path) - sudden_s;
    if (first == 0.0) first = stress;
    last = stress / first;
    worst = std::max(worst, std::abs(last - relaxed(t)));
    return true;
  });
  expect_verified(
      {"Relaxation of a bar stretched by 30 %", "stress left after 20 s, of the first", last, relaxed(hold_s), 0.02, "1 − Σ g (1 − e^(−t/τ))"});
  expect_at_most("Relaxation of a bar stretched by 30 %", "largest difference on the way, of the first stress", worst, 1e-4,
                 "1 − Σ g (1 − e^(−t/τ))");
}

/// Sheared by a constant dead load, small enough for linear theory. One term creeps as
///   γ(t)/γ(0) = 1 + g/(1 − g) (1 − e^(−(1 − g) t/τ)).
TEST(Relaxation, ABlockUnderALoadCreepsAsTheSeriesSays) {
  const double g = 0.6, tau = 5.0;
  Solid block(block_mesh({10, 10, 10}, {2, 2, 2}), {relaxing(3000.0, Prony{{{g, tau}}})}, {}, seconds);
  block.prescribe("zmin", Vec3::Zero());
  block.prescribe("all", Vec3::Zero(), {1, 2});
  block.model.terms.push_back(std::make_unique<Traction>(block.mesh, block.mesh.facet_sets.at("zmax"), Vec3(1e-3, 0, 0), 0.0, load));
  double first = 0.0, worst = 0.0, last = 0.0;
  const int top = block.mesh.node_sets.at("zmax").front();
  follow(block, 100, 1e-9, [&](const State& s, const StepReport&) {
    const double shear = s.unknowns[3 * top], t = seconds(s.path) - sudden_s;
    if (first == 0.0) first = shear;
    last = shear / first;
    worst = std::max(worst, std::abs(last - (1.0 + g / (1.0 - g) * (1.0 - std::exp(-(1.0 - g) * t / tau)))));
    return true;
  });
  const double exact = 1.0 + g / (1.0 - g) * (1.0 - std::exp(-(1.0 - g) * hold_s / tau));
  expect_verified({"Creep of a block under a shear load", "shear after 20 s, of the first", last, exact, 0.02, "closed form of one term"});
  expect_at_most("Creep of a block under a shear load", "largest difference on the way, of the first shear", worst, 1e-4, "closed form of one term");
}

/// Where a clock makes one step of all that comes before a place on the path, the equilibria on the way leave no trace: at the end stands the
/// elastic stress times the share of a ramp that long, and history begins there.
TEST(Relaxation, AFirstStepIsOneHoweverItWasFound) {
  constexpr double ramp_s = 1.0;
  auto time = [](double path) { return path < 1.5 ? ramp_s : ramp_s + 4.0 * (path - 1.5); };
  auto pulled = [&](const Prony& viscosity, int steps, State& state) {
    auto bar = std::make_unique<Solid>(block_mesh({10, 10, 20}, {1, 1, 2}), std::vector{relaxing(3e3, viscosity)}, std::optional<Growth>(),
                                       PathClock(time, 1.5));
    bar->prescribe("zmin", Vec3::Zero());
    bar->prescribe("zmax", Vec3(0, 0, 6.0));
    Problem problem(bar->model, make_linear_solver(LinearSolverKind::best_available, 1));
    state = problem.assembly.initial_state(bar->model);
    PathOptions options;
    options.newton.tolerance = 1e-10;
    options.first_step = options.max_step = 1.0 / steps;
    auto target = [](double p) { return StepTarget{p, {}, load(p)}; };
    EXPECT_EQ(follow_path(problem, state, 1.0, target, options).ending, Ending::converged);
    EXPECT_TRUE(state.history.isZero(0.0));
    return bar;
  };
  auto isochoric = [](const Solid& bar, const State& s) {
    const Sym3<double> sigma = bar.body->points(0, s).at[0].cauchy;
    return sigma[2] - (sigma[0] + sigma[1] + sigma[2]) / 3.0;
  };
  State few, many, elastic;
  const auto a = pulled(series, 1, few), b = pulled(series, 5, many), c = pulled({}, 1, elastic);
  EXPECT_LT((few.unknowns - many.unknowns).cwiseAbs().maxCoeff(), 1e-8);
  EXPECT_NEAR(isochoric(*a, few), isochoric(*b, many), 1e-8 * isochoric(*a, few));
  // Both ends of the bar are held, so its shape depends a little on how stiff it is beside its bulk modulus.
  const double share = series.step(ramp_s).share;
  EXPECT_NEAR(isochoric(*a, few) / isochoric(*c, elastic), share, 1e-3 * share);
  const double before = isochoric(*a, few);
  few.path = 1.5;
  a->body->commit(few);
  EXPECT_FALSE(few.history.isZero(0.0));
  EXPECT_NEAR(isochoric(*a, few), before, 1e-9 * before);
  few.path = 2.0;  // two seconds later in the same shape
  EXPECT_LT(isochoric(*a, few), 0.9 * before);
}

/// A step that is cut back leaves no trace in the memory, and a state's stress does not depend on when it is asked for.
TEST(Relaxation, TheMemoryMovesOnWithWholeStepsOnly) {
  Solid bar(block_mesh({10, 10, 20}, {1, 1, 2}), {relaxing(3e3, series)}, {}, seconds);
  bar.prescribe("zmin", Vec3::Zero());
  bar.prescribe("zmax", Vec3(0, 0, 6.0));
  Problem problem(bar.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(bar.model);
  const StepTarget loaded{1.0, {}, 1.0}, later{1.5, {}, 1.0};
  ASSERT_TRUE(solve_newton(problem, state, loaded, {}).converged());
  const Eigen::VectorXd untouched = state.history;
  EXPECT_TRUE(untouched.isZero(0.0));
  bar.body->commit(state);
  const double at_once = bar.body->points(0, state).at[0].cauchy[2];
  State trial = state;
  ASSERT_TRUE(solve_newton(problem, trial, later, {}).converged());
  EXPECT_EQ(trial.history, state.history);
  const double before = bar.body->points(0, trial).at[0].cauchy[2];
  bar.body->commit(trial);
  const double after = bar.body->points(0, trial).at[0].cauchy[2];
  EXPECT_LT(before, 0.7 * at_once);
  EXPECT_NEAR(after, before, 1e-9 * before);
}

}  // namespace
}  // namespace nerveload
