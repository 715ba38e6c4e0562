#include "solver/linearisation.hpp"

#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

/// A block under a ball that presses with a force.
struct Pressed {
  Solid solid;
  int travel;
  explicit Pressed(double shear, double bulk, double force_mN, double wider = 0.0)
      : solid(block_mesh({20.0 + wider, 20.0, 10.0}, {5, 5, 3}), {material(NeoHookean{shear}, bulk)}) {
    solid.prescribe("zmin", Vec3::Zero());
    IndenterOptions options;
    options.shape = Sphere{12.0};
    FoamLayer foam;
    foam.modulus = 200.0;
    foam.thickness = 5.0;
    options.foam = foam;
    const Vec3 centre(10.0, 10.0, 22.0);
    auto ball = std::make_unique<Indenter>(
        solid.mesh, solid.mesh.facet_sets.at("zmax"), options,
        [centre](double) {
          return IndenterPlacement{centre, -Vec3::UnitZ()};
        },
        [force_mN](double) { return force_mN; });
    const Indenter* indenter = ball.get();
    solid.model.terms.push_back(std::move(ball));
    problem = std::make_unique<Problem>(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
    travel = indenter->travel_unknown();
  }
  State settled() {
    State state = problem->assembly.initial_state(solid.model);
    NewtonOptions options;
    options.tolerance = 1e-12;
    options.max_iterations = 40;
    state.unknowns[travel] = 0.5;
    EXPECT_TRUE(solve_newton(*problem, state, {0.0, {0.5}}, options).converged());
    EXPECT_TRUE(solve_newton(*problem, state, {0.0, {std::nullopt}}, options).converged());
    return state;
  }
  std::unique_ptr<Problem> problem;
};

/// Derivative of all unknowns by the linearised equations, against the central difference of whole solves.
void expect_derivative(const std::function<std::unique_ptr<Pressed>(double)>& with, double step) {
  const auto base = with(0.0);
  const State state = base->settled();
  Linearisation linear(*base->problem, state, {true});
  ASSERT_TRUE(linear.fault().empty()) << linear.fault();
  const double small = 1e-3 * step;
  const Eigen::VectorXd here = residual_of_variant(*base->problem, base->solid.model, state);
  const auto variant = with(small);
  const Eigen::VectorXd there = residual_of_variant(*base->problem, variant->solid.model, state);
  const Eigen::VectorXd derivative = linear.solve((here - there) / small);
  const Eigen::VectorXd difference = (with(step)->settled().unknowns - with(-step)->settled().unknowns) / (2.0 * step);
  EXPECT_GT(difference.cwiseAbs().maxCoeff(), 0.0);
  EXPECT_LT((derivative - difference).cwiseAbs().maxCoeff(), 2e-3 * difference.cwiseAbs().maxCoeff());
}

TEST(Linearisation, GivesTheDerivativeInAMaterialConstant) {
  expect_derivative([](double h) { return std::make_unique<Pressed>(5.0 + h, 500.0, 300.0); }, 0.01);
}
TEST(Linearisation, GivesTheDerivativeInTheLoad) {
  expect_derivative([](double h) { return std::make_unique<Pressed>(5.0, 500.0, 300.0 + h); }, 1.0);
}
TEST(Linearisation, GivesTheDerivativeInTheShape) {
  expect_derivative([](double h) { return std::make_unique<Pressed>(5.0, 500.0, 300.0, h); }, 0.01);
}

TEST(Linearisation, SaysSoWhereTheStateIsNotStable) {
  Pressed p(5.0, 500.0, 300.0);
  State state = p.problem->assembly.initial_state(p.solid.model);
  for (std::size_t n = 0; n < p.solid.mesh.X.size(); ++n) state.unknowns[3 * static_cast<Eigen::Index>(n) + 2] = -0.9 * p.solid.mesh.X[n].z();
  EXPECT_FALSE(Linearisation(*p.problem, state, {true}).fault().empty());
}

}  // namespace
}  // namespace nerveload
