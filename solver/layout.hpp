#pragma once
#include <initializer_list>
#include <span>
#include <vector>

namespace nerveload {

/// Who owns which unknown, and which unknowns meet in the tangent. Filled by the terms once, before the first solve.
class Layout {
 public:
  explicit Layout(int nodes) : unknowns_(3 * nodes) {}

  /// `count` more unknowns; returns the number of the first.
  int claim_unknowns(int count) { return advance(unknowns_, count); }
  /// One unknown that couples with very many others (a rigid body's travel): kept out of the sparse pattern and eliminated by bordering.
  int claim_border_unknown() {
    borders_.push_back(unknowns_);
    return advance(unknowns_, 1);
  }
  int claim_mixed(int count) { return advance(mixed_, count); }
  int claim_history(int count) { return advance(history_, count); }

  /// Registers a block, a group of unknowns that one contribution of a term couples; returns its number.
  int couple(std::span<const int> unknowns) {
    members_.insert(members_.end(), unknowns.begin(), unknowns.end());
    offsets_.push_back(static_cast<int>(members_.size()));
    return static_cast<int>(offsets_.size()) - 2;
  }

  /// The displacements of some nodes, and perhaps unknowns of a term's own after them, as a block.
  template <class Nodes>
  int couple_nodes(const Nodes& nodes, std::initializer_list<int> own = {}) {
    std::vector<int> unknowns;
    for (const int n : nodes)
      for (int i = 0; i < 3; ++i) unknowns.push_back(3 * n + i);
    unknowns.insert(unknowns.end(), own.begin(), own.end());
    return couple(unknowns);
  }

  /// The displacements of a cell's nodes, whose tangent comes by pairs of nodes (NewtonSystem::add_pairs).
  template <class Nodes>
  int couple_cell(const Nodes& nodes) {
    const int block = couple_nodes(nodes);
    by_pairs_.resize(block + 1, false);
    by_pairs_[block] = true;
    return block;
  }
  bool by_pairs(int block) const { return block < static_cast<int>(by_pairs_.size()) && by_pairs_[block]; }

  int unknowns() const { return unknowns_; }
  int mixed() const { return mixed_; }
  int history() const { return history_; }
  int blocks() const { return static_cast<int>(offsets_.size()) - 1; }
  const std::vector<int>& borders() const { return borders_; }
  bool operator==(const Layout&) const = default;
  std::span<const int> block(int b) const { return {members_.data() + offsets_[b], static_cast<std::size_t>(offsets_[b + 1] - offsets_[b])}; }

 private:
  static int advance(int& counter, int count) {
    counter += count;
    return counter - count;
  }
  int unknowns_, mixed_ = 0, history_ = 0;
  std::vector<int> borders_, members_, offsets_{0};
  std::vector<bool> by_pairs_;  ///< per block, as far as there are any
};

}  // namespace nerveload
