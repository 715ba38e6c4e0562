#include "postprocess/sitting.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "solver/block.hpp"
#include "solver/quasistatic.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {
namespace {

/// A column of 10 mm of skin, 20 mm of fat and 30 mm of muscle under a wide flat bone, pressed by a plane from below: uniaxial compression.
struct Column {
  static constexpr double shear = 3.0;
  AnatomyMesh anatomy;
  Model model;
  ElasticBody* body = nullptr;
  Indenter* seat = nullptr;

  Column() {
    anatomy.mesh = block_mesh({60.0, 60.0, 60.0}, {6, 6, 6});
    Mesh& mesh = anatomy.mesh;
    mesh.region.assign(mesh.cells.size(), 0);
    for (const Cell& c : mesh.cells) {
      double z = 0.0;
      for (const int n : c) z += mesh.X[n].z() / 8.0;
      anatomy.tissue_of_cell.push_back(z < 10.0 ? Tissue::skin : z < 30.0 ? Tissue::fat : Tissue::gluteus_maximus);
    }
    for (std::size_t n = 0; n < mesh.X.size(); ++n)
      if ((mesh.X[n] - Vec3(0.0, 0.0, 60.0)).norm() < 1e-9) mesh.node_sets["bone_pelvis"] = {static_cast<int>(n)};
    model.mesh = &mesh;
    Material soft;
    soft.matrix = NeoHookean{shear};
    soft.volumetric = {3e4, Volumetric::Law::quadratic};
    auto solid = std::make_unique<ElasticBody>(mesh, std::vector<Material>{soft});
    body = solid.get();
    model.terms.push_back(std::move(solid));
    for (std::size_t n = 0; n < mesh.X.size(); ++n) {
      const int node = static_cast<int>(n);
      if (std::abs(mesh.X[n].z() - 60.0) < 1e-9) model.supports.push_back({3 * node + 2, 0.0});
      for (int i = 0; i < 2; ++i)
        if (std::abs(mesh.X[n][i]) < 1e-9) model.supports.push_back({3 * node + i, 0.0});  // planes of symmetry
    }
    IndenterOptions options;
    options.shape = Plane{Vec3::UnitZ()};
    auto plane = std::make_unique<Indenter>(
        mesh, mesh.facet_sets.at("zmin"), options,
        [](double) {
          return IndenterPlacement{Vec3::Zero(), Vec3::UnitZ()};
        },
        [](double) { return 0.0; });
    seat = plane.get();
    model.terms.push_back(std::move(plane));
  }
};

TEST(Sitting, UniaxialCompressionUnderAWideBone) {
  Column column;
  Problem problem(column.model, make_linear_solver(LinearSolverKind::best_available, 1));
  const State unloaded = problem.assembly.initial_state(column.model);
  State loaded = unloaded;
  PathOptions options;
  options.first_step = options.max_step = 3.0;
  const PathReport r = follow_path(
      problem, loaded, 12.0,
      [](double p) {
        return StepTarget{p, {p}};
      },
      options);
  ASSERT_EQ(r.ending, Ending::converged);
  const Sitting s = measure_sitting(column.anatomy, *column.body, *column.seat, unloaded, loaded);
  EXPECT_NEAR(s.skin.unloaded_mm, 10.0, 0.11);
  EXPECT_NEAR(s.fat.unloaded_mm, 20.0, 0.11);
  EXPECT_NEAR(s.muscle.unloaded_mm, 30.0, 0.11);
  EXPECT_NEAR(s.muscle.thickness_change_percent(), -20.0, 0.6);
  EXPECT_NEAR(s.fat.thickness_change_percent(), -20.0, 0.8);
  const double stress = Column::shear * (1.0 / 0.8 - 0.8 * 0.8);  // neo-Hookean at stretch 0.8
  for (const SittingLayer& layer : {s.muscle, s.fat, s.skin}) {
    EXPECT_NEAR(layer.compressive_strain_percent, 20.0, 0.1);
    EXPECT_NEAR(layer.compressive_stress_kPa, stress, 0.01 * stress);
  }
  EXPECT_NEAR(s.interface_pressure_kPa, stress, 0.15 * stress);  // a circle seen by some ten points of facets
}

}  // namespace
}  // namespace nerveload
