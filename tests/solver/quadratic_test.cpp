#include "solver/quadratic.hpp"

#include <gtest/gtest.h>

#include "solver/block.hpp"

namespace nerveload {
namespace {

TEST(ToQuadratic, PutsOneNodeInTheMiddleOfEveryEdge) {
  const Mesh linear = tet_block_mesh({2, 2, 2}, {2, 2, 2}), m = to_quadratic(linear);
  EXPECT_EQ(m.X.size(), 125u);  // a lattice of half the spacing
  ASSERT_EQ(m.cells.size(), linear.cells.size());
  for (const Cell& c : m.cells) {
    ASSERT_EQ(c.size(), 10);
    const int ends[6][2] = {{0, 1}, {1, 2}, {2, 0}, {0, 3}, {1, 3}, {2, 3}};
    for (int e = 0; e < 6; ++e) EXPECT_LT((m.X[c[4 + e]] - 0.5 * (m.X[c[ends[e][0]]] + m.X[c[ends[e][1]]])).norm(), 1e-15);
  }
}

TEST(ToQuadratic, CarriesSetsAndFacetsAlong) {
  Mesh linear = tet_block_mesh({2, 2, 2}, {2, 2, 2});
  for (int n = 0; n < static_cast<int>(linear.X.size()); ++n)
    if (linear.X[n].head<2>().cwiseAbs().maxCoeff() > 0.99 || linear.X[n][2] < 0.01 || linear.X[n][2] > 1.99) linear.node_sets["skin"].push_back(n);
  const Mesh m = to_quadratic(linear);
  EXPECT_EQ(m.node_sets.at("zmax").size(), 25u);
  EXPECT_EQ(m.node_sets.at("all").size(), 125u);
  EXPECT_EQ(m.node_sets.at("skin").size(), 98u);  // not the middles of edges through the inside
  ASSERT_EQ(m.facet_sets.at("zmax").size(), 8u);
  for (const Facet& f : m.facet_sets.at("zmax")) {
    ASSERT_EQ(f.size(), 6);
    EXPECT_GT((m.X[f[1]] - m.X[f[0]]).cross(m.X[f[2]] - m.X[f[0]])[2], 0.0);
    for (int i = 0; i < 3; ++i) EXPECT_LT((m.X[f[3 + i]] - 0.5 * (m.X[f[i]] + m.X[f[(i + 1) % 3]])).norm(), 1e-15);
  }
  // The facets of the quadratic cells themselves are the same.
  auto sorted = [](std::vector<Facet> all) {
    for (Facet& f : all) f = f.sorted();
    std::sort(all.begin(), all.end());
    return all;
  };
  EXPECT_EQ(sorted(boundary_facets(m, m.node_sets.at("zmax"))), sorted(m.facet_sets.at("zmax")));
}

/// The set of two sides that meet has no middle of an edge that cuts the corner between them; a line keeps its own.
TEST(ToQuadratic, SetsGoRoundCorners) {
  Mesh linear = tet_block_mesh({2, 2, 2}, {2, 2, 2});
  for (int n = 0; n < static_cast<int>(linear.X.size()); ++n) {
    const Vec3& X = linear.X[n];
    for (const bool low : {false, true}) {
      const double side = low ? -1.0 : 1.0;
      if (X[0] == side || X[2] == 1.0 + side) linear.node_sets[low ? "low" : "high"].push_back(n);
    }
    if (X[0] == -1.0 && X[2] == 2.0) linear.node_sets["edge"].push_back(n);
  }
  const Mesh m = to_quadratic(linear);
  EXPECT_EQ(m.node_sets.at("low").size(), 45u);
  EXPECT_EQ(m.node_sets.at("high").size(), 45u);
  EXPECT_EQ(m.node_sets.at("edge").size(), 5u);
}

TEST(ToQuadratic, LeavesHexahedraAlone) {
  const Mesh cells = block_mesh({1, 1, 1}, {2, 1, 1}), same = to_quadratic(cells);
  EXPECT_EQ(same.cells, cells.cells);
  EXPECT_EQ(same.X.size(), cells.X.size());
}

}  // namespace
}  // namespace nerveload
