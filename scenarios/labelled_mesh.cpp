#include "scenarios/labelled_mesh.hpp"

#include <algorithm>
#include <numeric>

#include "scenarios/input_error.hpp"
#include "solver/block.hpp"
#include "solver/elements/hex8.hpp"

namespace nerveload {
namespace {

constexpr double farthest_mm = 1e6;

}  // namespace

void LabelledMesh::refuse(int line, const std::string& message) const { throw InputError(Place{path_.string(), line, line > 0 ? 1 : 0}, message); }

void LabelledMesh::add_node(int line, Label label, const Vec3& x) {
  if (!node_of_.emplace(label, static_cast<int>(X_.size())).second) refuse(line, named(node_word_, label) + " is there twice");
  X_.push_back(x);
  node_origin_.emplace_back(label, line);
}

void LabelledMesh::add_hex(int line, Label label, const std::array<Label, 8>& nodes, const std::string& region) {
  if (!cell_of_.emplace(label, static_cast<int>(cells_.size())).second) refuse(line, named(cell_word_, label) + " is there twice");
  Cell cell{label, line, {}, region};
  for (int n = 0; n < 8; ++n) cell.nodes[n] = node(line, nodes[n]);
  Hex sorted = cell.nodes;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    refuse(line, named(cell_word_, label) + " names a " + node_word_ + " twice: it is degenerate");
  cells_.push_back(std::move(cell));
}

int LabelledMesh::node(int line, Label label) const {
  const auto at = node_of_.find(label);
  if (at == node_of_.end()) refuse(line, "there is no " + named(node_word_, label));
  return at->second;
}

int LabelledMesh::cell(int line, Label label) const {
  const auto at = cell_of_.find(label);
  if (at == cell_of_.end()) refuse(line, "there is no " + named(cell_word_, label));
  return at->second;
}

void LabelledMesh::check_repetitions() const {
  std::map<Hex, const Cell*> seen;
  for (const Cell& c : cells_) {
    Hex key = c.nodes;
    std::sort(key.begin(), key.end());
    const auto [first, fresh] = seen.emplace(key, &c);
    if (!fresh)
      refuse(c.line, named(cell_word_, c.label) + " has the same " + node_word_ + "s as " + named(cell_word_, first->second->label) + " (line " +
                         std::to_string(first->second->line) + ")");
  }
}

void LabelledMesh::check_shapes(const Mesh& mesh) const {
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    hex8::Positions X;
    for (int n = 0; n < 8; ++n)
      for (int i = 0; i < 3; ++i) X[n][i] = mesh.X[mesh.hexes[c][n]][i];
    const hex8::Motion at_rest = hex8::motion(X, {});
    if (std::any_of(at_rest.at.begin(), at_rest.at.end(), [](const auto& p) { return !(p.weight > 0.0); }))
      refuse(cells_[c].line, named(cell_word_, cells_[c].label) + " is inverted or flat (its Jacobian is not positive everywhere)");
  }
}

Mesh LabelledMesh::to_mesh(double mm_per_unit) const {
  if (cells_.empty()) refuse(0, "there is no " + cell_word_ + " in it");
  check_repetitions();
  Mesh mesh;
  std::vector<int> number(X_.size(), -1);
  for (const Cell& c : cells_)
    for (const int n : c.nodes) number[n] = 0;
  for (std::size_t n = 0; n < X_.size(); ++n) {
    if (number[n] < 0) continue;
    const Vec3 X = mm_per_unit * X_[n];
    if (!X.allFinite() || X.cwiseAbs().maxCoeff() > farthest_mm)
      refuse(node_origin_[n].second, named(node_word_, node_origin_[n].first) + " lies beyond 1e6 mm or is not a number");
    number[n] = static_cast<int>(mesh.X.size());
    mesh.X.push_back(X);
  }
  std::map<std::string, int> regions;
  for (const Cell& c : cells_) regions[c.region] = 0;
  for (auto& [name, index] : regions) {
    index = static_cast<int>(mesh.region_names.size());
    mesh.region_names.push_back(name);
  }
  for (const Cell& c : cells_) {
    mesh.region.push_back(regions.at(c.region));
    Hex& hex = mesh.hexes.emplace_back();
    for (int n = 0; n < 8; ++n) hex[n] = number[c.nodes[n]];
  }
  mesh.fibre = fibre;
  check_shapes(mesh);
  auto add_set = [&](const std::string& name, const auto& nodes) {
    auto& set = mesh.node_sets[name];
    for (const int n : nodes)
      if (number[n] >= 0) set.push_back(number[n]);
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  };
  for (const auto& [name, nodes] : node_sets) add_set(name, nodes);
  for (const auto& [name, facets] : facet_sets)
    for (const Quad& q : facets) add_set(name, q);
  // Only what lies on the outside, with the cells' own outward orientation.
  for (const auto& [name, facets] : facet_sets) {
    std::vector<std::array<int, 4>> wanted;
    for (Quad q : facets) {
      for (int& n : q) n = number[n];
      std::sort(q.begin(), q.end());
      wanted.push_back(q);
    }
    std::sort(wanted.begin(), wanted.end());
    for (const Quad& outward : boundary_facets(mesh, mesh.node_sets.at(name))) {
      Quad key = outward;
      std::sort(key.begin(), key.end());
      if (std::binary_search(wanted.begin(), wanted.end(), key)) mesh.facet_sets[name].push_back(outward);
    }
  }
  auto& all = mesh.node_sets["all"];
  all.resize(mesh.X.size());
  std::iota(all.begin(), all.end(), 0);
  return mesh;
}

}  // namespace nerveload
