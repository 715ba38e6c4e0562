#pragma once
#include <cmath>
#include <map>
#include <numbers>

#include "solver/block.hpp"

namespace nerveload {

/// An eighth (x, y, z ≥ 0) of a hollow ball, or of a full one around a cube of cells: three patches from the faces of a cube to the sphere.
struct Octant {
  double inner = 1.0;   ///< radius of the hollow, or edge of the inner cube, mm
  double outer = 2.0;   ///< mm
  int across = 8;       ///< cells along an edge of the cube
  int radial = 8;       ///< cells from the inner surface to the outer one
  double growth = 1.0;  ///< size of a cell over that of the one inside it
  bool full = false;    ///< with the cube's cells
};

/// Node sets x0, y0, z0 (the planes of symmetry), inner (of a hollow ball) and outer; facet sets of the same names.
inline Mesh octant_mesh(const Octant& o) {
  Mesh mesh;
  mesh.region_names = {"1"};
  std::map<std::array<long long, 3>, int> known;
  auto node = [&](const Vec3& X) {
    std::array<long long, 3> key;
    for (int i = 0; i < 3; ++i) key[i] = std::llround(X[i] * 1e7 / o.inner);
    const auto [it, fresh] = known.try_emplace(key, static_cast<int>(mesh.X.size()));
    if (fresh) mesh.X.push_back(X);
    return it->second;
  };
  // Hexahedra of a patch whose axes (i, j, k) are right-handed.
  auto fill = [&](int ni, int nj, int nk, auto&& at) {
    for (int k = 0; k < nk; ++k)
      for (int j = 0; j < nj; ++j)
        for (int i = 0; i < ni; ++i) {
          Hex hex;
          constexpr int corner[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
          for (int n = 0; n < 8; ++n) hex[n] = node(at(i + corner[n % 4][0], j + corner[n % 4][1], k + n / 4));
          mesh.cells.push_back(hex);
          mesh.region.push_back(0);
        }
  };
  const int n = o.across;
  if (o.full) fill(n, n, n, [&](int i, int j, int k) -> Vec3 { return o.inner / n * Vec3(i, j, k); });
  const double cells = o.growth == 1.0 ? o.radial : (std::pow(o.growth, o.radial) - 1.0) / (o.growth - 1.0);
  for (int d = 0; d < 3; ++d)
    fill(n, n, o.radial, [&](int i, int j, int k) -> Vec3 {
      const double before = o.growth == 1.0 ? k : (std::pow(o.growth, k) - 1.0) / (o.growth - 1.0), t = before / cells;
      Vec3 cube, sphere;
      cube[d] = sphere[d] = 1.0;
      cube[(d + 1) % 3] = double(i) / n;
      cube[(d + 2) % 3] = double(j) / n;
      sphere[(d + 1) % 3] = std::tan(0.25 * std::numbers::pi * i / n);
      sphere[(d + 2) % 3] = std::tan(0.25 * std::numbers::pi * j / n);
      sphere.normalize();
      return (1.0 - t) * o.inner * (o.full ? cube : sphere) + t * o.outer * sphere;
    });
  for (int k = 0; k < static_cast<int>(mesh.X.size()); ++k) {
    const char* const plane[3] = {"x0", "y0", "z0"};
    for (int i = 0; i < 3; ++i)
      if (std::abs(mesh.X[k][i]) < 1e-9 * o.inner) mesh.node_sets[plane[i]].push_back(k);
    if (mesh.X[k].norm() > o.outer * (1.0 - 1e-9)) mesh.node_sets["outer"].push_back(k);
    if (!o.full && mesh.X[k].norm() < o.inner * (1.0 + 1e-9)) mesh.node_sets["inner"].push_back(k);
  }
  for (const auto& [name, nodes] : mesh.node_sets) mesh.facet_sets[name] = boundary_facets(mesh, nodes);
  return mesh;
}

}  // namespace nerveload
