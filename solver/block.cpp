#include "solver/block.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {

namespace {

/// Nodes, sets and names of a block; its cells are made by `fill`, of the eight nodes of every box.
template <class Fill>
Mesh block_of(const std::array<double, 3>& size, const std::array<int, 3>& cells, const std::array<double, 3>& grading, Fill&& fill) {
  for (int i = 0; i < 3; ++i) NL_EXPECT(size[i] > 0.0 && cells[i] > 0 && grading[i] > 0.0, "positive sizes, cell counts and gradings");
  const std::vector<double> at[3] = {graded_divisions(cells[0], grading[0]), graded_divisions(cells[1], grading[1]),
                                     graded_divisions(cells[2], grading[2])};
  Mesh m;
  const int nx = cells[0] + 1, ny = cells[1] + 1, nz = cells[2] + 1;
  auto node = [&](int i, int j, int k) { return (k * ny + j) * nx + i; };
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) m.X.emplace_back(size[0] * (at[0][i] - 0.5), size[1] * (at[1][j] - 0.5), size[2] * at[2][k]);
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

std::vector<double> graded_divisions(int cells, double grading) {
  std::vector<double> at;
  if (grading == 1.0) {
    for (int i = 0; i <= cells; ++i) at.push_back(double(i) / cells);
    return at;
  }
  const double growth = cells > 1 ? std::pow(grading, 1.0 / (cells - 1)) : grading;
  for (int i = 0; i <= cells; ++i) at.push_back((std::pow(growth, i) - 1.0) / (std::pow(growth, cells) - 1.0));
  return at;
}

Mesh block_mesh(const std::array<double, 3>& size, const std::array<int, 3>& cells, const std::array<double, 3>& grading) {
  return block_of(size, cells, grading, [](const Hex& box, std::vector<Cell>& to) { to.emplace_back(box); });
}

Mesh tet_block_mesh(const std::array<double, 3>& size, const std::array<int, 3>& cells, const std::array<double, 3>& grading) {
  constexpr int tets[6][4] = {{0, 1, 2, 6}, {0, 3, 7, 6}, {0, 4, 5, 6}, {0, 5, 1, 6}, {0, 2, 3, 6}, {0, 7, 4, 6}};
  return block_of(size, cells, grading, [&](const Hex& box, std::vector<Cell>& to) {
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

std::vector<Facet> interface_facets(const Mesh& mesh, int region, int other) {
  std::map<Facet, Facet> own;  // of the first region's cells, by sorted nodes
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    if (mesh.region[c] == region)
      for (int f = 0; f < facet_count(mesh.cells[c]); ++f) own.emplace(facet(mesh.cells[c], f).sorted(), facet(mesh.cells[c], f));
  std::vector<Facet> facets;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    if (mesh.region[c] == other)
      for (int f = 0; f < facet_count(mesh.cells[c]); ++f)
        if (const auto found = own.find(facet(mesh.cells[c], f).sorted()); found != own.end()) facets.push_back(found->second);
  return facets;
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
