#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "solver/mesh.hpp"

namespace nerveload {

/// A mesh as a text file has it: nodes and elements under numbers of their own, in the file's length unit. Readers of formats fill one;
/// `to_mesh` makes the solver's mesh of it.
class LabelledMesh {
 public:
  using Label = std::int64_t;
  /// @param cell_word, node_word  what messages call them
  explicit LabelledMesh(std::filesystem::path path, std::string cell_word = "element", std::string node_word = "node")
      : path_(std::move(path)), cell_word_(std::move(cell_word)), node_word_(std::move(node_word)) {}

  /// @throws InputError naming the line
  [[noreturn]] void refuse(int line, const std::string& message) const;
  void add_node(int line, Label label, const Vec3& x);
  /// @param nodes  in the solver's order; their number is the shape
  void add_cell(int line, Label label, std::span<const Label> nodes, const std::string& region);
  int node(int line, Label label) const;
  int cell(int line, Label label) const;
  void set_region(int cell, const std::string& region) { cells_[cell].region = region; }
  const std::string& region(int cell) const { return cells_[cell].region; }
  const Cell& nodes(int cell) const { return cells_[cell].nodes; }
  std::size_t cells() const { return cells_.size(); }

  std::vector<Vec3> fibre;                               ///< per cell, unit; empty = none
  std::map<std::string, std::vector<int>> node_sets;     ///< any order, repetitions allowed
  std::map<std::string, std::vector<Facet>> facet_sets;  ///< outward or not; a facet set is a node set too

  /// Unused nodes are dropped, regions numbered, the set "all" added.
  /// @throws InputError for a cell that is inverted, flat, repeated or joined to one of another shape, naming it and its line
  Mesh to_mesh(double mm_per_unit) const;

 private:
  struct Entry {
    Label label;
    int line;
    Cell nodes;
    std::string region;
  };
  void check_shapes(const Mesh& mesh) const;
  void check_repetitions() const;
  void check_kinds() const;
  std::string named(const std::string& word, Label label) const { return word + " " + std::to_string(label); }
  std::filesystem::path path_;
  std::string cell_word_, node_word_;
  std::vector<Vec3> X_;
  std::vector<std::pair<Label, int>> node_origin_;  ///< label and line
  std::vector<Entry> cells_;
  std::unordered_map<Label, int> node_of_, cell_of_;
};

}  // namespace nerveload
