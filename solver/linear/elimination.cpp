#include "solver/linear/elimination.hpp"

#include <metis.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <new>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/linear/front_merging.hpp"

namespace nerveload {
namespace {

/// Groups of consecutive unknowns, and which groups couple.
struct GroupGraph {
  std::vector<int> first;                ///< of each group; and the number of unknowns
  std::vector<idx_t> offset, neighbour;  ///< without the group itself
  int groups() const { return static_cast<int>(first.size()) - 1; }
  int size(int g) const { return first[g + 1] - first[g]; }
};

std::uint64_t mixed(std::uint64_t x) {  // splitmix64 (Steele, Lea & Flood 2014)
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

/// First unknown of each run of unknowns that couple with the same others: below the diagonal compared one by one, left of it by a hash.
std::vector<int> first_of_groups(const Eigen::SparseMatrix<double>& pattern) {
  const int n = static_cast<int>(pattern.cols());
  const int* outer = pattern.outerIndexPtr();
  const int* inner = pattern.innerIndexPtr();
  std::vector<std::uint64_t> left(n, 0);
  for (int c = 0; c < n; ++c)
    for (int k = outer[c] + 1; k < outer[c + 1]; ++k) left[inner[k]] += mixed(static_cast<std::uint64_t>(c));
  std::vector<int> first;
  for (int i = 0; i < n; ++i) {
    const bool same = i > 0 && left[i] == left[i - 1] + mixed(static_cast<std::uint64_t>(i - 1)) &&
                      std::equal(inner + outer[i - 1] + 1, inner + outer[i], inner + outer[i], inner + outer[i + 1]);
    if (!same) first.push_back(i);
  }
  first.push_back(n);
  return first;
}

GroupGraph group_graph(const Eigen::SparseMatrix<double>& pattern) {
  GroupGraph g;
  g.first = first_of_groups(pattern);
  std::vector<int> group_of(static_cast<std::size_t>(pattern.cols()));
  for (int k = 0; k < g.groups(); ++k) std::fill(group_of.begin() + g.first[k], group_of.begin() + g.first[k + 1], k);
  // Every coupling stands once in the lower triangle; both of its ends get it.
  const auto each_coupling = [&](auto&& visit) {
    for (int k = 0; k < g.groups(); ++k)
      for (int at = pattern.outerIndexPtr()[g.first[k]], last = k; at < pattern.outerIndexPtr()[g.first[k] + 1]; ++at) {
        const int other = group_of[pattern.innerIndexPtr()[at]];
        if (other == last) continue;
        last = other;
        visit(k, other);
      }
  };
  g.offset.assign(g.groups() + 1, 0);
  each_coupling([&](int a, int b) { ++g.offset[a + 1], ++g.offset[b + 1]; });
  std::partial_sum(g.offset.begin(), g.offset.end(), g.offset.begin());
  g.neighbour.resize(g.offset.back());
  std::vector<idx_t> at(g.offset.begin(), g.offset.end() - 1);
  each_coupling([&](int a, int b) { g.neighbour[at[a]++] = b, g.neighbour[at[b]++] = a; });
  return g;
}

/// METIS handles SIGABRT and SIGTERM while it works and puts back handlers of the old kind, which answer once only. These are as they were.
/// One at a time: handlers are the whole process's.
class KeptHandlers {
 public:
  KeptHandlers() : alone_(one_at_a_time()) {
    for (std::size_t k = 0; k < taken.size(); ++k) sigaction(taken[k], nullptr, &before_[k]);
  }
  ~KeptHandlers() {
    for (std::size_t k = 0; k < taken.size(); ++k) sigaction(taken[k], &before_[k], nullptr);
  }
  KeptHandlers(const KeptHandlers&) = delete;
  KeptHandlers& operator=(const KeptHandlers&) = delete;

 private:
  static constexpr std::array<int, 2> taken{SIGABRT, SIGTERM};
  static std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
  }
  std::lock_guard<std::mutex> alone_;
  std::array<struct sigaction, 2> before_{};
};

/// Position of each group in a nested dissection.
std::vector<int> dissect(const GroupGraph& g) {
  idx_t n = g.groups();
  std::vector<idx_t> weight(n), order(n), position(n);
  for (int k = 0; k < n; ++k) weight[k] = g.size(k);
  std::iota(position.begin(), position.end(), 0);
  if (g.neighbour.empty()) return {position.begin(), position.end()};
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = 1;  // the same order every time
  const GroupGraph& c = g;
  const KeptHandlers handlers;
  const int status = METIS_NodeND(&n, const_cast<idx_t*>(c.offset.data()), const_cast<idx_t*>(c.neighbour.data()), weight.data(), options,
                                  order.data(), position.data());
  if (status == METIS_ERROR_MEMORY) throw std::bad_alloc();
  NL_EXPECT(status == METIS_OK, "a graph that METIS can order");
  return {position.begin(), position.end()};
}

/// The graph's vertices under new numbers.
struct Numbering {
  std::vector<int> vertex;    ///< by number
  std::vector<int> position;  ///< by vertex
  explicit Numbering(std::vector<int> p) : vertex(p.size()), position(std::move(p)) {
    for (std::size_t v = 0; v < position.size(); ++v) vertex[position[v]] = static_cast<int>(v);
  }
};

/// Parent of each number in the elimination tree (Liu 1990, with path compression); −1 = root.
std::vector<int> elimination_tree(const GroupGraph& g, const Numbering& numbers) {
  const int n = g.groups();
  std::vector<int> parent(n, -1), ancestor(n, -1);
  for (int i = 0; i < n; ++i) {
    const int v = numbers.vertex[i];
    for (idx_t k = g.offset[v]; k < g.offset[v + 1]; ++k) {
      for (int j = numbers.position[g.neighbour[k]]; j != -1 && j < i;) {
        const int up = ancestor[j];
        ancestor[j] = i;
        if (up == -1) parent[j] = i;
        j = up;
      }
    }
  }
  return parent;
}

/// The same order with every subtree in one piece.
Numbering postordered(const Numbering& numbers, const std::vector<int>& parent) {
  const std::vector<int> order = postorder(parent);
  std::vector<int> position(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) position[numbers.vertex[order[k]]] = static_cast<int>(k);
  return Numbering(std::move(position));
}

/// Runs of columns with the same structure; columns and rows are groups by number.
std::vector<Supernode> supernodes(const GroupGraph& g, const Numbering& numbers) {
  const int n = g.groups();
  std::vector<Supernode> all;
  std::vector<int> mark(n, -1), merged;
  std::vector<std::vector<int>> waiting(n);  // by column: supernodes whose first row below it is
  for (int j = 0; j < n; ++j) {
    merged.clear();
    mark[j] = j;
    const auto take = [&](int i) {
      if (i > j && mark[i] != j) mark[i] = j, merged.push_back(i);
    };
    const int v = numbers.vertex[j];
    for (idx_t k = g.offset[v]; k < g.offset[v + 1]; ++k) take(numbers.position[g.neighbour[k]]);
    int continued = -1;
    for (const int s : waiting[j]) {
      for (const int i : all[s].rows) take(i);
      if (all[s].columns.back() == j - 1) continued = s;
    }
    if (continued >= 0 && all[continued].rows.size() == merged.size() + 1) {
      all[continued].columns.push_back(j);
      all[continued].rows.erase(all[continued].rows.begin());
    } else {
      std::sort(merged.begin(), merged.end());
      continued = static_cast<int>(all.size());
      all.push_back({{j}, merged, -1});
    }
    for (const int s : waiting[j])
      if (s != continued) all[s].parent = continued;
    std::vector<int>().swap(waiting[j]);
    if (!all[continued].rows.empty()) waiting[all[continued].rows.front()].push_back(continued);
  }
  return all;
}

}  // namespace

int Front::local(int r) const {
  if (r < first + width) return r - first;
  return width + static_cast<int>(std::lower_bound(rows.begin(), rows.end(), r) - rows.begin());
}

Elimination plan_elimination(const Eigen::SparseMatrix<double>& pattern) {
  const GroupGraph g = group_graph(pattern);
  Numbering numbers(dissect(g));
  numbers = postordered(numbers, elimination_tree(g, numbers));
  std::vector<int> weight(g.groups());
  for (int k = 0; k < g.groups(); ++k) weight[k] = g.size(numbers.vertex[k]);
  const std::vector<Supernode> merged = merge_supernodes(supernodes(g, numbers), weight);

  Elimination e;
  e.order.reserve(static_cast<std::size_t>(pattern.cols()));
  std::vector<int> start(g.groups());  // of each group number in the order of elimination
  for (const Supernode& s : merged)
    for (const int k : s.columns) {
      start[k] = static_cast<int>(e.order.size());
      for (int u = g.first[numbers.vertex[k]]; u < g.first[numbers.vertex[k] + 1]; ++u) e.order.push_back(u);
    }
  e.position.resize(e.order.size());
  for (std::size_t k = 0; k < e.order.size(); ++k) e.position[e.order[k]] = static_cast<int>(k);
  for (const Supernode& s : merged) {
    Front f;
    f.first = start[s.columns.front()];
    f.parent = s.parent;
    for (const int k : s.columns) f.width += weight[k];
    for (const int k : s.rows)
      for (int i = 0; i < weight[k]; ++i) f.rows.push_back(start[k] + i);
    std::sort(f.rows.begin(), f.rows.end());
    e.fronts.push_back(std::move(f));
  }
  const auto schur_entries = [&](int k) { return static_cast<std::size_t>(e.fronts[k].below()) * static_cast<std::size_t>(e.fronts[k].below()); };
  std::size_t waiting = 0;
  for (std::size_t k = 0; k < e.fronts.size(); ++k) {
    Front& f = e.fronts[k];
    waiting += schur_entries(static_cast<int>(k));
    e.waiting = std::max(e.waiting, waiting);
    for (const int child : f.children) waiting -= schur_entries(child);
    f.work = front_work(f.width, f.below());
    f.subtree += f.work;
    e.work += f.work;
    e.entries += static_cast<std::size_t>(f.width) * static_cast<std::size_t>(f.size());
    if (f.parent < 0) continue;
    Front& parent = e.fronts[f.parent];
    parent.children.push_back(static_cast<int>(k));
    parent.subtree += f.subtree;
    for (const int r : f.rows) f.place.push_back(parent.local(r));
  }
  return e;
}

}  // namespace nerveload
