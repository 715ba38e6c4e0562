/// Friction beside what is known of it: a dragged block, Cattaneo's and Mindlin's line contact, rolling and sliding cylinders, and where
/// the work goes.
#include <gtest/gtest.h>

#include <numbers>

#include "solver/quasistatic.hpp"
#include "solver/terms/indenter.hpp"
#include "solver/terms/traction.hpp"
#include "tests/support/energy.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

PathOptions rubbing(double step) {
  PathOptions o;
  o.first_step = o.max_step = step;
  o.newton.line_search = true;
  o.newton.max_iterations = 40;
  o.newton.tolerance = 1e-8;
  return o;
}

double pressed(double path) { return std::min(path, 1.0); }
double moved(double path) { return std::max(path - 1.0, 0.0); }

/// 40 × 10 × 10 mm in plane strain on a rigid plane, pressed by 5 kPa on its top (path 0 to 1), whose nodes are then moved along x (path 1 to 2).
struct DraggedBlock {
  Solid solid;
  Indenter* plane = nullptr;
  std::optional<Problem> problem;
  State state;
  /// @param friction  none = the lower face is held
  DraggedBlock(std::optional<double> friction, double distance) : solid(block_mesh({40, 10, 10}, {20, 1, 5}), {material(NeoHookean{10.0}, 500.0)}) {
    if (!friction) solid.prescribe("zmin", Vec3::Zero());
    solid.prescribe("zmax", Vec3(distance, 0, 0), {0});
    solid.prescribe("all", Vec3::Zero(), {1});
    solid.model.terms.push_back(std::make_unique<Traction>(solid.mesh, solid.mesh.facet_sets.at("zmax"), Vec3(0, 0, -5), 0.0, pressed));
    if (friction) {
      IndenterOptions options{Plane{Vec3::UnitZ()}, {}, 50.0, 0.001, 0.0};
      options.friction = *friction;
      auto term = std::make_unique<Indenter>(
          solid.mesh, solid.mesh.facet_sets.at("zmin"), options,
          [](double) {
            return IndenterPlacement{Vec3(0, 0, 0.02), Vec3::UnitZ()};  // it touches from the beginning
          },
          [](double) { return 0.0; });
      plane = term.get();
      solid.model.terms.push_back(std::move(term));
    }
    problem.emplace(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
    state = problem->assembly.initial_state(solid.model);
  }
  /// The force along x on the top at the end of the path.
  double drag(double path, double step) {
    auto target = [&](double p) {
      StepTarget t{p, {}, moved(p)};
      if (plane) t.border.emplace_back(0.0);
      return t;
    };
    EXPECT_EQ(follow_path(*problem, state, path, target, rubbing(step)).ending, Ending::converged);
    problem->system.request = {false, nullptr};
    problem->system.evaluate(solid.model, state);
    return reaction(solid.mesh, "zmax", problem->system.residual)[0];
  }
};

TEST(Friction, ADraggedBlockIsHeldByItsShareOfTheLoad) {
  DraggedBlock block(0.3, 5.0);
  block.drag(1.0, 0.5);
  const double force = block.drag(2.0, 0.1);
  EXPECT_NEAR(block.plane->report(block.state).force[0], force, 1e-5 * force);
  expect_verified({"Friction: a block dragged over a plane", "force in full slip, mN", force, 0.3 * 5.0 * 400.0, 0.1, "µ times the load"});
}

TEST(Friction, ABlockThatSticksIsSheared) {
  DraggedBlock rough(2.0, 0.2), bonded({}, 0.2);
  const double before = rough.drag(1.0, 0.25), sheared = rough.drag(2.0, 0.5) - before;
  bonded.drag(1.0, 0.5);
  expect_verified({"Friction: a block dragged over a plane", "force before it slips, mN", sheared, bonded.drag(2.0, 0.5), 1.0,
                   "the same block, its lower face held"});
}

/// A rigid cylinder pressed into a half-space and drawn along it: slip begins at the rims and leaves |x| < c stuck.
///   c/b = √(1 − Q/(µ P)),   q = µ p − µ p0 (c/b) √(1 − x²/c²)
/// Widths from second moments, b² = 4 ∫x²p/∫p and c² = 4 ∫x²(µp − q)/∫(µp − q): finer than the mesh.
TEST(Friction, CattaneoMindlin) {
  const double radius = 60.0, mu = 30.0, friction = 0.3;
  Mesh mesh = block_mesh({2, 1, 1}, {120, 1, 40});
  for (Vec3& X : mesh.X) {
    const double s = X[0], t = 1.0 - X[2];
    X[0] = 150.0 * (0.06 * s + 0.94 * s * s * s);
    X[2] = -150.0 * (0.08 * t + 0.92 * t * t * t);
  }
  Solid half_space(std::move(mesh), {material(NeoHookean{mu}, 500.0 * mu)});
  half_space.prescribe("zmin", Vec3::Zero());
  half_space.prescribe("all", Vec3::Zero(), {1});
  half_space.prescribe("xmin", Vec3::Zero(), {0});
  half_space.prescribe("xmax", Vec3::Zero(), {0});
  IndenterOptions options{Cylinder{radius, 400.0, 10.0, Vec3::UnitY()}, {}, 200.0, 0.001, 0.0};
  options.friction = friction;
  auto term = std::make_unique<Indenter>(
      half_space.mesh, half_space.mesh.facet_sets.at("zmax"), options,
      [=](double path) {
        return IndenterPlacement{Vec3(0.12 * moved(path), 0, radius), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* cylinder = term.get();
  half_space.model.terms.push_back(std::move(term));
  Problem problem(half_space.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(half_space.model);
  auto target = [](double p) { return StepTarget{p, {0.6 * pressed(p)}}; };
  ASSERT_EQ(follow_path(problem, state, 1.0, target, rubbing(0.25)).ending, Ending::converged);
  ASSERT_EQ(follow_path(problem, state, 2.0, target, rubbing(0.25)).ending, Ending::converged);
  double P = 0.0, Q = 0.0, middle = 0.0, pp = 0.0, qq = 0.0;
  const auto samples = cylinder->samples(state);
  for (const ContactSample& s : samples) {
    P += s.area * s.pressure;
    Q -= s.area * s.friction[0];
    middle += s.area * s.pressure * s.at[0];
  }
  middle /= P;
  EXPECT_NEAR(cylinder->report(state).friction[0], -Q, 1e-9 * Q);
  for (const ContactSample& s : samples) {
    const double x2 = std::pow(s.at[0] - middle, 2);
    pp += s.area * x2 * s.pressure;
    qq += s.area * x2 * (friction * s.pressure + s.friction[0]);
  }
  const double b = 2.0 * std::sqrt(pp / P), c = 2.0 * std::sqrt(qq / (friction * P - Q));
  expect_verified({"Friction: Cattaneo–Mindlin line contact", "half width of contact, mm", b,
                   std::sqrt(4.0 * P * radius / (std::numbers::pi * 4.0 * mu)), 2.0, "b = √(4 P R/(π E*)) [johnson1985]"});
  expect_verified({"Friction: Cattaneo–Mindlin line contact", "half width that sticks, mm", c, b * std::sqrt(1.0 - Q / (friction * P)), 3.0,
                   "c = b √(1 − Q/(µ P)) [johnson1985]"});
}

/// A strip of 20 mm height in plane strain under a cylinder of radius 30 mm, pressed 1.5 mm in, then drawn along.
struct Strip {
  static constexpr double radius = 30.0, friction = 0.4, depth = 1.5;
  double distance;
  Solid solid;
  Indenter* cylinder = nullptr;
  std::optional<Problem> problem;
  State state;
  Strip(bool turning, double length, std::optional<FoamLayer> foam = {})
      : distance(length), solid(block_mesh({80, 1, 20}, {48, 1, 10}), {material(NeoHookean{10.0}, 500.0)}) {
    solid.prescribe("zmin", Vec3::Zero());
    solid.prescribe("all", Vec3::Zero(), {1});
    IndenterOptions options{Cylinder{radius, 400.0, 10.0, Vec3::UnitY()}, foam, 50.0, 0.005, 0.0};
    options.friction = friction;
    options.turning = turning;
    auto term = std::make_unique<Indenter>(
        solid.mesh, solid.mesh.facet_sets.at("zmax"), options,
        [=](double path) {
          return IndenterPlacement{Vec3(length * (slid(path) - 0.5), 0, 20.0 + radius), -Vec3::UnitZ()};
        },
        [](double) { return 0.0; });
    cylinder = term.get();
    solid.model.terms.push_back(std::move(term));
    problem.emplace(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
    state = problem->assembly.initial_state(solid.model);
  }
  /// Part of the way that is done: slowly at first, from sticking to slipping in many steps.
  static double slid(double path) { return moved(path) * moved(path); }
  void follow(double end, double step, const StepObserver& observer = {}) {
    auto target = [&](double p) {
      StepTarget t{p, {depth * pressed(p)}};
      if (cylinder->turns()) t.border.emplace_back(std::nullopt);
      return t;
    };
    PathOptions options = rubbing(step);
    ASSERT_EQ(follow_path(*problem, state, end, target, options, observer).ending, Ending::converged);
  }
};

TEST(Friction, AFreelyTurningCylinderRolls) {
  Strip strip(true, 20.0);
  strip.follow(1.0, 0.25);
  const double before = strip.cylinder->report(strip.state).spin;
  strip.follow(2.0, 1.0 / 20);
  const ContactReport r = strip.cylinder->report(strip.state);
  expect_at_most("Friction: a freely turning cylinder", "tangential force, % of µ times the load",
                 100.0 * std::abs(r.force[0]) / (Strip::friction * r.pressing_force), 2.0, "nothing holds it");
  expect_verified({"Friction: a freely turning cylinder", "turn over 20 mm of way, rad", r.spin - before, 20.0 / Strip::radius, 5.0,
                   "way over radius, of a surface that does not stretch"});
}

TEST(Friction, AFixedCylinderSlides) {
  Strip strip(false, 12.0);
  strip.follow(1.0, 0.25);
  strip.follow(2.0, 1.0 / 12);
  const ContactReport r = strip.cylinder->report(strip.state);
  expect_verified({"Friction: a fixed cylinder drawn along a strip", "friction along the way, mN", std::abs(r.friction[0]),
                   Strip::friction * r.pressing_force, 2.0, "µ times the load"});
}

/// ∫ f over the unit interval by Simpson's rule over an even number of equal steps.
double integral(const std::vector<double>& f) {
  double sum = 0.0;
  for (std::size_t k = 0; k < f.size(); ++k) sum += (k == 0 || k + 1 == f.size() ? 1.0 : k % 2 ? 4.0 : 2.0) * f[k];
  return sum / (3.0 * static_cast<double>(f.size() - 1));
}

/// What a foam layer stores: ∫ p dδ by Simpson's rule and ½ t²/κ.
double layer_energy(const Indenter& cylinder, const State& state) {
  const FoamLayer foam = *cylinder.options().foam;
  const IndenterPlacement place = cylinder.placement(state.path);
  const Vec3 centre = place.centre + state.unknowns[cylinder.travel_unknown()] * place.direction;
  double sum = 0.0;
  for (const ContactSample& s : cylinder.samples(state)) {
    const double overlap = Strip::radius - std::hypot(s.at[0] - centre[0], s.at[2] - centre[2]);
    double pressing = 0.0;
    for (int k = 0; k <= 8; ++k) pressing += (k == 0 || k == 8 ? 1.0 : k % 2 ? 4.0 : 2.0) * foam.at(overlap * k / 8.0).pressure * overlap / 24.0;
    sum += s.area * (pressing + 0.5 * s.friction.squaredNorm() / foam.shear_stiffness());
  }
  return sum;
}

struct Balance {
  double work, kept;
};
Balance balance(std::optional<FoamLayer> foam) {
  constexpr int steps = 60;
  Strip strip(false, 10.0, foam);
  std::vector<double> pressing{0.0}, sliding{0.0};
  strip.follow(1.0, 1.0 / steps, [&](const State& s, const StepReport&) {
    pressing.push_back(Strip::depth * strip.cylinder->report(s).pressing_force);
    return true;
  });
  strip.follow(2.0, 1.0 / steps, [&](const State& s, const StepReport&) {
    sliding.push_back(-strip.distance * 2.0 * moved(s.path) * strip.cylinder->report(s).force[0]);
    return true;
  });
  EXPECT_EQ(pressing.size(), std::size_t(steps + 1));
  EXPECT_EQ(sliding.size(), std::size_t(steps + 1));
  const double lost = strip.cylinder->report(strip.state).dissipated;
  EXPECT_GT(lost, 0.5 * integral(sliding));
  const double layer = foam ? layer_energy(*strip.cylinder, strip.state) : 0.0;
  return {integral(pressing) + integral(sliding), stored_energy(strip.solid, strip.state) + layer + lost};
}

TEST(Friction, WorkIsStoredOrDissipated) {
  const Balance b = balance({});
  expect_verified({"Friction: a rigid cylinder pressed in and drawn along, 120 steps", "work done, mN mm", b.work, b.kept, 0.1,
                   "energy stored and lost by friction"});
}

TEST(Friction, WorkIsStoredOrDissipatedWithFoam) {
  const Balance b = balance(FoamLayer{200.0, 10.0, 0.1, 2.0});
  expect_verified({"Friction: a cylinder with foam pressed in and drawn along, 120 steps", "work done, mN mm", b.work, b.kept, 0.1,
                   "energy stored and lost by friction"});
}

}  // namespace
}  // namespace nerveload
