#include "scenarios/limb_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "solver/block.hpp"
#include "solver/terms/facet.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

LimbShape shape(LimbPart part) {
  LimbShape s;
  s.radius = 60.0;
  s.length = 80.0;
  s.bone_radius = 12.0;
  s.bone_offset = 9.0;
  s.part = part;
  s.length_cells = 4;
  s.girth_cells = 40;
  return s;
}

/// Volume of each region and of all.
std::vector<double> volumes(const Mesh& mesh) {
  std::vector<double> v(mesh.region_names.size(), 0.0);
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    // A hexahedron as six tetrahedra around its diagonal: exact for planar faces, and faces here are flat enough.
    constexpr int tets[6][4] = {{0, 1, 2, 6}, {0, 3, 7, 6}, {0, 4, 5, 6}, {0, 5, 1, 6}, {0, 2, 3, 6}, {0, 7, 4, 6}};
    const auto& X = mesh.X;
    const Cell& h = mesh.cells[c];
    for (const auto& t : tets) {
      const Vec3 a = X[h[t[1]]] - X[h[t[0]]], b = X[h[t[2]]] - X[h[t[0]]], d = X[h[t[3]]] - X[h[t[0]]];
      const double volume = std::abs(a.cross(b).dot(d)) / 6.0;
      EXPECT_GT(volume, 0.0);
      v[mesh.region[c]] += volume;
    }
  }
  return v;
}

double area(const Mesh& mesh, const std::string& set) {
  double sum = 0.0;
  for (const Facet& f : mesh.facet_sets.at(set)) {
    const FacetCorners corners = facet_corners(f, [&](int n) { return mesh.X[n]; });
    for (int p = 0; p < facet_points(f.size()); ++p) sum += facet_point(corners, p).area_vector.norm();
  }
  return sum;
}

TEST(Limb, HasTheVolumesAndAreasOfItsCylinders) {
  constexpr double pi = std::numbers::pi;
  for (const auto& [part, share] : {std::pair{LimbPart::whole, 1.0}, {LimbPart::half, 0.5}, {LimbPart::quarter, 0.25}}) {
    const Mesh mesh = limb_mesh(shape(part));
    ASSERT_EQ(mesh.region_names, (std::vector<std::string>{"muscle", "fat", "skin"}));
    const auto v = volumes(mesh);
    const double length = 80.0 * share;
    EXPECT_NEAR(v[0], pi * (50.0 * 50.0 - 12.0 * 12.0) * length, 0.005 * v[0]);
    EXPECT_NEAR(v[1], pi * (58.0 * 58.0 - 50.0 * 50.0) * length, 0.005 * v[1]);
    EXPECT_NEAR(v[2], pi * (60.0 * 60.0 - 58.0 * 58.0) * length, 0.005 * v[2]);
    EXPECT_NEAR(area(mesh, "skin"), 2.0 * pi * 60.0 * length, 0.005 * area(mesh, "skin"));
    EXPECT_NEAR(area(mesh, "bone"), 2.0 * pi * 12.0 * length, 0.005 * area(mesh, "bone"));
    EXPECT_NEAR(area(mesh, "fascia"), 2.0 * pi * 50.0 * length, 0.005 * area(mesh, "fascia"));
    EXPECT_EQ(parts_of(mesh), std::vector<int>(mesh.X.size(), 0));
  }
}

TEST(Limb, CellsAreRightHandedAndFacetsPointOutwards) {
  for (const LimbPart part : {LimbPart::whole, LimbPart::half, LimbPart::quarter}) {
    Mesh mesh = limb_mesh(shape(part));
    for (const Cell& h : mesh.cells) {
      const Vec3 a = mesh.X[h[1]] - mesh.X[h[0]], b = mesh.X[h[3]] - mesh.X[h[0]], c = mesh.X[h[4]] - mesh.X[h[0]];
      ASSERT_GT(a.cross(b).dot(c), 0.0);
    }
    const Vec3 bone(0.0, 0.0, 9.0);
    for (const auto& [set, centre, sign] : {std::tuple{"skin", Vec3(0, 0, 0), 1.0}, {"fascia", Vec3(0, 0, 0), 1.0}, {"bone", bone, -1.0}})
      for (const Facet& f : mesh.facet_sets.at(set)) {
        const FacetPoint p = facet_point(facet_corners(f, [&](int n) { return mesh.X[n]; }), 0);
        const Vec3 ray = p.X - centre;
        ASSERT_GT(sign * p.area_vector.dot(Vec3(0.0, ray[1], ray[2])), 0.0) << set;
      }
    // The fascia's facets are those between muscle and fat.
    EXPECT_EQ(interface_facets(mesh, 0, 1).size(), mesh.facet_sets.at("fascia").size());
  }
}

TEST(Limb, EverySurfaceNodeIsInASet) {
  for (const LimbPart part : {LimbPart::whole, LimbPart::half, LimbPart::quarter}) {
    const Mesh mesh = limb_mesh(shape(part));
    std::size_t facets = 0;
    for (const auto& [name, set] : mesh.facet_sets)
      if (name != "fascia") facets += set.size();
    EXPECT_EQ(facets, boundary_facets(mesh, mesh.node_sets.at("all")).size());
    EXPECT_EQ(mesh.node_sets.contains("symmetry_x"), part == LimbPart::quarter);
    EXPECT_EQ(mesh.node_sets.contains("symmetry_y"), part != LimbPart::whole);
    for (const int n : mesh.node_sets.at("ends")) EXPECT_NEAR(std::abs(mesh.X[n][0]), 40.0, 1e-12);
    if (part != LimbPart::whole) {
      for (const int n : mesh.node_sets.at("symmetry_y")) EXPECT_NEAR(mesh.X[n][1], 0.0, 1e-12);
    }
  }
}

TEST(Limb, CellsAreSmallWhereItIsPressed) {
  LimbShape s = shape(LimbPart::quarter);
  s.grading = 5.0;
  const Mesh mesh = limb_mesh(s);
  auto edge = [&](const Vec3& a, const Vec3& b) {
    auto nearest = [&](const Vec3& to) {
      double best = 1e9;
      for (const int n : mesh.node_sets.at("skin")) best = std::min(best, (mesh.X[n] - to).norm());
      return best;
    };
    return std::pair{nearest(a), nearest(b)};
  };
  const auto at = graded_divisions(40, 5.0);
  const double first = std::numbers::pi * at[1], last = std::numbers::pi * at[39];
  const auto [top, bottom] = edge(60.0 * Vec3(0, std::sin(first), std::cos(first)), 60.0 * Vec3(0, std::sin(last), std::cos(last)));
  EXPECT_LT(top, 1e-9);
  EXPECT_LT(bottom, 1e-9);
  EXPECT_NEAR((at[40] - at[39]) / at[1], 5.0, 1e-9);
}

TEST(Limb, LayersMayBeMissing) {
  LimbShape s = shape(LimbPart::quarter);
  s.skin = 0.0;
  Mesh mesh = limb_mesh(s);
  EXPECT_EQ(mesh.region_names, (std::vector<std::string>{"muscle", "fat"}));
  s.fat = 0.0;
  mesh = limb_mesh(s);
  EXPECT_EQ(mesh.region_names, std::vector<std::string>{"muscle"});
  EXPECT_EQ(mesh.node_sets.at("fascia"), mesh.node_sets.at("skin"));
  s.bone_offset = 50.0;
  EXPECT_THROW(limb_mesh(s), std::logic_error);
}

TEST(Block, GradedDivisionsGrowGeometrically) {
  const auto at = graded_divisions(6, 32.0);
  for (int i = 2; i <= 6; ++i) EXPECT_NEAR((at[i] - at[i - 1]) / (at[i - 1] - at[i - 2]), 2.0, 1e-12);
  EXPECT_EQ(at.front(), 0.0);
  EXPECT_NEAR(at.back(), 1.0, 1e-15);
  const Mesh mesh = block_mesh({10, 20, 30}, {2, 1, 3}, {3.0, 1.0, 0.25});
  EXPECT_NEAR(mesh.X[1][0], -2.5, 1e-12);
  EXPECT_NEAR(mesh.X[6][2], 30.0 * 4.0 / 7.0, 1e-12);
}

}  // namespace
}  // namespace nerveload
