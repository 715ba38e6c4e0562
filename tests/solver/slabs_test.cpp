#include "solver/slabs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/blocks.hpp"

namespace nerveload {
namespace {

/// Every cell is in one slab, and cells with a node in common are in the same slab or in neighbours.
void expect_slabs(const Mesh& mesh, const std::vector<std::vector<int>>& found) {
  std::vector<int> slab_of(mesh.cells.size(), -1), lowest(mesh.X.size(), 1 << 30), highest(mesh.X.size(), -1);
  for (std::size_t s = 0; s < found.size(); ++s) {
    EXPECT_FALSE(found[s].empty());
    EXPECT_TRUE(std::is_sorted(found[s].begin(), found[s].end()));
    for (const int c : found[s]) {
      EXPECT_EQ(slab_of[c], -1);
      slab_of[c] = static_cast<int>(s);
      for (const int n : mesh.cells[c]) {
        lowest[n] = std::min(lowest[n], slab_of[c]);
        highest[n] = std::max(highest[n], slab_of[c]);
      }
    }
  }
  for (const int s : slab_of) EXPECT_GE(s, 0);
  for (std::size_t n = 0; n < mesh.X.size(); ++n) EXPECT_LE(highest[n] - lowest[n], 1);
}

TEST(Slabs, OfABlockAreItsLayers) {
  const Mesh mesh = block_mesh({9, 4, 3}, {9, 4, 3});
  const auto found = slabs(mesh, 1);
  expect_slabs(mesh, found);
  ASSERT_EQ(found.size(), 9u);
  for (const auto& slab : found) EXPECT_EQ(slab.size(), 12u);
  EXPECT_EQ(slabs(mesh, 20).size(), 5u);
  EXPECT_EQ(slabs(mesh, 1000).size(), 1u);
}

TEST(Slabs, TwoApartNeverMeet) {
  for (const char* shape : cell_shapes)
    for (const int least : {1, 10, 64}) {
      const Mesh mesh = block_of_shape(shape, {5, 4, 3}, {5, 4, 3});
      expect_slabs(mesh, slabs(mesh, least));
    }
}

TEST(Slabs, PartsFollowOneAnother) {
  Mesh mesh = block_mesh({3, 1, 1}, {3, 1, 1});
  const Mesh other = mesh;
  for (Cell cell : other.cells) {
    for (int& n : cell) n += static_cast<int>(other.X.size());
    mesh.cells.push_back(cell);
  }
  mesh.X.insert(mesh.X.end(), other.X.begin(), other.X.end());
  const auto found = slabs(mesh, 1);
  expect_slabs(mesh, found);
  EXPECT_EQ(found.size(), 6u);
  EXPECT_TRUE(slabs(Mesh{}, 1).empty());
}

}  // namespace
}  // namespace nerveload
