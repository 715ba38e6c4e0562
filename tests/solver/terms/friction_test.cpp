#include "solver/terms/friction.hpp"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "solver/terms/indenter.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

const FrictionLaw spring{0.5, 40.0, false}, hard{0.5, 40.0, true};

ContactMemory touching(double limit, const Vec3& stick) { return {limit, limit, Vec3::UnitZ(), stick, Vec3::Zero()}; }

TEST(FrictionLaw, SticksUpToTheLimitAndSlipsBeyond) {
  const ContactMemory m = touching(2.0, {1, 2, 3});
  const FrictionTraction stuck = friction_traction(spring, m, {1.03, 2.0, 9.0});
  EXPECT_FALSE(stuck.slips);
  EXPECT_NEAR((stuck.value - Vec3(1.2, 0, 0)).norm(), 0.0, 1e-12);
  const FrictionTraction slipping = friction_traction(spring, m, {1.3, 2.4, 3.0});
  EXPECT_TRUE(slipping.slips);
  EXPECT_NEAR((slipping.value - 2.0 * Vec3(0.6, 0.8, 0)).norm(), 0.0, 1e-12);
  EXPECT_EQ(friction_traction(spring, touching(0.0, {1, 2, 3}), {4, 5, 6}).value.norm(), 0.0);
}

TEST(FrictionLaw, APointThatSlippedSticksWhereItCame) {
  const ContactMemory before = touching(2.0, {0, 0, 0});
  double lost = 0.0;
  const ContactPoint now{{0.35, 0, 0}, Vec3::UnitZ(), 4.0};
  for (const FrictionLaw& law : {spring, hard}) {
    const ContactMemory after = friction_step(law, before, now, now.at, lost);
    EXPECT_NEAR((friction_traction(law, after, now.at).value - Vec3(2, 0, 0)).norm(), 0.0, 1e-12);  // as before
    EXPECT_NEAR(lost, 2.0 * (law.rigid ? 0.35 : 0.30), 1e-12);                                      // a spring keeps its part
    EXPECT_NEAR(friction_traction(law, after, {0.34, 0, 0}).value[0], 1.6, 1e-12);                  // and gives it back
  }
  EXPECT_EQ(friction_step(spring, before, {{0.35, 0, 0.1}, Vec3::UnitZ(), 0.0}, {0.2, 0, 0}, lost).limit, 0.0);
  EXPECT_NEAR(lost, 0.5 * 2.0 * 0.2, 1e-12);  // on its way out
}

TEST(FrictionLaw, MultipliersTakeAStuckPointBack) {
  ContactMemory m = touching(2.0, {0, 0, 0});
  Vec3 at(0.04, 0, 0);  // carried by something of 10 kPa/mm that pulls with 2 kPa at 0
  FrictionPass pass;
  for (int i = 0; i < 8; ++i) {
    pass = friction_pass(hard, m, {at, Vec3::UnitZ(), 8.0}, at);
    m = pass.memory;
    at[0] = (2.0 - m.multiplier[0]) / (40.0 + 10.0);
  }
  EXPECT_LT(pass.slip, 1e-5);
  EXPECT_NEAR(m.multiplier[0], 2.0, 1e-3);
  EXPECT_EQ(m.limit, 4.0);
}

struct Rubbed {
  Solid solid;
  Indenter* body;
  explicit Rubbed(IndenterOptions options, Vec3 centre, Vec3 slide = Vec3::Zero())
      : solid(block_mesh({10, 8, 2}, {5, 4, 1}), {material(NeoHookean{3.0}, 300.0)}) {
    auto term = std::make_unique<Indenter>(
        solid.mesh, solid.mesh.facet_sets.at("zmax"), options,
        [=](double path) {
          return IndenterPlacement{centre + path * slide, -Vec3::UnitZ()};
        },
        [](double) { return 30.0; });
    body = term.get();
    solid.model.terms.push_back(std::move(term));
  }
  /// All of the block carried along.
  void carry(State& s, const Vec3& by) const {
    for (int n = 0; n < static_cast<int>(solid.mesh.X.size()); ++n) s.unknowns.segment<3>(3 * n) += by;
  }
  /// Pressed in, with passes until the limits are there.
  State pressed(double travel) const {
    State s = Assembly(solid.model).initial_state(solid.model);
    s.unknowns = wiggle(s.unknowns.size(), 0.02);
    if (body->turns()) s.unknowns[body->spin_unknown()] = 0.0;
    s.unknowns[body->travel_unknown()] = travel;
    EXPECT_FALSE(body->augment(s));
    body->commit(s);
    return s;
  }
};

IndenterOptions roller(bool rigid, bool turning) {
  IndenterOptions o{Cylinder{20.0, 7.0, 1.0, Vec3::UnitY()}, {}, 50.0, 0.01, 2.0};
  if (!rigid) o.foam = FoamLayer{70.0, 6.0, 0.1, 2.0};
  o.friction = 0.4;
  o.turning = turning;
  return o;
}

TEST(Friction, TangentIsTheDerivativeOfTheResidual) {
  for (const bool rigid : {true, false})
    for (const bool turning : {true, false}) {
      const Rubbed r(roller(rigid, turning), {0.3, 0.2, 22.5});
      const State pressed = r.pressed(1.3);
      // From all points stuck to all slipping: κ = 50 and 5.3 kPa/mm, limits of a few kPa.
      for (const double turn : turning ? std::vector{0.0001, 0.003} : std::vector{0.004, 0.2}) {
        State s = pressed;
        s.unknowns += wiggle(s.unknowns.size(), 0.003);
        if (turning) s.unknowns[r.body->spin_unknown()] = turn;
        s.unknowns[r.body->travel_unknown()] = 1.3 + turn;
        r.carry(s, {0.0, 3.0 * turn, 0.0});
        EXPECT_GT(r.body->report(s).friction.norm(), 0.0);
        EXPECT_LT(tangent_error(r.solid.model, s, 2e-6), 1e-6) << rigid << turning << turn;
      }
    }
  IndenterOptions ball{Sphere{9.0}, {}, 50.0, 0.01, 2.0};
  ball.friction = 0.7;
  const Rubbed r(ball, {0.3, 0.2, 11.5});
  State s = r.pressed(1.3);
  s.unknowns += wiggle(s.unknowns.size(), 0.1);
  EXPECT_LT(tangent_error(r.solid.model, s), 1e-6);
}

/// What turns with the cylinder as one body does not slip: no traction arises, and one that is there turns along.
TEST(Friction, TurningTogetherIsNoSlip) {
  for (const bool rigid : {true, false}) {
    const Vec3 centre(0.3, 0.2, 22.5);
    const Rubbed r(roller(rigid, true), centre);
    const double travel = 1.3, angle = 0.7;
    const Mat3d turn = Eigen::AngleAxisd(angle, Vec3::UnitY()).toRotationMatrix();
    for (const double pull : {0.0, 0.002}) {
      State s = r.pressed(travel);
      r.carry(s, {pull, 0.0, 0.0});
      const ContactReport before = r.body->report(s);
      const Vec3 axis_point = centre - travel * Vec3::UnitZ();
      for (int n = 0; n < static_cast<int>(r.solid.mesh.X.size()); ++n) {
        const Vec3 X = r.solid.mesh.X[n], x = X + s.unknowns.segment<3>(3 * n);
        s.unknowns.segment<3>(3 * n) = axis_point + turn * (x - axis_point) - X;
      }
      s.unknowns[r.body->spin_unknown()] = angle;
      const ContactReport after = r.body->report(s);
      if (pull > 0.0) {
        EXPECT_GT(before.friction.norm(), 1.0);
      }
      EXPECT_LT((after.friction - turn * before.friction).norm(), 1e-9 * (1.0 + before.friction.norm()));
      EXPECT_LT((after.force - turn * before.force).norm(), 1e-9 * before.force.norm());
      EXPECT_EQ(after.spin, angle);
    }
  }
}

/// A block comes upon a plane in a slant: 1 mm of gap, then half a millimetre of overlap and a third of its sideways way.
TEST(Friction, APointSticksToWhereItCameUponTheBody) {
  for (const bool rigid : {true, false}) {
    IndenterOptions o{Plane{-Vec3::UnitZ()}, {}, 50.0, 0.01, 2.0};
    if (!rigid) o.foam = FoamLayer{70.0, 6.0, 0.1, 2.0};
    o.friction = 10.0;
    const Rubbed r(o, {0.0, 0.0, 3.0});
    State s = Assembly(r.solid.model).initial_state(r.solid.model);
    s.unknowns[r.body->travel_unknown()] = 1.5;
    r.carry(s, {0.6, 0.0, 0.0});
    EXPECT_FALSE(r.body->augment(s));
    const double stiffness = rigid ? 50.0 : o.foam->shear_stiffness();
    const double times = rigid ? 2.0 : 1.0;  // a rigid body's multiplier has taken the traction over, and the spring still holds it
    EXPECT_NEAR(r.body->report(s).friction[0], times * 80.0 * stiffness * 0.2, 1e-6 * 80.0 * stiffness);
  }
}

/// Slip of a rigid body's stuck points within the allowed penetration is not taken back: another pass leaves the traction as it is.
TEST(Friction, MultipliersStayWherePointsHardlySlip) {
  IndenterOptions o{Plane{-Vec3::UnitZ()}, {}, 50.0, 0.01, 2.0};
  o.friction = 10.0;
  const Rubbed r(o, {0.0, 0.0, 2.0});
  State s = Assembly(r.solid.model).initial_state(r.solid.model);
  s.unknowns[r.body->travel_unknown()] = 0.2;  // more than is allowed: passes go on
  EXPECT_FALSE(r.body->augment(s));
  for (const double slip : {0.005, 0.02}) {
    State moved = s;
    r.carry(moved, {slip, 0.0, 0.0});
    const double before = r.body->report(moved).friction[0];
    EXPECT_NEAR(before, 80.0 * 50.0 * slip, 1e-6);
    EXPECT_FALSE(r.body->augment(moved));
    EXPECT_NEAR(r.body->report(moved).friction[0], (slip < 0.01 ? 1.0 : 2.0) * before, 1e-6);
  }
}

/// Friction claims nothing where there is none, and the spin only where something turns it.
TEST(Friction, WithoutFrictionNothingIsClaimed) {
  IndenterOptions o = roller(true, true);
  const Rubbed with(o, {0, 0, 22});
  o.friction = 0.0;
  const Rubbed without(o, {0, 0, 22});
  const Assembly a(with.solid.model), b(without.solid.model);
  EXPECT_EQ(a.layout().borders().size(), 2u);
  EXPECT_EQ(b.layout().borders().size(), 1u);
  EXPECT_FALSE(without.body->turns());
  EXPECT_EQ(b.layout().history(), 4 * 5 * 4);
}

/// A cylinder that touches nothing can turn freely: its row is held, not singular.
TEST(Friction, ASpinThatNothingTurnsStays) {
  Rubbed r(roller(false, true), {0, 0, 30});
  r.solid.prescribe("zmin", Vec3::Zero());
  Problem problem(r.solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(r.solid.model);
  state.unknowns[r.body->spin_unknown()] = 0.25;
  ASSERT_TRUE(solve_newton(problem, state, {1.0, {1.0, std::nullopt}}, {}).converged());
  EXPECT_EQ(r.body->report(state).spin, 0.25);
}

}  // namespace
}  // namespace nerveload
