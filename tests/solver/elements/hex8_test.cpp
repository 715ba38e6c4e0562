#include "solver/elements/hex8.hpp"

#include <gtest/gtest.h>

#include "solver/base/error.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

Material fibrous() {
  Material m = material(Ogden{{{3.5, -1.25}, {0.4, 5.0}}}, 200.0);
  m.fibres = FibreFamily{0.3, 12.0, 40.0, 1.15, 4.0};
  return m;
}

std::vector<Material> all_materials() {
  return {material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic), material(MooneyRivlin{1.0, 0.5}, 1500.0),
          material(Ogden{{{0.75, -4.5}}}, 7500.0)};
}

const hex8::Positions cell{
    {{0, 0, 0}, {2.1, 0.1, -0.1}, {2.0, 1.8, 0.2}, {-0.1, 2.0, 0.0}, {0.1, 0.0, 1.5}, {2.2, -0.1, 1.7}, {1.9, 2.1, 1.4}, {0.2, 1.9, 1.6}}};

TEST(Hex8, VolumeOfAStraightEdgedCellIsExact) {
  const hex8::Positions box{{{0, 0, 0}, {2, 0, 0}, {2, 3, 0}, {0, 3, 0}, {0, 0, 4}, {2, 0, 4}, {2, 3, 4}, {0, 3, 4}}};
  const hex8::Motion m = hex8::motion(box, {});
  EXPECT_NEAR(m.volume, 24.0, 1e-13);
  EXPECT_NEAR(m.theta, 1.0, 1e-15);
  EXPECT_FALSE(m.inverted);
}

TEST(Hex8, RigidMotionGivesNoForce) {
  const Mat3d R = Eigen::AngleAxisd(1.1, Vec3(1, 2, -1).normalized()).toRotationMatrix();
  hex8::Positions u;
  for (int n = 0; n < 8; ++n) {
    const Vec3 X(cell[n][0], cell[n][1], cell[n][2]), moved = R * X + Vec3(5, -3, 2) - X;
    for (int i = 0; i < 3; ++i) u[n][i] = moved[i];
  }
  for (const Material& m : all_materials()) {
    hex8::System s;
    hex8::integrate(m, {1, 0, 0}, hex8::motion(cell, u), 0.0, true, s);
    for (const double r : s.residual) EXPECT_NEAR(r, 0.0, 1e-10);
  }
}

TEST(Hex8, ForcesAreInBalance) {
  const Eigen::VectorXd w = wiggle(24, 0.15);
  hex8::Positions u;
  Vec3 force = Vec3::Zero(), moment = Vec3::Zero();
  for (int i = 0; i < 24; ++i) u[i / 3][i % 3] = w[i];
  hex8::System s;
  hex8::integrate(fibrous(), {0.6, 0.0, 0.8}, hex8::motion(cell, u), 0.0, false, s);
  for (int n = 0; n < 8; ++n) {
    const Vec3 f(s.residual[3 * n], s.residual[3 * n + 1], s.residual[3 * n + 2]);
    force += f;
    moment += Vec3(cell[n][0] + u[n][0], cell[n][1] + u[n][1], cell[n][2] + u[n][2]).cross(f);
  }
  EXPECT_LT(force.norm(), 1e-11);
  EXPECT_LT(moment.norm(), 1e-11);
}

TEST(Hex8, AnInvertedCellIsReported) {
  hex8::Positions u{};
  for (int n = 4; n < 8; ++n) u[n][2] = -4.0;
  EXPECT_TRUE(hex8::motion(cell, u).inverted);
  u[4][2] = std::nan("");
  EXPECT_TRUE(hex8::motion(cell, u).inverted);
}

TEST(ElasticBody, TangentIsTheDerivativeOfTheResidual) {
  std::vector<Material> materials = all_materials();
  materials.push_back(fibrous());
  for (const Material& m : materials) {
    Mesh mesh = block_mesh({3, 2, 2}, {3, 2, 2});
    distort(mesh, 0.1);
    mesh.fibre.assign(mesh.hexes.size(), Vec3(0.6, 0.0, 0.8));
    Solid solid(std::move(mesh), {m});
    State s = Assembly(solid.model).initial_state(solid.model);
    s.unknowns = wiggle(s.unknowns.size(), 0.08);
    EXPECT_LT(tangent_error(solid.model, s), 1e-7);
  }
}

TEST(ElasticBody, AMixedPressureUpdateIsTheLinearisedOne) {
  Solid solid(block_mesh({2, 2, 2}, {2, 2, 2}), {material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic)});
  State s = Assembly(solid.model).initial_state(solid.model);
  s.unknowns = wiggle(s.unknowns.size(), 0.05);
  const Eigen::VectorXd du = wiggle(s.unknowns.size(), 1e-5).reverse();
  State predicted = s, exact = s;
  solid.body->update_mixed(s, du, predicted);
  exact.unknowns += du;
  exact = consistent(solid.model, exact);
  const State before = consistent(solid.model, s);
  const double moved = (exact.mixed - before.mixed).norm();
  EXPECT_GT(moved, 1e-4);
  EXPECT_LT((predicted.mixed - exact.mixed).norm(), 1e-3 * moved);
}

/// Homogeneous deformation prescribed on the boundary of a distorted block must be found inside, exactly.
TEST(ElasticBody, PassesThePatchTestOnDistortedCells) {
  const Mat3d F = (Mat3d() << 1.15, 0.1, -0.05, 0.02, 0.92, 0.08, 0.05, -0.1, 1.04).finished();
  std::vector<Material> materials = all_materials();
  materials.push_back(fibrous());
  for (const Material& m : materials) {
    Mesh mesh = block_mesh({4, 4, 4}, {4, 4, 4});
    distort(mesh, 0.2);
    mesh.fibre.assign(mesh.hexes.size(), Vec3(0.6, 0.0, 0.8));
    Solid solid(std::move(mesh), {m});
    for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
      for (const int n : solid.mesh.node_sets.at(set))
        for (int i = 0; i < 3; ++i) solid.prescribe(3 * n + i, ((F - Mat3d::Identity()) * solid.mesh.X[n])[i]);
    Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(solid.model);
    NewtonOptions options;
    options.tolerance = 1e-13;
    options.absolute_tolerance = 1e-11;
    const SolveReport report = solve_newton(problem, state, {1.0, {}}, options);
    ASSERT_TRUE(report.converged()) << report.message;
    double worst = 0.0;
    for (std::size_t n = 0; n < solid.mesh.X.size(); ++n)
      worst = std::max(worst, (state.unknowns.segment<3>(3 * n) - (F - Mat3d::Identity()) * solid.mesh.X[n]).norm());
    EXPECT_LT(worst, 1e-10);
    const auto first = solid.body->cauchy_stress(0, state)[0];
    for (std::size_t c = 0; c < solid.mesh.hexes.size(); ++c)
      for (const auto& sigma : solid.body->cauchy_stress(static_cast<int>(c), state))
        for (int i = 0; i < 6; ++i) EXPECT_NEAR(sigma[i], first[i], 1e-9 * (1.0 + std::abs(first[i])));
  }
}

TEST(Growth, FreeSwellingIsFreeOfStress) {
  const Vec3 n = Vec3(1, 2, 2) / 3.0;
  Growth growth;
  growth.ratio = 1.4;
  Mesh mesh = block_mesh({3, 2, 2}, {3, 2, 2});
  distort(mesh, 0.1);
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c) {
    growth.cells.push_back(static_cast<int>(c));
    growth.direction.push_back(n);
  }
  growth.activation = [](double path) { return path; };
  Solid solid(std::move(mesh), {material(Ogden{{{3.5, -1.25}}}, 7500.0)}, growth);
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  s.path = 0.5;
  for (std::size_t k = 0; k < solid.mesh.X.size(); ++k) s.unknowns.segment<3>(3 * k) = 0.2 * n * n.dot(solid.mesh.X[k]);
  EXPECT_LT(residual_at(solid.model, assembly, s).cwiseAbs().maxCoeff(), 1e-9);
  s.unknowns += wiggle(s.unknowns.size(), 0.05);
  EXPECT_LT(tangent_error(solid.model, s), 1e-7);
}

TEST(ElasticBody, RefusesARegionWithoutMaterial) {
  const Mesh mesh = [] {
    Mesh m = block_mesh({1, 1, 1}, {1, 1, 1});
    m.region[0] = 1;
    return m;
  }();
  EXPECT_THROW(ElasticBody(mesh, {Material{}}), ContractError);
}

}  // namespace
}  // namespace nerveload
