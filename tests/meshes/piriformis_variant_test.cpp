#include <gtest/gtest.h>

#include <map>

#include "meshes/anatomy_mesh.hpp"

namespace nerveload {
namespace {

AnatomyMesh mesh_of(PiriformisVariant variant) {
  AnatomyShape shape;
  shape.fidelity = Fidelity::coarse;
  shape.focus_station_mm = -60.0;
  shape.piriformis_variant = variant;
  return build_anatomy(shape);
}

const AnatomyMesh& mesh(PiriformisVariant variant) {
  static std::map<PiriformisVariant, AnatomyMesh> meshes;
  const auto known = meshes.find(variant);
  return known != meshes.end() ? known->second : meshes.emplace(variant, mesh_of(variant)).first->second;
}

Vec3 middle(const AnatomyMesh& a, std::size_t cell) {
  Vec3 x = Vec3::Zero();
  for (const int n : a.mesh.cells[cell]) x += 0.125 * a.mesh.X[n];
  return x;
}

/// Volume of a hexahedron as six tetrahedra about its first diagonal.
double volume(const AnatomyMesh& a, std::size_t cell) {
  const Cell& c = a.mesh.cells[cell];
  auto X = [&](int i) { return a.mesh.X[c[i]]; };
  double v = 0.0;
  for (const auto& [p, q] : {std::pair{1, 2}, {2, 3}, {3, 7}, {7, 4}, {4, 5}, {5, 1}}) v += (X(p) - X(0)).cross(X(q) - X(0)).dot(X(6) - X(0)) / 6.0;
  return v;
}

/// Piriformis behind (posterior), in front of and beside the nerve, cm³: in the axes of the nearest section of the nerve.
std::array<double, 3> around_nerve(PiriformisVariant variant) {
  const AnatomyMesh& a = mesh(variant);
  std::array<double, 3> v{};
  for (std::size_t c = 0; c < a.mesh.cells.size(); ++c) {
    if (a.tissue_of_cell[c] != Tissue::piriformis) continue;
    const Vec3 x = middle(a, c);
    std::size_t nearest = 0;
    for (std::size_t k = 0; k < a.nerve.sections.size(); ++k)
      if (std::abs((x - a.nerve.sections[k].centre).dot(a.section_axes[k].col(2))) <
          std::abs((x - a.nerve.sections[nearest].centre).dot(a.section_axes[nearest].col(2))))
        nearest = k;
    const NerveSection& s = a.nerve.sections[nearest];
    const double back = (x - s.centre).dot(a.section_axes[nearest].col(1));
    v[back > 0.5 * s.thickness_mm ? 0 : back < -0.5 * s.thickness_mm ? 1 : 2] += 1e-3 * volume(a, c);
  }
  return v;
}

TEST(PiriformisVariant, ChangesTissuesAndNothingElse) {
  const AnatomyMesh& below = mesh(PiriformisVariant::A);
  for (const PiriformisVariant v : {PiriformisVariant::B, PiriformisVariant::D, PiriformisVariant::F}) {
    const AnatomyMesh& other = mesh(v);
    EXPECT_EQ(other.mesh.X, below.mesh.X);
    EXPECT_EQ(other.mesh.cells, below.mesh.cells);
    EXPECT_NE(other.mesh.region, below.mesh.region);
    // The nerve, its bed and everything off the muscle's levels stay what they are.
    for (std::size_t c = 0; c < below.mesh.cells.size(); ++c) {
      const Tissue t = below.tissue_of_cell[c];
      if (t == Tissue::fascicles || t == Tissue::epineurium || t == Tissue::paraneurium || t == Tissue::skin || t == Tissue::fat) {
        EXPECT_EQ(other.tissue_of_cell[c], t);
      }
    }
  }
}

TEST(PiriformisVariant, LiesBehindAroundOrInFrontOfTheNerve) {
  const auto below = around_nerve(PiriformisVariant::A), part = around_nerve(PiriformisVariant::B), through = around_nerve(PiriformisVariant::D),
             above = around_nerve(PiriformisVariant::F);
  EXPECT_GT(below[0], 20.0);
  EXPECT_LT(below[1] + below[2], 0.1 * below[0]);
  EXPECT_LT(above[0] + above[2], 0.35 * above[1]);
  EXPECT_GT(above[1], 5.0);
  for (int i = 1; i < 3; ++i) {
    EXPECT_GT(part[i], below[i]);
    EXPECT_GT(through[i], part[i]);
  }
  EXPECT_NEAR(through[0], below[0], 0.2 * below[0]);
}

}  // namespace
}  // namespace nerveload
