#include "solver/slabs.hpp"

#include <algorithm>

namespace nerveload {
namespace {

/// The cells around each node.
struct CellsOfNodes {
  std::vector<int> first, cells;
  explicit CellsOfNodes(const Mesh& mesh) : first(mesh.X.size() + 1, 0) {
    for (const Cell& cell : mesh.cells)
      for (const int n : cell) ++first[n + 1];
    for (std::size_t n = 0; n < mesh.X.size(); ++n) first[n + 1] += first[n];
    cells.resize(first.back());
    std::vector<int> next(first.begin(), first.end() - 1);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      for (const int n : mesh.cells[c]) cells[next[n]++] = static_cast<int>(c);
  }
};

/// Levels of neighbourhood around some cells, they themselves the first. `seen` tells which search met a cell and a node last.
class Search {
 public:
  explicit Search(const Mesh& mesh) : mesh_(mesh), around_(mesh), cell_seen_(mesh.cells.size(), 0), node_seen_(mesh.X.size(), 0) {}

  bool met(int cell) const { return cell_seen_[cell] != 0; }
  std::vector<std::vector<int>> levels(std::vector<int> start) {
    ++search_;
    for (const int c : start) cell_seen_[c] = search_;
    std::vector<std::vector<int>> result;
    while (!start.empty()) {
      std::vector<int> next;
      for (const int c : start)
        for (const int n : mesh_.cells[c])
          if (std::exchange(node_seen_[n], search_) != search_)
            for (int k = around_.first[n]; k < around_.first[n + 1]; ++k)
              if (std::exchange(cell_seen_[around_.cells[k]], search_) != search_) next.push_back(around_.cells[k]);
      result.push_back(std::move(start));
      start = std::move(next);
    }
    return result;
  }

 private:
  const Mesh& mesh_;
  CellsOfNodes around_;
  std::vector<int> cell_seen_, node_seen_;
  int search_ = 0;
};

}  // namespace

std::vector<std::vector<int>> slabs(const Mesh& mesh, int least) {
  Search search(mesh);
  std::vector<std::vector<int>> result;
  for (int c = 0; c < static_cast<int>(mesh.cells.size()); ++c) {
    if (search.met(c)) continue;
    // The cells farthest from any one lie at an end; from all of these the levels are as thin as they can be.
    const std::vector<int> end = search.levels({c}).back();
    bool full = true;
    for (const std::vector<int>& level : search.levels(end)) {
      if (full) result.emplace_back();
      result.back().insert(result.back().end(), level.begin(), level.end());
      full = static_cast<int>(result.back().size()) >= least;
    }
  }
  for (auto& slab : result) std::sort(slab.begin(), slab.end());
  return result;
}

}  // namespace nerveload
