#include "solver/quadratic.hpp"

#include <numeric>
#include <set>

#include "solver/block.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {
namespace {

using Edge = std::pair<int, int>;
Edge edge(int a, int b) { return std::minmax(a, b); }

/// Middle nodes of edges, made on demand.
class Middles {
 public:
  explicit Middles(Mesh& mesh) : mesh_(mesh) {}
  int of(int a, int b) {
    const auto [at, fresh] = number_.try_emplace(edge(a, b), static_cast<int>(mesh_.X.size()));
    if (fresh) mesh_.X.push_back(0.5 * (mesh_.X[a] + mesh_.X[b]));
    return at->second;
  }
  const std::map<Edge, int>& all() const { return number_; }

 private:
  Mesh& mesh_;
  std::map<Edge, int> number_;
};

Facet with_middles(const Facet& f, Middles& middles) {
  if (f.size() != 3) return f;
  return std::array{f[0], f[1], f[2], middles.of(f[0], f[1]), middles.of(f[1], f[2]), middles.of(f[2], f[0])};
}

/// Edges that a set of outer nodes covers: those of the facets that lie in it as a whole, so that none cuts a corner between two sides; of a
/// set without such a facet, a line, all edges of the outside.
std::set<Edge> edges_of_set(const std::vector<Facet>& outside, const std::vector<bool>& in) {
  std::set<Edge> of_facets, all;
  for (const Facet& f : outside) {
    const bool whole = std::all_of(f.begin(), f.end(), [&](int n) { return in[n]; });
    for (int i = 0; i < f.size(); ++i) {
      const Edge e = edge(f[i], f[(i + 1) % f.size()]);
      all.insert(e);
      if (whole) of_facets.insert(e);
    }
  }
  return of_facets.empty() ? all : of_facets;
}

}  // namespace

Mesh to_quadratic(const Mesh& mesh) {
  Mesh out = mesh;
  Middles middles(out);
  for (Cell& cell : out.cells) {
    if (cell.size() != Tet4Shape::nodes) continue;
    std::array<int, Tet10Shape::nodes> nodes{};
    std::copy(cell.begin(), cell.end(), nodes.begin());
    for (int e = 0; e < 6; ++e) nodes[4 + e] = middles.of(cell[Tet10Shape::edges[e][0]], cell[Tet10Shape::edges[e][1]]);
    cell = nodes;
  }
  for (auto& [name, facets] : out.facet_sets)
    for (Facet& f : facets) f = with_middles(f, middles);

  std::vector<int> every(mesh.X.size());
  std::iota(every.begin(), every.end(), 0);
  const std::vector<Facet> outside = boundary_facets(mesh, every);
  std::vector<bool> outer(mesh.X.size(), false);
  for (const Facet& f : outside)
    for (const int n : f) outer[n] = true;
  for (auto& [name, nodes] : out.node_sets) {
    std::vector<bool> in(mesh.X.size(), false);
    for (const int n : nodes) in[n] = true;
    const bool inside = std::any_of(nodes.begin(), nodes.end(), [&](int n) { return !outer[n]; }) || nodes.size() == mesh.X.size();
    const std::set<Edge> edges = inside ? std::set<Edge>{} : edges_of_set(outside, in);
    for (const auto& [ends, middle] : middles.all())
      if (in[ends.first] && in[ends.second] && (inside || edges.contains(ends))) nodes.push_back(middle);
    std::sort(nodes.begin(), nodes.end());
  }
  return out;
}

}  // namespace nerveload
