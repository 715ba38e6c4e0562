#include "scenarios/labelled_mesh.hpp"

#include <algorithm>
#include <numeric>

#include "scenarios/input_error.hpp"
#include "solver/block.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {
namespace {

constexpr double farthest_mm = 1e6;

/// Positive Jacobian at all quadrature points, and at the corners of a quadratic tetrahedron, whose middle nodes may fold it there.
bool sound(const Mesh& mesh, int number) {
  const Cell& cell = mesh.cells[number];
  // Of a flat cell rounding alone makes the determinant positive.
  constexpr double flat = 1e-9;  // over the cube of its longest edge
  double longest = 0.0;
  for (const int n : cell) longest = std::max(longest, (mesh.X[n] - mesh.X[cell[0]]).norm());
  const double least = flat * longest * longest * longest;
  auto positive = [&](const Vec<double>& xi) { return parent_derivative(cell, xi, [&](int n) { return mesh.X[n]; }).determinant() > least; };
  return with_shape(cell.size(), [&]<class Shape>(Shape) {
    for (int q = 0; q < Shape::points; ++q)
      if (!positive(Shape::point(q))) return false;
    if (Shape::nodes == Tet10Shape::nodes)
      for (const Vec<double>& corner : {Vec<double>{0, 0, 0}, Vec<double>{1, 0, 0}, Vec<double>{0, 1, 0}, Vec<double>{0, 0, 1}})
        if (!positive(corner)) return false;
    return true;
  });
}

}  // namespace

void LabelledMesh::refuse(int line, const std::string& message) const { throw InputError(Place{path_.string(), line, line > 0 ? 1 : 0}, message); }

void LabelledMesh::add_node(int line, Label label, const Vec3& x) {
  if (!node_of_.emplace(label, static_cast<int>(X_.size())).second) refuse(line, named(node_word_, label) + " is there twice");
  X_.push_back(x);
  node_origin_.emplace_back(label, line);
}

void LabelledMesh::add_cell(int line, Label label, std::span<const Label> nodes, const std::string& region) {
  if (!cell_of_.emplace(label, static_cast<int>(cells_.size())).second) refuse(line, named(cell_word_, label) + " is there twice");
  std::vector<int> numbers;
  for (const Label n : nodes) numbers.push_back(node(line, n));
  const Cell cell{std::span<const int>(numbers)}, sorted = cell.sorted();
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    refuse(line, named(cell_word_, label) + " names a " + node_word_ + " twice: it is degenerate");
  cells_.push_back({label, line, cell, region});
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
  std::map<Cell, const Entry*> seen;
  for (const Entry& c : cells_) {
    const auto [first, fresh] = seen.emplace(c.nodes.sorted(), &c);
    if (!fresh)
      refuse(c.line, named(cell_word_, c.label) + " has the same " + node_word_ + "s as " + named(cell_word_, first->second->label) + " (line " +
                         std::to_string(first->second->line) + ")");
  }
}

/// Cells of different shapes do not fit together: their facets differ, and the body would be open where they meet.
void LabelledMesh::check_kinds() const {
  std::vector<const Entry*> first(X_.size(), nullptr);
  for (const Entry& c : cells_)
    for (const int n : c.nodes) {
      if (!first[n]) first[n] = &c;
      if (first[n]->nodes.size() != c.nodes.size())
        refuse(c.line, named(cell_word_, c.label) + " (" + shape_name(c.nodes) + ") is joined to " + named(cell_word_, first[n]->label) + " (" +
                           shape_name(first[n]->nodes) + "): expected cells of one shape in a part");
    }
}

void LabelledMesh::check_shapes(const Mesh& mesh) const {
  for (std::size_t c = 0; c < cells_.size(); ++c)
    if (!sound(mesh, static_cast<int>(c)))
      refuse(cells_[c].line, named(cell_word_, cells_[c].label) + " is inverted or flat (its Jacobian is not positive everywhere)");
}

Mesh LabelledMesh::to_mesh(double mm_per_unit) const {
  if (cells_.empty()) refuse(0, "there is no " + cell_word_ + " in it");
  check_repetitions();
  check_kinds();
  Mesh mesh;
  std::vector<int> number(X_.size(), -1);
  for (const Entry& c : cells_)
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
  for (const Entry& c : cells_) regions[c.region] = 0;
  for (auto& [name, index] : regions) {
    index = static_cast<int>(mesh.region_names.size());
    mesh.region_names.push_back(name);
  }
  for (const Entry& c : cells_) {
    mesh.region.push_back(regions.at(c.region));
    for (int& n : mesh.cells.emplace_back(c.nodes)) n = number[n];
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
  for (const auto& [name, nodes] : node_sets) {
    add_set(name, nodes);
    if (mesh.node_sets.at(name).empty()) mesh.node_sets.erase(name);  // of nodes that belong to no cell
  }
  for (const auto& [name, facets] : facet_sets)
    for (const Facet& f : facets) add_set(name, f);
  // Only what lies on the outside, with the cells' own outward orientation.
  for (const auto& [name, facets] : facet_sets) {
    std::vector<Facet> wanted;
    for (Facet f : facets) {
      for (int& n : f) n = number[n];
      wanted.push_back(f.sorted());
    }
    std::sort(wanted.begin(), wanted.end());
    for (const Facet& outward : boundary_facets(mesh, mesh.node_sets.at(name)))
      if (std::binary_search(wanted.begin(), wanted.end(), outward.sorted())) mesh.facet_sets[name].push_back(outward);
  }
  auto& all = mesh.node_sets["all"];
  all.resize(mesh.X.size());
  std::iota(all.begin(), all.end(), 0);
  return mesh;
}

}  // namespace nerveload
