#pragma once
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nerveload {

using Vec3 = Eigen::Vector3d;
using Mat3d = Eigen::Matrix3d;

/// A short list of node numbers, at most `Most`, held in place.
template <int Most>
class NodeList {
 public:
  NodeList() = default;
  template <std::size_t Count>
  requires(Count <= Most) NodeList(const std::array<int, Count>& nodes)
      : size_(static_cast<int>(Count)) {  // NOLINT: a list of nodes is a list of nodes
    std::copy(nodes.begin(), nodes.end(), node_.begin());
  }
  NodeList(std::initializer_list<int> nodes) : NodeList(std::span(nodes.begin(), nodes.size())) {}
  explicit NodeList(std::span<const int> nodes) : size_(static_cast<int>(std::min<std::size_t>(nodes.size(), Most))) {
    std::copy_n(nodes.begin(), size_, node_.begin());
  }
  int size() const { return size_; }
  int& operator[](int i) { return node_[i]; }
  int operator[](int i) const { return node_[i]; }
  int* begin() { return node_.data(); }
  int* end() { return node_.data() + size_; }
  const int* begin() const { return node_.data(); }
  const int* end() const { return node_.data() + size_; }
  /// The same nodes in ascending order: what two cells or facets have alike.
  NodeList sorted() const {
    NodeList s = *this;
    for (int i = 1; i < size_; ++i)  // by insertion: the lists are short
      for (int k = i; k > 0 && s.node_[k] < s.node_[k - 1]; --k) std::swap(s.node_[k], s.node_[k - 1]);
    return s;
  }
  friend auto operator<=>(const NodeList&, const NodeList&) = default;

 private:
  std::array<int, Most> node_{};  // unused places stay 0, so that lists compare
  int size_ = 0;
};

/// Nodes of a cell; their number is its shape (solver/elements/shapes.hpp):
///   8  hexahedron: bottom face counter-clockwise seen from the top face, then the top face;
///   4  tetrahedron: a face counter-clockwise seen from the fourth node;
///   10 quadratic tetrahedron: its corners, then the middles of 01, 12, 20, 03, 13, 23.
/// Volumes are positive.
using Cell = NodeList<10>;
/// Nodes of a facet, counter-clockwise seen from outside (the right-hand normal points outwards): 4 = quadrilateral, 3 = triangle,
/// 6 = quadratic triangle, its corners and then the middles of 01, 12, 20.
using Facet = NodeList<6>;
using Hex = std::array<int, 8>;
using Quad = std::array<int, 4>;

/// A solid mesh: reference positions, cells with a region each, and named sets. Plain values, no behaviour.
struct Mesh {
  std::vector<Vec3> X;  ///< reference position of each node, mm
  std::vector<Cell> cells;
  std::vector<int> region;  ///< per cell, index into region_names
  std::vector<std::string> region_names;
  std::vector<Vec3> fibre;                            ///< per cell, unit fibre direction in the reference state; empty = none
  std::map<std::string, std::vector<int>> node_sets;  ///< sorted, unique node numbers
  std::map<std::string, std::vector<Facet>> facet_sets;
};

}  // namespace nerveload
