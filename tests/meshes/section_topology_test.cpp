#include "meshes/section_topology.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace nerveload {
namespace {

class SectionTopologyOf : public testing::TestWithParam<Fidelity> {
 protected:
  Divisions divisions = divisions_of(GetParam());
  SectionTopology topology{divisions};
  /// Directed edges with how often they occur.
  std::map<std::pair<int, int>, int> edges() const {
    std::map<std::pair<int, int>, int> count;
    for (const SectionQuad& q : topology.quads)
      for (int c = 0; c < 4; ++c) ++count[{q.nodes[c], q.nodes[(c + 1) % 4]}];
    return count;
  }
};

/// Every edge belongs to two quads that run it in opposite directions, but for the outer ring and the hole of the femur.
TEST_P(SectionTopologyOf, IsAConformingRingAroundTheFemur) {
  const auto count = edges();
  std::set<int> border;
  std::size_t inner = 0;
  for (const auto& [edge, times] : count) {
    EXPECT_EQ(times, 1);
    if (count.contains({edge.second, edge.first})) ++inner;
    else border.insert({edge.first, edge.second});
  }
  std::set<int> expected(topology.rings.back().begin(), topology.rings.back().end());
  expected.insert(topology.lateral_loop.begin(), topology.lateral_loop.end());
  EXPECT_EQ(border, expected);
  const long edge_count = static_cast<long>(inner / 2 + border.size());
  EXPECT_EQ(static_cast<long>(topology.nodes.size()) - edge_count + static_cast<long>(topology.quads.size()), 0);
}

/// Corners of inclusions have five neighbours, of their cores and of the lattice three; all other inner nodes have four.
TEST_P(SectionTopologyOf, HasFewIrregularNodes) {
  std::map<int, int> neighbours;
  std::set<std::pair<int, int>> seen;
  for (const auto& [edge, times] : edges())
    if (seen.insert(std::minmax(edge.first, edge.second)).second) {
      ++neighbours[edge.first];
      ++neighbours[edge.second];
    }
  int threes = 0, fives = 0;
  std::set<int> border(topology.rings.back().begin(), topology.rings.back().end());
  border.insert(topology.lateral_loop.begin(), topology.lateral_loop.end());
  for (const auto& [node, n] : neighbours) {
    if (border.contains(node)) continue;
    EXPECT_TRUE(n >= 3 && n <= 5) << node;
    threes += n == 3;
    fives += n == 5;
  }
  EXPECT_EQ(fives, 8);       // corners of the medial inclusion and of the nerve
  EXPECT_EQ(threes, 8 + 4);  // corners of their cores and of the lattice
}

TEST_P(SectionTopologyOf, NamesItsParts) {
  EXPECT_EQ(topology.medial_loop.size(), 2u * (topology.medial_block[0] + topology.medial_block[1]));
  EXPECT_EQ(topology.nerve_loop.size(), 2u * (topology.nerve_block[0] + topology.nerve_block[1]));
  EXPECT_GE(divisions.rows[2], 2);  // cells between nerve and femur
  EXPECT_GE(topology.nerve_loop.size(), 12u);
  for (const auto& ring : topology.rings) EXPECT_EQ(ring.size(), static_cast<std::size_t>(topology.around));
  EXPECT_EQ(topology.rings.size(), 2u + divisions.muscle_rings + divisions.fat_rings);
  std::set<Part> parts;
  for (const SectionQuad& q : topology.quads) parts.insert(q.part);
  EXPECT_EQ(parts.size(), 10u);
  for (const std::vector<int>* face : {&topology.piriformis_front, &topology.piriformis_back}) {
    EXPECT_GE(face->size(), 3u);
    for (const int n : *face) EXPECT_EQ(topology.nodes[n].binding, Binding::free);
  }
}

std::string name_of(const testing::TestParamInfo<Fidelity>& info) {
  return info.param == Fidelity::coarse ? "coarse" : info.param == Fidelity::standard ? "standard" : "fine";
}
INSTANTIATE_TEST_SUITE_P(Fidelity, SectionTopologyOf, testing::Values(Fidelity::coarse, Fidelity::standard, Fidelity::fine), name_of);

}  // namespace
}  // namespace nerveload
