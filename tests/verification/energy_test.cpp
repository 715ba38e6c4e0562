/// What is done on a body is what it stores: there is nothing else for it to go to.
#include "tests/support/energy.hpp"

#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/foam_energy.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

/// ∫ f du by Simpson's rule over an even number of equal steps.
double work(const std::vector<double>& force, double travel) {
  double sum = 0.0;
  for (std::size_t k = 0; k < force.size(); ++k) sum += (k == 0 || k + 1 == force.size() ? 1.0 : k % 2 ? 4.0 : 2.0) * force[k];
  return sum * travel / (3.0 * static_cast<double>(force.size() - 1));
}

constexpr int steps = 40;

/// Follows the path in 40 steps and collects a force at each of its states.
template <class Force>
std::vector<double> forces(Problem& problem, State& state, std::optional<double> travel, Force&& force) {
  std::vector<double> all{0.0};
  PathOptions options;
  options.first_step = options.max_step = 1.0 / steps;
  options.newton.tolerance = 1e-8;
  const PathReport r = follow_path(
      problem, state, 1.0,
      [&](double p) {
        return travel ? StepTarget{p, {*travel * p}} : StepTarget{p, {}};
      },
      options,
      [&](const State& s, const StepReport&) {
        all.push_back(force(s));
        return true;
      });
  EXPECT_EQ(r.ending, Ending::converged);
  EXPECT_EQ(all.size(), std::size_t(steps + 1));
  return all;
}

TEST(Energy, AStripsWorkIsStored) {
  Solid block(block_mesh({100, 60, 50}, {10, 6, 5}), {material(Ogden{{{3.0, -2.0}}}, 1500.0, Volumetric::Law::logarithmic)});
  block.prescribe("zmin", Vec3::Zero());
  auto& strip = block.mesh.node_sets["strip"];
  for (const int n : block.mesh.node_sets.at("zmax"))
    if (std::abs(block.mesh.X[n][0]) <= 10.0 + 1e-9) strip.push_back(n);
  block.prescribe("strip", Vec3(0, 0, -10));
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(block.model);
  const auto f = forces(problem, state, {}, [&](const State&) { return -reaction(block.mesh, "strip", problem.system.residual)[2]; });
  expect_verified({"Energy: block under a strip, 40 steps", "work done, mN mm", work(f, 10.0), stored_energy(block, state), 0.1, "energy stored"});
}

/// A cylinder of 75 mm that touches the block's top, by travel.
const Indenter* add_cylinder(Solid& block, const IndenterOptions& options) {
  auto term = std::make_unique<Indenter>(
      block.mesh, block.mesh.facet_sets.at("zmax"), options,
      [](double) {
        return IndenterPlacement{Vec3(0, 0, 125), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* cylinder = term.get();
  block.model.terms.push_back(std::move(term));
  return cylinder;
}

TEST(Energy, ACylindersWorkIsStored) {
  Solid block(block_mesh({100, 60, 50}, {20, 4, 10}), {material(NeoHookean{3.0}, 1500.0)});
  block.prescribe("zmin", Vec3::Zero());
  const Indenter* cylinder = add_cylinder(block, {Cylinder{75.0, 400.0, 10.0, Vec3::UnitY()}, {}, 50.0, 0.002, 2.0});
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(block.model);
  const auto f = forces(problem, state, 10.0, [&](const State& s) { return cylinder->report(s).pressing_force; });
  expect_verified(
      {"Energy: block under a rigid cylinder, 40 steps", "work done, mN mm", work(f, 10.0), stored_energy(block, state), 0.1, "energy stored"});
}

/// The force is the slope of the energy in the travel. Seen from the end state by a step of 0.1 mm to either side of it; the energy
/// is the body's, and for a foam-covered body its foam's, ∫ t W(1 − δ/t) dA₀.
double slope_of_energy(IndenterOptions options, double& force) {
  constexpr double travel = 10.0, step = 0.1;
  Solid block(block_mesh({100, 60, 50}, {20, 2, 10}), {material(NeoHookean{3.0}, 1500.0)});
  block.prescribe("zmin", Vec3::Zero());
  const Indenter* cylinder = add_cylinder(block, options);
  Problem problem(block.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(block.model);
  PathOptions path;
  path.first_step = path.max_step = 0.25;
  path.newton.tolerance = 1e-9;
  path.max_augmentations = 200;
  double energy[3];
  for (int k = 0; k < 3; ++k) {
    const double end = 1.0 + (k - 1) * step / travel;
    EXPECT_EQ(follow_path(
                  problem, state, end,
                  [&](double p) {
                    return StepTarget{p, {travel * p}};
                  },
                  path)
                  .ending,
              Ending::converged);
    energy[k] = stored_energy(block, state);
    if (options.foam)
      for (const ContactSample& c : cylinder->samples(state))
        energy[k] += c.area * options.foam->thickness * confined_foam_energy(*options.foam, 1.0 - c.overlap / options.foam->thickness);
    if (k == 1) force = cylinder->report(state).pressing_force;
  }
  return (energy[2] - energy[0]) / (2.0 * step);
}

TEST(Energy, ForceIsItsSlopeInTheTravel) {
  const Cylinder cylinder{75.0, 400.0, 10.0, Vec3::UnitY()};
  double force = 0.0, slope = slope_of_energy({cylinder, {}, 500.0, 1e-5, 2.0}, force);
  expect_verified({"Energy: block under a rigid cylinder, one step", "energy added over the travel, mN", slope, force, 0.1, "force on the cylinder"});
  slope = slope_of_energy({cylinder, FoamLayer{70.0, 20.0, 0.1, 2.0}}, force);
  expect_verified(
      {"Energy: block under a foam-covered cylinder, one step", "energy added over the travel, mN", slope, force, 0.1, "force on the cylinder"});
}

}  // namespace
}  // namespace nerveload
