#include "solver/assembly.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include "solver/base/error.hpp"
#include "solver/terms/indenter.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

Mesh bent_block() {
  Mesh mesh = block_mesh({10, 6, 6}, {10, 6, 6});
  distort(mesh, 0.1);
  return mesh;
}

void press(Solid& solid) {
  solid.model.terms.push_back(std::make_unique<Indenter>(
      solid.mesh, solid.mesh.facet_sets.at("zmax"), IndenterOptions{Sphere{8.0}, {}, 50.0, 0.01, 2.0},
      [](double) {
        return IndenterPlacement{Vec3(0, 0, 13.5), -Vec3::UnitZ()};
      },
      [](double) { return 100.0; }));
}

TEST(Assembly, HasTheSameBitsForAnyNumberOfThreads) {
  Solid solid(bent_block(), {material(Ogden{{{3.5, -1.25}}}, 7500.0)});
  press(solid);
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  s.unknowns = wiggle(s.unknowns.size(), 0.05);
  s.mixed = wiggle(s.mixed.size(), 3.0);
  const int before = omp_get_max_threads();
  std::vector<std::unique_ptr<NewtonSystem>> systems;
  for (const int threads : {1, 2, 3}) {
    omp_set_num_threads(threads);
    systems.push_back(std::make_unique<NewtonSystem>(assembly));
    systems.back()->evaluate(solid.model, s);
  }
  omp_set_num_threads(before);
  for (const auto& other : systems) {
    EXPECT_TRUE((systems[0]->residual.array() == other->residual.array()).all());
    EXPECT_TRUE((systems[0]->tangent.coeffs() == other->tangent.coeffs()).all());
    EXPECT_TRUE((systems[0]->border.array() == other->border.array()).all());
    EXPECT_EQ(systems[0]->reference_force, other->reference_force);
  }
}

TEST(Assembly, ReportsTheLowestInvertedCell) {
  Solid solid(block_mesh({4, 1, 1}, {4, 1, 1}), {material(NeoHookean{3.0}, 1500.0)});
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  for (const int n : solid.mesh.node_sets.at("zmax"))
    if (solid.mesh.X[n][0] > 0.5) s.unknowns[3 * n + 2] = -3.0;
  NewtonSystem system(assembly);
  system.evaluate(solid.model, s);
  EXPECT_EQ(system.inverted_cell, 2);
}

/// Pending prescribed motion drives the free rows by the tangent's coupling block.
TEST(Assembly, ForcingIsTheTangentTimesThePrescribedIncrement) {
  Solid whole(bent_block(), {material(NeoHookean{3.0}, 300.0)}), held(bent_block(), {material(NeoHookean{3.0}, 300.0)});
  press(whole);
  press(held);
  held.prescribe("zmin", Vec3(0.1, -0.2, 0.3));
  held.prescribe("xmax", Vec3(0.2, 0.0, 0.1), {0, 2});
  const Assembly all(whole.model), some(held.model);
  State s = some.initial_state(held.model);
  s.unknowns = wiggle(s.unknowns.size(), 0.03);
  Eigen::VectorXd pending = Eigen::VectorXd::Zero(s.unknowns.size());
  for (const Prescribed& p : held.model.supports) pending[p.unknown] = p.rate;
  const Eigen::VectorXd expected = full_tangent(whole.model, all, s) * pending;
  NewtonSystem system(some);
  system.request.prescribed_increment = &pending;
  system.evaluate(held.model, s);
  const auto& free = some.free_unknowns();
  for (std::size_t i = 0; i < free.size(); ++i) EXPECT_NEAR(system.forcing[i], expected[free[i]], 1e-10);
  const int travel = some.layout().borders().at(0);
  EXPECT_NEAR(system.border_forcing[0], expected[travel], 1e-10);
}

TEST(Assembly, RefusesAnUnknownPrescribedTwice) {
  Solid solid(block_mesh({1, 1, 1}, {1, 1, 1}), {Material{}});
  solid.model.supports = {{0, 0.0}, {0, 1.0}};
  EXPECT_THROW(Assembly{solid.model}, ContractError);
  solid.model.supports = {{24, 0.0}};
  EXPECT_THROW(Assembly{solid.model}, ContractError);
}

}  // namespace
}  // namespace nerveload
