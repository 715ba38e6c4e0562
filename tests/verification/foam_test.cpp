/// The foam layer beside the energy that its law comes from, and pressed on bodies where the answer is one integral or one equation.
#include <gtest/gtest.h>

#include "solver/base/dual.hpp"
#include "solver/terms/indenter.hpp"
#include "tests/support/foam_energy.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

const FoamLayer foam{70.0, 20.0, 0.1, 2.0};

/// Pressure of the layer, −∂W/∂λ in confined compression.
double pressure(const FoamLayer& layer, double stretch) { return -confined_foam_energy(layer, Dual(stretch, 1.0)).slope; }

TEST(Foam, LawIsConfinedCompressionOfAHyperfoam) {
  for (const int percent : {10, 30, 50, 70}) {
    const std::string figure = "pressure at " + digits(percent) + " % of compression, kPa";
    expect_verified({"Foam layer, E = 70 kPa, ν = 0.1, α = 2", figure, foam.at(0.01 * percent * foam.thickness).pressure,
                     pressure(foam, 1.0 - 0.01 * percent), 1e-6, "slope of the hyperfoam's energy in confined compression"});
  }
  const FoamLayer firm{700.0, 12.0, 0.3, 8.0};
  expect_verified({"Foam layer, E = 700 kPa, ν = 0.3, α = 8", "pressure at 40 % of compression, kPa", firm.at(4.8).pressure, pressure(firm, 0.6),
                   1e-6, "slope of the hyperfoam's energy in confined compression"});
  expect_verified({"Foam layer, E = 700 kPa, ν = 0.3, α = 8", "modulus at rest, kPa", firm.at(1e-9).stiffness * firm.thickness,
                   700.0 * 0.7 / (1.3 * 0.4), 1e-4, "E (1 − ν)/((1 + ν)(1 − 2ν))"});
}

/// A block with a foam-covered body above it, travelling downwards from where it touches.
struct Pressed : Solid {
  Pressed(Mesh m, Material law, IndenterShape shape, double travel, int steps) : Solid(std::move(m), {std::move(law)}) {
    prescribe("zmin", Vec3::Zero());
    const double top = mesh.X[mesh.node_sets.at("zmax")[0]][2],
                 radius = std::holds_alternative<Cylinder>(shape) ? std::get<Cylinder>(shape).radius : 0.0;
    auto term = std::make_unique<Indenter>(
        mesh, mesh.facet_sets.at("zmax"), IndenterOptions{std::move(shape), foam},
        [=](double) {
          return IndenterPlacement{Vec3(0, 0, top + radius), -Vec3::UnitZ()};
        },
        [](double) { return 0.0; });
    const Indenter* const indenter = term.get();
    model.terms.push_back(std::move(term));
    for (const char* side : {"xmin", "xmax"}) prescribe(side, Vec3::Zero(), {0});
    for (const char* side : {"ymin", "ymax"}) prescribe(side, Vec3::Zero(), {1});
    Problem problem(model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(model);
    EXPECT_EQ(run_path(problem, state, steps, travel, 1e-8).ending, Ending::converged);
    report = indenter->report(state);
  }
  ContactReport report;
};

const Plane downwards{-Vec3::UnitZ()};
const Material stiff = material(NeoHookean{1e6}, 1e7);

TEST(Foam, PlaneOnAStiffBlock) {
  const Pressed block(block_mesh({10, 10, 5}, {2, 2, 1}), stiff, downwards, 8.0, 2);
  expect_verified({"Foam-covered plane on a stiff block", "force at 8 mm of 20, mN", block.report.pressing_force, 100.0 * pressure(foam, 0.6), 0.01,
                   "area · p(δ)"});
}

/// F = L ∫ p(δ) cos φ dx over the width where the cylinder's outside lies below the plane, φ the inclination of its normal there.
TEST(Foam, CylinderOnAStiffBlock) {
  constexpr double radius = 75.0, travel = 6.0, length = 10.0;
  const Pressed block(block_mesh({64, length, 5}, {128, 1, 1}), stiff, Cylinder{radius, 400.0, 10.0, Vec3::UnitY()}, travel, 2);
  const double height = radius - travel, half_width = std::sqrt(radius * radius - height * height);
  double force = 0.0;
  constexpr int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double x = half_width * (i + 0.5) / n, rho = std::hypot(x, height);
    force += 2.0 * length * half_width / n * pressure(foam, 1.0 - (radius - rho) / foam.thickness) * height / rho;
  }
  expect_verified({"Foam-covered cylinder on a stiff block", "force at 6 mm of 20, mN", block.report.pressing_force, force, 0.5,
                   "quadrature of p(δ) over the overlap"});
}

/// Foam and a block between rigid walls are springs in series: p(δ) = −P(λ), δ + H (1 − λ) = travel, with λ the block's stretch and
///   P = ⅔ μ (λ^{1/3} − λ^{−5/3}) + K (λ − 1)    (F = diag(1, 1, λ), J = λ; the confined face keeps its area).
TEST(Foam, PlaneOnAConfinedBlock) {
  constexpr double mu = 10.0, bulk = 50.0, height = 30.0, travel = 12.0;
  const Pressed block(block_mesh({10, 10, height}, {2, 2, 4}), material(NeoHookean{mu}, bulk), downwards, travel, 4);
  auto resist = [](double l) { return -(2.0 / 3.0 * mu * (std::pow(l, 1.0 / 3.0) - std::pow(l, -5.0 / 3.0)) + bulk * (l - 1.0)); };
  double low = 1.0 - travel / height, high = 1.0;
  for (int i = 0; i < 60; ++i) {
    const double l = 0.5 * (low + high);
    (pressure(foam, 1.0 - (travel - height * (1.0 - l)) / foam.thickness) > resist(l) ? high : low) = l;
  }
  expect_verified({"Foam-covered plane on a confined block", "force at 12 mm, mN", block.report.pressing_force, 100.0 * resist(low), 0.01,
                   "foam and block in series, closed form"});
}

}  // namespace
}  // namespace nerveload
