/// A slab of muscle, fat and skin in plane strain under a rigid cylinder: known force and peak pressure.
#include <gtest/gtest.h>

#include "solver/terms/indenter.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

Mesh slab_mesh() {
  constexpr int columns = 88, muscle = 14, fat = 6, skin = 1;
  Mesh mesh = block_mesh({2, 1, muscle + fat + skin}, {columns, 1, muscle + fat + skin});
  for (Vec3& X : mesh.X) {
    const double s = X[0], layer = X[2];
    X[0] = 110.0 * (0.45 * s + 0.55 * s * s * s);
    X[2] = layer <= muscle         ? 33.0 * layer / muscle
           : layer <= muscle + fat ? 33.0 + 12.0 * (layer - muscle) / fat
                                   : 45.0 + 2.0 * (layer - muscle - fat) / skin;
  }
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    const int layer = static_cast<int>(c) / columns;
    mesh.region[c] = layer < muscle ? 0 : layer < muscle + fat ? 1 : 2;
  }
  mesh.region_names = {"muscle", "fat", "skin"};
  return mesh;
}

TEST(Slab, ForceAndPeakPressureUnderARigidCylinder) {
  auto tissue = [](double mu, double alpha) { return material(Ogden{{{mu, alpha}}}, 500.0 * mu, Volumetric::Law::logarithmic); };
  Solid slab(slab_mesh(), {tissue(3.5, -1.25), tissue(0.75, -4.5), tissue(15.0, 6.0)});
  slab.prescribe("zmin", Vec3::Zero());
  slab.prescribe("all", Vec3::Zero(), {1});
  auto term = std::make_unique<Indenter>(
      slab.mesh, slab.mesh.facet_sets.at("zmax"), IndenterOptions{Cylinder{75.0, 400.0, 10.0, Vec3::UnitY()}, {}, 50.0, 0.02, 2.0},
      [](double) {
        return IndenterPlacement{Vec3(0, 0, 122), -Vec3::UnitZ()};
      },
      [](double) { return 0.0; });
  const Indenter* cylinder = term.get();
  slab.model.terms.push_back(std::move(term));
  Problem problem(slab.model, make_linear_solver(LinearSolverKind::best_available, 2));
  State state = problem.assembly.initial_state(slab.model);
  ASSERT_EQ(run_path(problem, state, 17, 25.5).ending, Ending::converged);
  const ContactReport r = cylinder->report(state);
  std::printf("%.4f N/mm, peak %.2f kPa, %d iterations, %d indefinite\n", r.force[2] * 1e-3, r.max_pressure, problem.statistics.newton_iterations,
              problem.statistics.indefinite_tangents);
  expect_verified(
      {"Slab of muscle, fat and skin under a rigid cylinder", "force at 25.5 mm, N/mm", r.force[2] * 1e-3, 2.19, 2.0, "two independent programs"});
  expect_verified(
      {"Slab of muscle, fat and skin under a rigid cylinder", "peak pressure, kPa", r.max_pressure, 27.9, 2.0, "two independent programs"});
}

}  // namespace
}  // namespace nerveload
