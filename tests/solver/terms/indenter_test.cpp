#include "solver/terms/indenter.hpp"

#include <gtest/gtest.h>

#include "tests/support/blocks.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

std::unique_ptr<Indenter> indenter(const Mesh& mesh, IndenterOptions options, Vec3 centre, double load = 0.0, Vec3 direction = -Vec3::UnitZ()) {
  return std::make_unique<Indenter>(
      mesh, mesh.facet_sets.at("zmax"), std::move(options),
      [=](double) {
        return IndenterPlacement{centre, direction};
      },
      [load](double) { return load; });
}

/// Signed distances against central differences, at points around the body.
void expect_distance_derivatives(const IndenterShape& shape, const Vec3& x) {
  auto at = [&](const Vec3& p) { return std::visit([&](const auto& s) { return s.distance(p); }, shape); };
  const SignedDistance d = at(x);
  EXPECT_NEAR(d.normal.norm(), 1.0, 1e-12);
  const double h = 1e-5;
  for (int i = 0; i < 3; ++i) {
    const SignedDistance plus = at(x + h * Vec3::Unit(i)), minus = at(x - h * Vec3::Unit(i));
    EXPECT_NEAR(d.normal[i], (plus.value - minus.value) / (2 * h), 1e-8);
    EXPECT_LT((d.curvature.col(i) - (plus.normal - minus.normal) / (2 * h)).norm(), 1e-8);
  }
}

TEST(IndenterShape, DerivativesOfTheSignedDistance) {
  const Cylinder cylinder{75.0, 100.0, 10.0, Vec3(1, 1, 0.2).normalized()};
  const Vec3 along = cylinder.axis, side = along.cross(Vec3::UnitZ()).normalized(), up = along.cross(side);
  expect_distance_derivatives(cylinder, 70.0 * side + 10.0 * up);                // inside, below the mantle
  expect_distance_derivatives(cylinder, 80.0 * up - 20.0 * along);               // outside the mantle
  expect_distance_derivatives(cylinder, 72.0 * side + 47.0 * along);             // rounded edge
  expect_distance_derivatives(cylinder, 72.0 * up - 48.5 * along + 3.0 * side);  // the other edge
  expect_distance_derivatives(cylinder, 55.0 * along + 20.0 * side);             // beyond a flat end
  expect_distance_derivatives(Sphere{8.0}, Vec3(3, -4, 5));
  expect_distance_derivatives(Plane{Vec3(1, 2, 2) / 3.0}, Vec3(3, -4, 5));
}

TEST(IndenterShape, DistanceIsContinuousAcrossTheRoundedEdge) {
  const Cylinder c{75.0, 100.0, 10.0, Vec3::UnitX()};
  for (double t = -1.0; t <= 1.0; t += 0.25) {
    const Vec3 mantle(40.0, 75.0 + t, 0.0), end(50.0 + t, 65.0, 0.0);
    for (const Vec3& x : {mantle, end}) {
      const double a = c.distance(x - Vec3(1e-9, 1e-9, 0)).value, b = c.distance(x + Vec3(1e-9, 1e-9, 0)).value;
      EXPECT_NEAR(a, b, 1e-8);
      EXPECT_NEAR(a, t, 1e-8);
    }
  }
}

TEST(IndenterShape, RingsLieSymmetricallyOnTheCore) {
  Cylinder c{60.0, 100.0, 10.0, Vec3::UnitY()};
  c.ring_spacing = 20.0;
  c.ring_width = 12.0;
  c.groove_depth = 5.0;  // five rings, from -40 to 40 mm
  EXPECT_NEAR(c.distance(Vec3(61, 0, 0)).value, 1.0, 1e-12);
  EXPECT_NEAR(c.distance(Vec3(61, 40, 0)).value, 1.0, 1e-12);
  EXPECT_NEAR(c.distance(Vec3(55.5, 10, 0)).value, 0.5, 1e-12);   // on the groove's floor
  EXPECT_NEAR(c.distance(Vec3(55.5, -30, 0)).value, 0.5, 1e-12);  // and another one's
  EXPECT_GT(c.distance(Vec3(59, 47, 0)).value, 0.9);              // beyond the last ring
  expect_distance_derivatives(c, Vec3(62, 3, 4));
  expect_distance_derivatives(c, Vec3(40, -21, -45));
  expect_distance_derivatives(c, Vec3(0, 10.5, 55.5));
}

TEST(FoamLayer, ReactionStartsWithTheConfinedModulusAndHasItsSlope) {
  const FoamLayer foam{700.0, 20.0, 0.1, 2.0};
  EXPECT_EQ(foam.at(0.0).pressure, 0.0);
  EXPECT_EQ(foam.at(-1.0).stiffness, 0.0);
  const double confined = 700.0 * 0.9 / (1.1 * 0.8);
  EXPECT_NEAR(foam.at(1e-6).stiffness, confined / 20.0, 2e-2 * confined / 20.0);
  const double h = 1e-6;
  for (const double d : {0.5, 5.0, 12.0, 17.5, 19.0, 25.0})
    EXPECT_NEAR(foam.at(d).stiffness, (foam.at(d + h).pressure - foam.at(d - h).pressure) / (2 * h), 1e-6 * foam.at(d).stiffness);
  EXPECT_NEAR(foam.at(18.0 - 1e-9).pressure, foam.at(18.0 + 1e-9).pressure, 1e-3);
}

struct Pressed {
  Solid solid;
  Indenter* body;
  Pressed(IndenterOptions options, Vec3 centre, double load, const char* shape = "hex8")
      : solid(block_of_shape(shape, {10, 8, 2}, {5, 4, 1}), {material(NeoHookean{3.0}, 300.0)}) {
    auto term = indenter(solid.mesh, std::move(options), centre, load);
    body = term.get();
    solid.model.terms.push_back(std::move(term));
  }
  State pushed(double travel) const {
    State s = Assembly(solid.model).initial_state(solid.model);
    s.unknowns = wiggle(s.unknowns.size(), 0.02);
    s.unknowns[body->travel_unknown()] = travel;
    return s;
  }
};

TEST(Indenter, TangentIsTheDerivativeOfTheResidual) {
  const Cylinder roller{20.0, 7.0, 1.0, Vec3::UnitY()};
  const Pressed rigid({roller, {}, 50.0, 0.01, 2.0}, {0.3, 0.2, 22.5}, 30.0);
  EXPECT_LT(tangent_error(rigid.solid.model, rigid.pushed(1.3)), 1e-7);
  const Pressed foam({roller, FoamLayer{70.0, 6.0, 0.1, 2.0}, 50.0, 0.01, 2.0}, {0.3, 0.2, 22.5}, 30.0);
  EXPECT_LT(tangent_error(foam.solid.model, foam.pushed(1.3)), 1e-7);
  const Pressed ball({Sphere{9.0}, {}, 50.0, 0.01, 2.0}, {0.3, 0.2, 11.5}, 30.0);
  EXPECT_LT(tangent_error(ball.solid.model, ball.pushed(1.3)), 1e-7);
}

TEST(Indenter, TangentHoldsOnTrianglesToo) {
  for (const char* shape : {"tet4", "tet10"}) {
    const Pressed rigid({Cylinder{20.0, 7.0, 1.0, Vec3::UnitY()}, {}, 50.0, 0.01, 2.0}, {0.3, 0.2, 22.5}, 30.0, shape);
    const State s = rigid.pushed(1.3);
    EXPECT_LT(tangent_error(rigid.solid.model, s), 1e-7);
    const ContactReport on_tets = rigid.body->report(s);
    const Pressed cells({Cylinder{20.0, 7.0, 1.0, Vec3::UnitY()}, {}, 50.0, 0.01, 2.0}, {0.3, 0.2, 22.5}, 30.0);
    State flat = s, flat_cells = cells.pushed(1.3);
    flat.unknowns.head(3 * static_cast<Eigen::Index>(rigid.solid.mesh.X.size())).setZero();
    flat_cells.unknowns.head(3 * static_cast<Eigen::Index>(cells.solid.mesh.X.size())).setZero();
    EXPECT_NEAR(rigid.body->report(flat).force[2], cells.body->report(flat_cells).force[2], 0.1 * cells.body->report(flat_cells).force[2]);
    EXPECT_GT(on_tets.area, 0.0);
  }
}

TEST(Indenter, TangentHoldsWithMultipliersToo) {
  const Pressed rigid({Cylinder{20.0, 7.0, 1.0, Vec3::UnitY()}, {}, 50.0, 0.01, 2.0}, {0.3, 0.2, 22.5}, 30.0);
  State s = rigid.pushed(1.0);
  ASSERT_FALSE(rigid.body->augment(s));
  EXPECT_GT(s.history.maxCoeff(), 1.0);
  EXPECT_LT(tangent_error(rigid.solid.model, s), 1e-7);
}

/// Foam on a body that cannot move: the force is the integral of the layer's law over the overlap of cylinder and plane.
TEST(Indenter, FoamOnAFixedPlaneGivesItsClosedForm) {
  Solid solid(block_mesh({60, 10, 2}, {240, 2, 1}), {Material{}});
  const FoamLayer foam{70.0, 20.0, 0.1, 2.0};
  auto term = indenter(solid.mesh, {Cylinder{75.0, 1000.0, 10.0, Vec3::UnitY()}, foam, 50.0, 0.01, 2.0}, {0, 0, 77.0});
  const Indenter* body = term.get();
  solid.model.terms.push_back(std::move(term));
  State s = Assembly(solid.model).initial_state(solid.model);
  const double depth = 4.0;
  s.unknowns[body->travel_unknown()] = depth;
  double expected = 0.0;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double x = -30.0 + 60.0 * (i + 0.5) / n, h = 75.0 - depth, rho = std::hypot(x, h);
    expected += 10.0 * 60.0 / n * foam.at(75.0 - rho).pressure * h / rho;
  }
  const ContactReport r = body->report(s);
  EXPECT_NEAR(r.force[2], expected, 2e-3 * expected);
  EXPECT_NEAR(r.force[0], 0.0, 1e-9 * expected);
  EXPECT_NEAR(r.travel, depth, 0.0);
  const double half_width = std::sqrt(75.0 * 75.0 - 71.0 * 71.0);
  EXPECT_LT(r.area, 20.0 * half_width);
  EXPECT_GT(r.area, 15.0 * half_width);  // the rim below 2 kPa does not count
  EXPECT_NEAR(r.max_pressure, foam.at(depth).pressure, 1e-2 * r.max_pressure);
}

TEST(Indenter, AugmentationBringsARigidBodyToTheStatedPenetration) {
  Solid solid(block_mesh({20, 20, 10}, {10, 10, 5}), {material(NeoHookean{30.0}, 3000.0)});
  solid.prescribe("zmin", Vec3::Zero());
  auto term = indenter(solid.mesh, {Sphere{20.0}, {}, 50.0, 0.005, 2.0}, {0, 0, 30.0});
  const Indenter* body = term.get();
  solid.model.terms.push_back(std::move(term));
  Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(solid.model);
  ASSERT_TRUE(solve_newton(problem, state, {1.0, {1.0}}, {}).converged());
  const double before = body->report(state).max_penetration;
  int passes = 0;
  while (!body->augment(state)) {
    ASSERT_LT(++passes, 20);
    ASSERT_TRUE(solve_newton(problem, state, {1.0, {1.0}}, {}).converged());
  }
  EXPECT_GT(before, 0.02);
  EXPECT_LE(body->report(state).max_penetration, 0.005);
}

/// The mixed pressure goes with the linearised overlap, here all there is of it, and not below zero.
TEST(Indenter, ItsMixedPressureFollowsTheIncrement) {
  Solid solid(block_mesh({20, 20, 10}, {4, 4, 2}), {Material{}});
  auto term = indenter(solid.mesh, {Plane{-Vec3::UnitZ()}, {}, 50.0, 0.005, 2.0}, {0, 0, 11.0});
  const Indenter* body = term.get();
  solid.model.terms.push_back(std::move(term));
  State state = Assembly(solid.model).initial_state(solid.model);
  state.unknowns[body->travel_unknown()] = 1.2;
  Eigen::VectorXd du = Eigen::VectorXd::Zero(state.unknowns.size());
  for (int n = 0; n < static_cast<int>(solid.mesh.X.size()); ++n) du[3 * n + 2] = 0.05;
  du[body->travel_unknown()] = -0.1;
  State to = state;
  body->update_mixed(state, du, to);
  const int points = static_cast<int>(body->samples(state).size());
  EXPECT_NEAR(to.mixed.tail(points).minCoeff(), 50.0 * 0.15, 1e-9);
  EXPECT_NEAR(to.mixed.tail(points).maxCoeff(), 50.0 * 0.15, 1e-9);
  du[body->travel_unknown()] = -1.0;
  body->update_mixed(state, du, to);
  EXPECT_EQ(to.mixed.tail(points).cwiseAbs().maxCoeff(), 0.0);
}

/// Force control: travel is an unknown, and the force on the body is the load.
TEST(Indenter, ForceControlFindsTheTravel) {
  Solid solid(block_mesh({20, 20, 10}, {10, 10, 5}), {material(NeoHookean{30.0}, 3000.0)});
  solid.prescribe("zmin", Vec3::Zero());
  auto term = indenter(solid.mesh, {Sphere{20.0}, FoamLayer{70.0, 6.0, 0.1, 2.0}, 50.0, 0.01, 2.0}, {0, 0, 30.0}, 300.0);
  const Indenter* body = term.get();
  solid.model.terms.push_back(std::move(term));
  Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(solid.model);
  ASSERT_TRUE(solve_newton(problem, state, {0.5, {0.3}}, {}).converged());  // touching first
  ASSERT_TRUE(solve_newton(problem, state, {1.0, {std::nullopt}}, {}).converged());
  EXPECT_NEAR(body->report(state).force[2], 300.0, 1e-3);
  EXPECT_GT(body->report(state).travel, 0.3);
}

TEST(Indenter, TouchingTravelLeavesNoOverlapAndNoGap) {
  const Mesh mesh = block_mesh({10, 8, 2}, {5, 4, 1});
  const auto body = indenter(mesh, {Plane{-Vec3::UnitZ()}, {}, 50.0, 0.01, 2.0}, {0, 0, 7.0});
  Layout layout(static_cast<int>(mesh.X.size()));
  body->claim(layout);
  State s;
  s.unknowns = Eigen::VectorXd::Zero(layout.unknowns());
  EXPECT_NEAR(body->touching_travel(s), 5.0, 1e-8);
}

TEST(Indenter, ABodyThatNeverMeetsTheSurfaceHasNoTouchingTravel) {
  const Mesh mesh = block_mesh({10, 8, 2}, {5, 4, 1});
  const auto body = indenter(mesh, {Sphere{3.0}, {}, 50.0, 0.01, 2.0}, {100, 0, 7.0});
  Layout layout(static_cast<int>(mesh.X.size()));
  body->claim(layout);
  State s;
  s.unknowns = Eigen::VectorXd::Zero(layout.unknowns());
  EXPECT_TRUE(std::isinf(body->touching_travel(s)));
}

}  // namespace
}  // namespace nerveload
