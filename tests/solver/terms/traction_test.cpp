#include "solver/terms/traction.hpp"

#include <gtest/gtest.h>

#include "solver/base/error.hpp"
#include "tests/support/blocks.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

double full(double path) { return path; }

struct Loaded {
  Solid solid;
  Loaded(const char* set, const Vec3& dead, double pressure, const char* shape = "hex8")
      : solid(block_of_shape(shape, {4, 3, 2}, {2, 2, 2}), {material(NeoHookean{3.0}, 100.0)}) {
    add(set, dead, pressure);
  }
  void add(const char* set, const Vec3& dead, double pressure) {
    solid.model.terms.push_back(std::make_unique<Traction>(solid.mesh, solid.mesh.facet_sets.at(set), dead, pressure, full));
  }
};

class TractionOn : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Shapes, TractionOn, testing::ValuesIn(cell_shapes), [](const auto& shape) { return shape.param; });

TEST_P(TractionOn, DeadLoadSumsToTractionTimesArea) {
  Loaded l("zmax", Vec3(1.0, -2.0, 0.5), 0.0, GetParam());
  l.solid.model.terms.erase(l.solid.model.terms.begin());
  const Assembly assembly(l.solid.model);
  State s = assembly.initial_state(l.solid.model);
  s.path = 0.5;
  s.unknowns = wiggle(s.unknowns.size(), 0.3);  // dead: does not matter
  const Eigen::VectorXd r = residual_at(l.solid.model, assembly, s);
  EXPECT_LT((reaction(l.solid.mesh, "all", r) - Vec3(-6.0, 12.0, -3.0)).norm(), 1e-12);
}

TEST_P(TractionOn, PressureOnAClosedSurfaceIsInBalanceAndHasItsTangent) {
  Loaded l("zmax", Vec3::Zero(), 2.0, GetParam());
  for (const char* set : {"zmin", "xmin", "xmax", "ymin", "ymax"}) l.add(set, Vec3::Zero(), 2.0);
  State s = Assembly(l.solid.model).initial_state(l.solid.model);
  s.path = 1.0;
  s.unknowns = wiggle(s.unknowns.size(), 0.1);
  EXPECT_LT(tangent_error(l.solid.model, s), 1e-7);
  l.solid.model.terms.erase(l.solid.model.terms.begin());
  const Assembly assembly(l.solid.model);
  EXPECT_LT(reaction(l.solid.mesh, "all", residual_at(l.solid.model, assembly, s)).norm(), 1e-12);
}

TEST(Traction, TangentOfAnOpenSurfaceIsTheSymmetricPart) {
  Loaded l("zmax", Vec3::Zero(), 2.0);
  l.solid.model.terms.erase(l.solid.model.terms.begin());
  const Assembly assembly(l.solid.model);
  State s = assembly.initial_state(l.solid.model);
  s.path = 1.0;
  s.unknowns = wiggle(s.unknowns.size(), 0.1);
  const Eigen::MatrixXd K = full_tangent(l.solid.model, assembly, s);
  Eigen::MatrixXd slope(K.rows(), K.cols());
  const double h = 1e-5;
  for (Eigen::Index u = 0; u < K.cols(); ++u) {
    State plus = s, minus = s;
    plus.unknowns[u] += h;
    minus.unknowns[u] -= h;
    slope.col(u) = (residual_at(l.solid.model, assembly, plus) - residual_at(l.solid.model, assembly, minus)) / (2 * h);
  }
  EXPECT_LT((K - 0.5 * (slope + slope.transpose())).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_GT((K - slope).cwiseAbs().maxCoeff(), 1e-3);  // so the rim matters here
}

/// Hydrostatic pressure on a free body: θ answers with K (θ − 1) = −p, shape unchanged.
TEST(Traction, PressureAllAroundShrinksABodyByItsBulkModulus) {
  Loaded l("zmax", Vec3::Zero(), 10.0);
  for (const char* set : {"xmax", "ymax"}) l.add(set, Vec3::Zero(), 10.0);
  l.solid.prescribe("xmin", Vec3::Zero(), {0});
  l.solid.prescribe("ymin", Vec3::Zero(), {1});
  l.solid.prescribe("zmin", Vec3::Zero(), {2});
  Problem problem(l.solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(l.solid.model);
  ASSERT_EQ(run_path(problem, state, 2, {}, 1e-9).ending, Ending::converged);
  for (int c = 0; c < 8; ++c) EXPECT_NEAR(l.solid.body->points(c, state).theta, 0.9, 1e-9);
  const CellPoints first_cell = l.solid.body->points(0, state);
  for (const CellPoint& at : first_cell.points())
    for (int i = 0; i < 6; ++i) EXPECT_NEAR(at.cauchy[i], i < 3 ? -10.0 : 0.0, 1e-7);
}

TEST(Traction, RefusesToLoadNothing) {
  const Mesh mesh = block_mesh({1, 1, 1}, {1, 1, 1});
  EXPECT_THROW(Traction(mesh, {}, Vec3::Zero(), 1.0, full), ContractError);
}

}  // namespace
}  // namespace nerveload
