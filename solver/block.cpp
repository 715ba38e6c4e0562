#include "solver/block.hpp"

#include <algorithm>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {

namespace {

/// Nodes, sets and names of a block; its cells are made by `fill`, of the eight nodes of every box.
template <class Fill>
Mesh block_of(const std::array<double, 3>& size, const std::array<int, 3>& cells, Fill&& fill) {
  for (int i = 0; i < 3; ++i) NL_EXPECT(size[i] > 0.0 && cells[i] > 0, "positive sizes and cell counts");
  Mesh m;
  const int nx = cells[0] + 1, ny = cells[1] + 1, nz = cells[2] + 1;
  auto node = [&](int i, int j, int k) { return (k * ny + j) * nx + i; };
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i)
        m.X.emplace_back(size[0] * (double(i) / cells[0] - 0.5), size[1] * (double(j) / cells[1] - 0.5), size[2] * double(k) / cells[2]);
  for (int k = 0; k < cells[2]; ++k)
    for (int j = 0; j < cells[1]; ++j)
      for (int i = 0; i < cells[0]; ++i)
        fill(Hex{node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k), node(i, j, k + 1), node(i + 1, j, k + 1),
                 node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1)},
             m.cells);
  m.region.assign(m.cells.size(), 0);
  m.region_names = {"1"};
  auto& all = m.node_sets["all"];
  all.resize(m.X.size());
  std::iota(all.begin(), all.end(), 0);
  const char* names[3][2] = {{"xmin", "xmax"}, {"ymin", "ymax"}, {"zmin", "zmax"}};
  for (int d = 0; d < 3; ++d)
    for (int side = 0; side < 2; ++side) {
      auto& set = m.node_sets[names[d][side]];
      for (int n = 0; n < static_cast<int>(m.X.size()); ++n) {
        const int index[3] = {n % nx, n / nx % ny, n / (nx * ny)};
        if (index[d] == (side == 0 ? 0 : cells[d])) set.push_back(n);
      }
      m.facet_sets[names[d][side]] = boundary_facets(m, set);
    }
  return m;
}

}  // namespace

Mesh block_mesh(const std::array<double, 3>& size, const std::array<int, 3>& cells) {
  return block_of(size, cells, [](const Hex& box, std::vector<Cell>& to) { to.emplace_back(box); });
}

Mesh tet_block_mesh(const std::array<double, 3>& size, const std::array<int, 3>& cells) {
  constexpr int tets[6][4] = {{0, 1, 2, 6}, {0, 3, 7, 6}, {0, 4, 5, 6}, {0, 5, 1, 6}, {0, 2, 3, 6}, {0, 7, 4, 6}};
  return block_of(size, cells, [&](const Hex& box, std::vector<Cell>& to) {
    for (const auto& t : tets) to.push_back({box[t[0]], box[t[1]], box[t[2]], box[t[3]]});
  });
}

std::vector<int> parts_of(const Mesh& mesh) {
  std::vector<int> part(mesh.X.size());
  std::iota(part.begin(), part.end(), 0);
  auto root = [&](int n) {
    while (part[n] != n) n = part[n] = part[part[n]];
    return n;
  };
  for (const Cell& cell : mesh.cells)
    for (const int n : cell) {
      const int a = root(cell[0]), b = root(n);
      part[std::max(a, b)] = std::min(a, b);
    }
  for (std::size_t n = 0; n < part.size(); ++n) part[n] = root(static_cast<int>(n));
  return part;
}

std::vector<Facet> boundary_facets(const Mesh& mesh, const std::vector<int>& nodes) {
  std::vector<bool> in(mesh.X.size(), false);
  for (const int n : nodes) in[n] = true;
  std::map<Facet, std::pair<Facet, int>> seen;  // by sorted nodes: the facet and how many cells have it
  for (const Cell& cell : mesh.cells)
    for (int f = 0; f < facet_count(cell); ++f) {
      const Facet q = facet(cell, f);
      if (!std::all_of(q.begin(), q.end(), [&](int n) { return in[n]; })) continue;
      auto& entry = seen[q.sorted()];
      entry.first = q;
      ++entry.second;
    }
  std::vector<Facet> facets;
  for (const auto& [key, entry] : seen)
    if (entry.second == 1) facets.push_back(entry.first);
  return facets;
}

}  // namespace nerveload
