#include "meshes/section_topology.hpp"

#include <functional>
#include <numeric>

namespace nerveload {
namespace {

struct Block {
  int i0, i1, j0, j1;
  bool inside(int i, int j) const { return i > i0 && i < i1 && j > j0 && j < j1; }
  bool covers_cell(int i, int j) const { return i >= i0 && i < i1 && j >= j0 && j < j1; }
  int nx() const { return i1 - i0; }
  int ny() const { return j1 - j0; }
};

/// Border of an nx × ny block, counter-clockwise from the lower left.
std::vector<int> border(int i0, int i1, int j0, int j1, const std::function<int(int, int)>& node) {
  std::vector<int> loop;
  for (int i = i0; i < i1; ++i) loop.push_back(node(i, j0));
  for (int j = j0; j < j1; ++j) loop.push_back(node(i1, j));
  for (int i = i1; i > i0; --i) loop.push_back(node(i, j1));
  for (int j = j1; j > j0; --j) loop.push_back(node(i0, j));
  return loop;
}

template <std::size_t N>
std::array<int, N + 1> starts(const std::array<int, N>& counts) {
  std::array<int, N + 1> s{};
  std::partial_sum(counts.begin(), counts.end(), s.begin() + 1);
  return s;
}

int block_of(const auto& start, int cell) {
  int b = 0;
  while (cell >= start[b + 1]) ++b;
  return b;
}

}  // namespace

Divisions divisions_of(Fidelity fidelity) {
  switch (fidelity) {
    case Fidelity::rough: return {{1, 2, 2, 3, 3, 1}, {1, 3, 2, 2, 1}, 1, 1, 1, 1, 26, 10.0, 0, 0, 0.02};
    case Fidelity::coarse: return {{1, 3, 2, 4, 4, 2}, {1, 4, 2, 2, 1}, 2, 2, 1, 1, 34, 8.0, 0, 0, 0.02};
    case Fidelity::standard: return {{2, 4, 4, 6, 6, 3}, {2, 6, 3, 4, 2}, 3, 3, 2, 1, 46, 4.6, 3, 10, 0.02};
    case Fidelity::fine: return {{3, 6, 6, 8, 9, 4}, {3, 9, 5, 6, 3}, 4, 4, 3, 2, 62, 3.2, 3, 10, 0.004};
  }
  return {};
}

SectionTopology::SectionTopology(const Divisions& d) {
  const auto column = starts(d.columns);
  const auto row = starts(d.rows);
  const int nx = column.back(), ny = row.back();
  const Block medial{column[1], column[2], row[3], row[5]}, lateral{column[4], column[5], row[1], row[2]},
      nerve{column[3], column[4], row[3], row[4]};
  std::vector<int> lattice((nx + 1) * (ny + 1), -1);
  for (int j = 0; j <= ny; ++j)
    for (int i = 0; i <= nx; ++i) {
      if (medial.inside(i, j) || lateral.inside(i, j) || nerve.inside(i, j)) continue;
      lattice[j * (nx + 1) + i] = static_cast<int>(nodes.size());
      nodes.push_back({});
    }
  const auto at = [&](int i, int j) { return lattice[j * (nx + 1) + i]; };
  for (int j = 0; j < ny; ++j)
    for (int i = 0; i < nx; ++i) {
      if (medial.covers_cell(i, j) || lateral.covers_cell(i, j) || nerve.covers_cell(i, j)) continue;
      const int r = block_of(row, j), c = block_of(column, i);
      const Part part = r == 4 ? Part::row4_band : r == 3 ? Part::row3 : Part::core;
      quads.push_back({{at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)}, part, c, r, -1});
    }

  auto loop_of = [&](const Block& b, Binding binding) {
    std::vector<int> loop = border(b.i0, b.i1, b.j0, b.j1, at);
    for (std::size_t k = 0; k < loop.size(); ++k) nodes[loop[k]] = {binding, static_cast<int>(k), Carrier::section, 0, 0.0};
    return loop;
  };
  auto add_ring = [&](std::size_t count, Binding binding, int layer, double share) {
    std::vector<int> ring;
    for (std::size_t k = 0; k < count; ++k) {
      ring.push_back(static_cast<int>(nodes.size()));
      nodes.push_back({binding, static_cast<int>(k), Carrier::section, layer, share});
    }
    return ring;
  };
  auto add_ring_quads = [&](const std::vector<int>& in, const std::vector<int>& out, Part part, int number = -1) {
    for (std::size_t k = 0; k < in.size(); ++k) {
      const std::size_t n = (k + 1) % in.size();
      quads.push_back({{in[k], out[k], out[n], in[n]}, part, -1, -1, number >= 0 ? side_of[k] : -1, number});
    }
  };
  auto add_core = [&](const std::vector<int>& loop, int cx, int cy, Part part) {
    std::vector<int> inner((cx + 1) * (cy + 1), -1);
    const auto local = [&](int i, int j) { return j * (cx + 1) + i; };
    const std::vector<int> edge = border(0, cx, 0, cy, local);
    for (std::size_t k = 0; k < loop.size(); ++k) inner[edge[k]] = loop[k];
    for (int& n : inner)
      if (n < 0) {
        n = static_cast<int>(nodes.size());
        nodes.push_back({});
      }
    for (int j = 0; j < cy; ++j)
      for (int i = 0; i < cx; ++i)
        quads.push_back({{inner[local(i, j)], inner[local(i + 1, j)], inner[local(i + 1, j + 1)], inner[local(i, j + 1)]}, part, -1, -1, -1});
  };

  medial_loop = loop_of(medial, Binding::medial);
  lateral_loop = loop_of(lateral, Binding::lateral);
  nerve_loop = loop_of(nerve, Binding::nerve);
  medial_block = {medial.nx(), medial.ny()};
  lateral_block = {lateral.nx(), lateral.ny()};
  nerve_block = {nerve.nx(), nerve.ny()};

  const int inside_from = static_cast<int>(nodes.size());
  const std::vector<int> medial_core = add_ring(medial_loop.size(), Binding::free, 0, 0.0);
  add_ring_quads(medial_core, medial_loop, Part::medial);
  add_core(medial_core, medial.nx(), medial.ny(), Part::medial);
  for (int n = inside_from; n < static_cast<int>(nodes.size()); ++n) medial_inside.push_back(n);
  const auto carry = [&](const std::vector<int>& loop, int from, Carrier carrier) {
    for (const int n : loop) nodes[n].carrier = carrier;
    for (int n = from; n < static_cast<int>(nodes.size()); ++n) nodes[n].carrier = carrier;
  };
  carry(medial_loop, inside_from, Carrier::medial);

  // Nerve: paraneurium rings and one epineurium ring follow the outline; fascicle rings and core are free.
  const int nerve_outside = static_cast<int>(nodes.size());
  std::vector<int> outer = nerve_loop;
  for (int r = 1; r <= d.paraneurium_rings; ++r) {
    const auto ring = add_ring(outer.size(), Binding::nerve, r, 0.0);
    add_ring_quads(ring, outer, Part::paraneurium);
    outer = ring;
  }
  const int nerve_from = outer.front();
  const auto epineurium = add_ring(outer.size(), Binding::nerve, d.paraneurium_rings + 1, 0.0);
  add_ring_quads(epineurium, outer, Part::epineurium);
  outer = epineurium;
  for (int r = 0; r < d.fascicle_rings; ++r) {
    const auto ring = add_ring(outer.size(), Binding::free, 0, 0.0);
    add_ring_quads(ring, outer, Part::fascicles);
    outer = ring;
  }
  add_core(outer, nerve.nx(), nerve.ny(), Part::fascicles);
  for (int n = nerve_from; n < static_cast<int>(nodes.size()); ++n) nerve_nodes.push_back(n);
  carry(nerve_loop, nerve_outside, Carrier::nerve);

  // Rings around the lattice.
  rings.push_back(border(0, nx, 0, ny, at));
  around = static_cast<int>(rings[0].size());
  posterior_middle = nx + ny + nx - (column[3] + column[4]) / 2;
  side_of.resize(around);
  for (int k = 0; k < around; ++k) side_of[k] = k < nx ? 0 : k < nx + ny ? 1 : k < 2 * nx + ny ? 2 : 3;
  auto grow = [&](Binding binding, double share, Part part) {
    rings.push_back(add_ring(static_cast<std::size_t>(around), binding, 0, share));
    add_ring_quads(rings[rings.size() - 2], rings.back(), part, static_cast<int>(rings.size()) - 2);
  };
  for (int r = 1; r <= d.muscle_rings; ++r) grow(r == d.muscle_rings ? Binding::muscle : Binding::free, 0.0, Part::muscle_ring);
  muscle_border_ring = static_cast<int>(rings.size()) - 1;
  for (int r = 1; r <= d.fat_rings; ++r) grow(r == d.fat_rings ? Binding::skin_inside : Binding::fat, double(r) / d.fat_rings, Part::fat);
  grow(Binding::skin_outside, 1.0, Part::skin);

  for (int i = column[2]; i <= column[5]; ++i) {
    const int front = at(i, row[4]);
    if (nodes[front].binding == Binding::free) piriformis_front.push_back(front);
    if (nodes[at(i, ny)].binding == Binding::free) piriformis_back.push_back(at(i, ny));
  }
}

}  // namespace nerveload
