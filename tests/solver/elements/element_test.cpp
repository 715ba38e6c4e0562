/// The battery that every shape of cell has to pass.
#include <gtest/gtest.h>

#include "solver/base/error.hpp"
#include "solver/mesh_point.hpp"
#include "tests/support/blocks.hpp"
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
          material(Ogden{{{0.75, -4.5}}}, 7500.0), fibrous()};
}

/// A solid of one kind of cell, none of which has its regular form; the sides of quadratic ones are curved.
class Element : public testing::TestWithParam<const char*> {
 protected:
  Mesh mesh(const std::array<int, 3>& cells, double distortion) const {
    Mesh m = block_of_shape(GetParam(), {double(cells[0]), double(cells[1]), double(cells[2])}, cells);
    distort(m, std::string(GetParam()) == "tet10" ? 0.4 * distortion : distortion);  // its nodes are half as far apart
    m.fibre.assign(m.cells.size(), Vec3(0.6, 0.0, 0.8));
    return m;
  }
};
INSTANTIATE_TEST_SUITE_P(Shapes, Element, testing::ValuesIn(cell_shapes), [](const auto& shape) { return shape.param; });

TEST_P(Element, VolumeIsThatOfTheBlock) {
  Solid solid(mesh({3, 2, 2}, 0.1), {material(NeoHookean{3.0}, 1500.0)});
  const State s = Assembly(solid.model).initial_state(solid.model);
  double volume = 0.0;
  for (int c = 0; c < static_cast<int>(solid.mesh.cells.size()); ++c) {
    const CellPoints p = solid.body->points(c, s);
    volume += p.volume;
    EXPECT_NEAR(p.theta, 1.0, 1e-14);
  }
  EXPECT_NEAR(volume, 12.0, 1e-12);
}

TEST_P(Element, RigidMotionGivesNoForce) {
  const Mat3d R = Eigen::AngleAxisd(1.1, Vec3(1, 2, -1).normalized()).toRotationMatrix();
  for (const Material& m : all_materials()) {
    Material without_tone = m;
    if (without_tone.fibres) without_tone.fibres->active_stress = 0.0;
    Solid solid(mesh({2, 2, 2}, 0.1), {without_tone});
    const Assembly assembly(solid.model);
    State s = assembly.initial_state(solid.model);
    for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) s.unknowns.segment<3>(3 * n) = R * solid.mesh.X[n] + Vec3(5, -3, 2) - solid.mesh.X[n];
    EXPECT_LT(residual_at(solid.model, assembly, s).cwiseAbs().maxCoeff(), 1e-9);
  }
}

TEST_P(Element, ForcesAreInBalance) {
  Solid solid(mesh({2, 2, 2}, 0.1), {fibrous()});
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  s.unknowns = wiggle(s.unknowns.size(), 0.05);
  const Eigen::VectorXd f = residual_at(solid.model, assembly, s);
  Vec3 force = Vec3::Zero(), moment = Vec3::Zero();
  for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) {
    force += f.segment<3>(3 * n);
    moment += Vec3(solid.mesh.X[n] + s.unknowns.segment<3>(3 * n)).cross(Vec3(f.segment<3>(3 * n)));
  }
  EXPECT_LT(force.norm(), 1e-10);
  EXPECT_LT(moment.norm(), 1e-10);
}

TEST_P(Element, AnInvertedCellIsReported) {
  Solid solid(mesh({1, 1, 1}, 0.0), {material(NeoHookean{3.0}, 1500.0)});
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) s.unknowns[3 * static_cast<int>(n) + 2] = -2.0 * solid.mesh.X[n][2];
  NewtonSystem system(assembly);
  system.evaluate(solid.model, s);
  EXPECT_EQ(system.inverted_cell, 0);
  s.unknowns.setConstant(std::nan(""));
  system.evaluate(solid.model, s);
  EXPECT_EQ(system.inverted_cell, 0);
}

TEST_P(Element, TangentIsTheDerivativeOfTheResidual) {
  for (const Material& m : all_materials()) {
    Solid solid(mesh({2, 2, 2}, 0.08), {m});
    State s = Assembly(solid.model).initial_state(solid.model);
    s.unknowns = wiggle(s.unknowns.size(), 0.04);
    EXPECT_LT(tangent_error(solid.model, s), 1e-7);
  }
}

TEST_P(Element, AMixedPressureUpdateIsTheLinearisedOne) {
  Solid solid(mesh({2, 2, 2}, 0.0), {material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic)});
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
TEST_P(Element, PassesThePatchTestOnDistortedCells) {
  const Mat3d F = (Mat3d() << 1.15, 0.1, -0.05, 0.02, 0.92, 0.08, 0.05, -0.1, 1.04).finished();
  for (const Material& m : all_materials()) {
    Solid solid(mesh({3, 3, 3}, 0.1), {m});
    for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
      for (const int n : solid.mesh.node_sets.at(set))
        for (int i = 0; i < 3; ++i) solid.prescribe(3 * n + i, ((F - Mat3d::Identity()) * solid.mesh.X[n])[i]);
    Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(solid.model);
    NewtonOptions options;
    options.tolerance = 1e-13;
    options.absolute_tolerance = 1e-11;
    for (const double path : {0.25, 0.5, 0.75, 1.0}) {
      const SolveReport report = solve_newton(problem, state, {path, {}}, options);
      ASSERT_TRUE(report.converged()) << report.message;
    }
    double worst = 0.0;
    for (std::size_t n = 0; n < solid.mesh.X.size(); ++n)
      worst = std::max(worst, (state.unknowns.segment<3>(3 * n) - (F - Mat3d::Identity()) * solid.mesh.X[n]).norm());
    EXPECT_LT(worst, 1e-10);
    const auto first = solid.body->points(0, state).at[0].cauchy;
    for (std::size_t c = 0; c < solid.mesh.cells.size(); ++c) {
      const CellPoints points = solid.body->points(static_cast<int>(c), state);
      for (const CellPoint& at : points.points())
        for (int i = 0; i < 6; ++i) EXPECT_NEAR(at.cauchy[i], first[i], 1e-9 * (1.0 + std::abs(first[i])));
    }
  }
}

TEST_P(Element, FreeSwellingIsFreeOfStress) {
  const Vec3 n = Vec3(1, 2, 2) / 3.0;
  Growth growth;
  growth.ratio = 1.4;
  Mesh m = mesh({2, 2, 2}, 0.1);
  for (std::size_t c = 0; c < m.cells.size(); ++c) {
    growth.cells.push_back(static_cast<int>(c));
    growth.direction.push_back(n);
  }
  growth.activation = [](double path) { return path; };
  Solid solid(std::move(m), {material(Ogden{{{3.5, -1.25}}}, 7500.0)}, growth);
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  s.path = 0.5;
  for (std::size_t k = 0; k < solid.mesh.X.size(); ++k) s.unknowns.segment<3>(3 * k) = 0.2 * n * n.dot(solid.mesh.X[k]);
  EXPECT_LT(residual_at(solid.model, assembly, s).cwiseAbs().maxCoeff(), 1e-9);
  s.unknowns += wiggle(s.unknowns.size(), 0.05);
  EXPECT_LT(tangent_error(solid.model, s), 1e-7);
}

TEST_P(Element, PointsOfDistortedCellsAreFound) {
  const Mesh m = mesh({4, 4, 4}, 0.1);
  for (const Vec3& X : {Vec3(0.3, -1.2, 2.7), Vec3(2, 2, 4), Vec3(-2, 0.1, 0), Vec3(0.01, 0, 1.99)}) {
    const auto at = locate(m, X, 1e-6);
    ASSERT_TRUE(at) << X.transpose();
    EXPECT_LT((interpolate(m.cells[at->cell], at->xi, [&](int n) { return m.X[n]; }) - X).norm(), 1e-9);
  }
  EXPECT_FALSE(locate(m, Vec3(2.1, 0, 1)));
  EXPECT_TRUE(locate(m, Vec3(2.1, 0, 1), 0.2));
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
