#include "solver/terms/sliding_cable.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "solver/newton.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

/// nerve_cable check values are printed in N and mm; here 1 MPa = 1000 kPa and 1 N = 1000 mN.
constexpr double mN = 1e-3;

const CableFibre fibre{0.0146, 82.7, 2000.0};

TEST(CableFibre, MeetsTheCheckValues) {
  EXPECT_NEAR(fibre.at(1.0896302).stress, 24.1692, 1e-4);
  EXPECT_NEAR(fibre.at(1.08).energy, 0.13052, 1e-5);
  EXPECT_NEAR(fibre.at(1.08).stress, 10.8909, 1e-4);
  EXPECT_NEAR(fibre.at(1.08).tangent, 901.884, 1e-3);
  EXPECT_NEAR(fibre.at(1.12).energy, 1.94728, 1e-5);
  EXPECT_NEAR(fibre.at(1.12).stress, 84.9088, 1e-4);
  EXPECT_EQ(fibre.at(0.5).stress, 0.0);
}

/// A model of one cable alone.
struct CableModel {
  Mesh mesh;
  Model model;
  const SlidingCable* cable = nullptr;
  void set(std::vector<CableNode> nodes, CableOptions options) {
    auto term = std::make_unique<SlidingCable>(std::move(nodes), std::move(options));
    cable = term.get();
    model.mesh = &mesh;
    model.terms.push_back(std::move(term));
  }
};

/// Check case (a): five segments in space, each node carried by a solid node of its own.
struct FiveSegments : CableModel {
  FiveSegments() {
    mesh.X = {{0, 0, 0}, {0, -30, 2}, {0, -62, 5}, {-4, -95, 9}, {-12, -126, 10}, {-12, -160, 8}};
    const double m0[] = {0, 27, 56, 86, 116, 147}, tributary[] = {0, 45, 32, 33, 33, 0};
    std::vector<CableNode> nodes;
    for (int i = 0; i < 6; ++i) nodes.push_back({mesh.X[i], {i}, {1.0}, m0[i], {256.0 * 1e-3 * tributary[i] * 1.08 * 1.08, 0.0}});
    CableOptions options;
    options.root = {true, 5000.0, 544.544};
    set(std::move(nodes), std::move(options));
  }
};

TEST(SlidingCable, MeetsTheCheckValuesOfTheFiveSegmentCase) {
  FiveSegments c;
  const Assembly assembly(c.model);
  State s = assembly.initial_state(c.model);
  const int m = 18, e = 22;
  for (int i = 0; i < 4; ++i) s.unknowns[m + i] = std::array{26.2, 54.6, 84.1, 114.3}[i];
  s.unknowns[e] = 0.4;
  const SlidingCable::Report r = c.cable->report(s);
  const double stretch[] = {1.132313, 1.131701, 1.134961, 1.060637, 1.041553};
  const double tension[] = {5.476711, 5.415573, 5.741502, 0.109213, 0.021955};
  for (int j = 0; j < 5; ++j) {
    EXPECT_NEAR(r.stretch[j], stretch[j], 1e-6);
    EXPECT_NEAR(r.tension[j] * mN, tension[j], 1e-6);
  }
  EXPECT_NEAR(r.energy * mN, 14.275281, 1e-6);
  NewtonSystem system(assembly);
  system.evaluate(c.model, s);
  const double gm[] = {-0.079959, 0.356009, -6.248473, -0.108678};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(system.residual[m + i] * mN, gm[i], 1e-6);
  EXPECT_NEAR(system.residual[e] * mN, -2.932167, 1e-6);
  const double g2[] = {0.685935, 0.267031, -0.180441}, g3[] = {-0.658658, -5.553264, 0.682525};
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(system.residual[6 + i] * mN, g2[i], 1e-6);
    EXPECT_NEAR(system.residual[9 + i] * mN, g3[i], 1e-6);
  }
  const Eigen::MatrixXd lower = system.tangent.toDense() * mN;
  const Eigen::MatrixXd H = lower.selfadjointView<Eigen::Lower>();
  const double diagonal[] = {9.416746, 8.885792, 4.715103, 0.410780}, off[] = {-4.509676, -4.366561, -0.338688};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(H(m + i, m + i), diagonal[i], 1e-6);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(H(m + i, m + i + 1), off[i], 1e-6);
  EXPECT_NEAR(H(e, e), 8.816794, 1e-6);
  EXPECT_NEAR(H(e, m), 4.321804, 1e-6);
  EXPECT_NEAR(H(9, 9), 0.239396, 1e-6);
  EXPECT_NEAR(H(9, 10), 0.450916, 1e-6);
  EXPECT_NEAR(H(10, 10), 3.580171, 1e-6);
  EXPECT_NEAR(H(11, 11), 0.221119, 1e-6);
  EXPECT_NEAR(H(10, m + 2), 4.101058, 1e-6);
}

TEST(SlidingCable, StartsInSlidingEquilibrium) {
  FiveSegments c;
  const Assembly assembly(c.model);
  const State s = assembly.initial_state(c.model);
  const double m[] = {27.088974, 56.348098, 86.828868, 115.991467};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(s.unknowns[18 + i], m[i], 1e-5);
  EXPECT_NEAR(s.unknowns[22], 0.309829, 1e-5);
  const SlidingCable::Report r = c.cable->report(s);
  EXPECT_NEAR(r.energy * mN, 4.681920, 1e-5);
  const double tension[] = {2.093691, 2.092602, 2.089574, 2.082138, 2.082215};
  for (int j = 0; j < 5; ++j) EXPECT_NEAR(r.tension[j] * mN, tension[j], 1e-5);
  NewtonSystem system(assembly);
  system.evaluate(c.model, s);
  const double g3[] = {-0.270387, 0.044429, -0.184637};
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(-system.residual[9 + i] * mN, g3[i], 1e-5);  // the force on the solid
}

TEST(SlidingCable, AStepEndsBeforeTheNerveFoldsOver) {
  FiveSegments c;
  State s = Assembly(c.model).initial_state(c.model);
  const int m = 18, e = 22;
  for (int i = 0; i < 4; ++i) s.unknowns[m + i] = std::array{26.2, 54.6, 84.1, 114.3}[i];
  s.unknowns[e] = 0.4;
  auto part = [&](const std::vector<std::pair<int, double>>& changes) {
    Eigen::VectorXd du = Eigen::VectorXd::Zero(s.unknowns.size());
    for (const auto& [unknown, change] : changes) du[unknown] = change;
    return c.cable->admissible_part(s, du);
  };
  EXPECT_EQ(part({}), 1.0);
  EXPECT_EQ(part({{m + 1, 20.0}}), 1.0);                         // not as far as the next one
  EXPECT_NEAR(part({{m + 1, 40.0}}), 0.9 * 29.5 / 40.0, 1e-12);  // beyond it
  EXPECT_NEAR(part({{m + 1, 40.0}, {m + 2, 10.0}}), 0.9 * 29.5 / 30.0, 1e-12);
  // All slide alike: only the first comes up to the root.
  EXPECT_NEAR(part({{m, -26.0}, {m + 1, -26.0}, {m + 2, -26.0}, {m + 3, -26.0}}), 0.9 * 26.2 / 26.0, 1e-12);
  const double first = 1.132313 * 26.2;  // mm from the root to the first node
  EXPECT_NEAR(part({{e, 100.0}}), 0.9 * first / 100.0, 1e-6);
  EXPECT_EQ(part({{e, -100.0}}), 1.0);
}

/// Check case (b): the whole nerve from root to ankle on its straightened path.
SlidingCable::Report whole_nerve(double knee_change) {
  std::vector<double> s{0.0};
  for (double x = 20.0; x < 931.0; x += 26.0) s.push_back(x);
  s.push_back(950.0);
  auto H = [](double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x - std::sin(2.0 * std::numbers::pi * x) / (2.0 * std::numbers::pi);
  };
  std::vector<CableNode> nodes;
  const int n = static_cast<int>(s.size());
  for (int i = 0; i < n; ++i) {
    const double tributary = i == 1 || i == n - 2 ? 33.0 : 26.0;
    const double place = s[i] + 46.807607 * H((s[i] - 88) / 134) + knee_change * H((s[i] - 434) / 180);
    nodes.push_back({Vec3(0, 0, -place), {}, {}, s[i] / 1.08, {0.006 * 32 * tributary * 1.08 * 1.08, 0.0}});
  }
  CableOptions options;
  options.root = {true, 4000.0, 544.544};
  options.foot = {true, 5000.0, 544.544};
  const Mesh mesh;
  Model model;
  model.mesh = &mesh;
  model.terms.push_back(std::make_unique<SlidingCable>(nodes, options));
  const Assembly assembly(model);
  return static_cast<const SlidingCable&>(*model.terms[0]).report(assembly.initial_state(model));
}

TEST(SlidingCable, MeetsTheCheckValuesOfTheWholeNerve) {
  const SlidingCable::Report straight = whole_nerve(0.0), bent = whole_nerve(-63.0);
  ASSERT_EQ(straight.stretch.size(), 37u);
  EXPECT_NEAR(straight.root_motion, 1.47552, 1e-5);
  EXPECT_NEAR(straight.foot_motion, -0.73923, 1e-5);
  EXPECT_NEAR(straight.tension[5] * mN, 6.55165, 1e-5);
  EXPECT_NEAR(straight.material[10], 262.1366, 1e-4);
  EXPECT_NEAR(straight.material[12], 307.8887, 1e-4);
  EXPECT_NEAR(straight.energy * mN, 165.9878, 1e-4);
  EXPECT_NEAR(bent.root_motion, 0.50780, 1e-5);
  EXPECT_NEAR(bent.foot_motion, 0.07023, 1e-5);
  EXPECT_NEAR(bent.tension[5] * mN, 2.60106, 1e-5);
  EXPECT_NEAR(bent.material[10], 272.4544, 1e-4);
  EXPECT_NEAR(bent.material[12], 319.9736, 1e-4);
  EXPECT_NEAR(bent.energy * mN, 63.0253, 1e-4);
  // Excursion of the posterior thigh on extending the knee (Ridehalgh 2014 measured 12.4 ± 4.4 mm).
  EXPECT_NEAR(1.08 * (bent.material[12] - straight.material[12]), 13.05, 5e-3);
}

/// A cable with a free end, split evenly.
struct SplitCable : CableModel {
  explicit SplitCable(int segments) {
    std::vector<CableNode> nodes;
    for (int i = 0; i <= segments; ++i) {
      const double m = 120.0 * i / segments;
      nodes.push_back({Vec3(0, 0, -1.1 * m), {}, {}, m, {1.0, 0.0}});
    }
    CableOptions options;
    options.root = {true, 5000.0, 500.0};
    set(std::move(nodes), std::move(options));
  }
};

TEST(SlidingCable, TakesOverTheSlidingOfACoarserOne) {
  const SplitCable coarse(4), fine(8);
  const Assembly from(coarse.model), to(fine.model);
  State slid = from.initial_state(coarse.model), start = to.initial_state(fine.model);
  for (int i = 0; i < 3; ++i) slid.unknowns[i] = 30.0 * (i + 1) + 2.0 * (i + 1);  // slip grows by 2 mm a segment
  slid.unknowns[3] = 0.7;
  fine.cable->take_over(*coarse.cable, slid, start);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(start.unknowns[i], 15.0 * (i + 1) + 1.0 * (i + 1), 1e-12) << i;
  EXPECT_NEAR(start.unknowns[6], 105.0 + 3.0, 1e-12);  // halfway from 6 mm to the fixed end
  EXPECT_EQ(start.unknowns[7], 0.7);
}

/// A cable of three segments between fixed points, stretched beyond rest within a second (path 0 to 1) and then held (1 to 2).
struct RelaxingCable : CableModel {
  static constexpr double rest = 1.08, hold_s = 3600.0;
  static inline const Prony series{{{0.2, 4.0}, {0.19, 90.0}}};
  explicit RelaxingCable(double stretch, double ramp_s = 1.0) {
    std::vector<CableNode> nodes;
    for (int i = 0; i < 4; ++i) nodes.push_back({{30.0 * stretch * i, 0, 0}, {}, {}, 30.0 * i, {}});
    CableOptions options;
    auto time = [ramp_s](double path) { return path < 1.5 ? ramp_s : ramp_s + hold_s * (path - 1.5); };
    options.relaxation = {series, rest, 1.0, PathClock(time, 1.5)};
    set(std::move(nodes), std::move(options));
  }
  /// Tension at once, and after an hour.
  std::array<double, 2> hold() {
    Problem problem(model, make_linear_solver(LinearSolverKind::eigen_ldlt, 1));
    State s = problem.assembly.initial_state(model);
    s.path = 1.0;
    EXPECT_TRUE(solve_newton(problem, s, {1.0, {}}, {}).converged());
    const double first = cable->report(s).tension[1];
    s.path = 1.5;
    cable->commit(s);
    EXPECT_NEAR(cable->report(s).tension[1], first, 1e-9 * first + 1e-9);
    EXPECT_TRUE(solve_newton(problem, s, {2.5, {}}, {}).converged());
    return {first, cable->report(s).tension[1]};
  }
};

TEST(SlidingCable, LosesTheShareOfItsStressBeyondRest) {
  const double T0 = 50.0 * fibre.at(1.08).stress, T = 50.0 * fibre.at(1.12).stress;
  const auto [first, last] = RelaxingCable(1.12).hold();
  EXPECT_NEAR(first, T, 1e-6 * T);  // the law is that of a load of a second
  const double g = 0.39, at_once = (T - T0) / RelaxingCable::series.step(1.0).share;
  EXPECT_NEAR(last, T0 + (1.0 - g) * at_once, 1e-6 * T);
  EXPECT_GT(RelaxingCable(1.12, 0.1).hold()[0], 1.01 * T);  // a faster one finds more
  const auto [resting, still_resting] = RelaxingCable(1.08).hold();
  EXPECT_NEAR(still_resting, resting, 1e-9 * resting);
  EXPECT_EQ(RelaxingCable(0.99).hold()[1], 0.0);
}

/// The nerve slides by w − λσ: what is frozen of the past adds to w only from the stretch on that it froze at.
TEST(SlidingCable, CountsFrozenEnergyFromTheStretchOfTheStepsBeginning) {
  const RelaxingCable c(1.12);
  State s = Assembly(c.model).initial_state(c.model);
  s.path = 1.5;
  c.cable->commit(s);
  const CableFibre::Law loaded = fibre.at(1.12), rest = fibre.at(1.08);
  const double at_rest = rest.energy + rest.stress * 0.04, share = RelaxingCable::series.step(1.0).share;
  EXPECT_NEAR(c.cable->report(s).energy, 90.0 * 50.0 * (at_rest + (loaded.energy - at_rest) / share), 1e-8);
}

TEST(SlidingCable, ItsTangentIsThatOfItsResidualAlsoWhileItRelaxes) {
  struct Held : CableModel {
    Held() {
      mesh.X = {{0, 0, 0}, {0, -34, 2}, {0, -70, 5}, {-4, -104, 9}};
      std::vector<CableNode> nodes;
      for (int i = 0; i < 4; ++i) nodes.push_back({mesh.X[i], {i}, {1.0}, 30.0 * i, {2.0, 0.0}});
      CableOptions options;
      options.root = {true, 5000.0, 544.0};
      options.relaxation = {RelaxingCable::series, 1.08, 1.0, PathClock([](double path) { return 10.0 * path; })};
      set(std::move(nodes), std::move(options));
    }
  } c;
  State s = Assembly(c.model).initial_state(c.model);
  s.path = 0.1;
  c.cable->commit(s);
  s.path = 0.7;
  s.unknowns += wiggle(s.unknowns.size(), 0.3);
  EXPECT_LT(tangent_error(c.model, s), 1e-6);
  const State before = s;
  c.cable->commit(s);  // the residual at hand does not change by being remembered
  const Assembly assembly(c.model);
  const Eigen::VectorXd a = residual_at(c.model, assembly, before), b = residual_at(c.model, assembly, s);
  for (int i = 0; i < 12; ++i) EXPECT_NEAR(b[i], a[i], 1e-8 * a.cwiseAbs().maxCoeff()) << i;  // in its place; sliding goes by the new stretch
}

}  // namespace
}  // namespace nerveload
