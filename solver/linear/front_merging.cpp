#include "solver/linear/front_merging.hpp"

#include <algorithm>
#include <numeric>
#include <queue>

namespace nerveload {
namespace {

/// Seconds that a front is expected to take, in single precision on one core (docs/performance.md): dense operations that reach half their
/// speed at a width of 32 columns, entries of the frontal matrix added to the parent's, and what each front costs at least.
double expected_time(double width, double below) {
  constexpr double fastest = 1e11, half_width = 32.0, entry = 0.4e-9, overhead = 1.5e-6;
  const double size = width + below;
  return overhead + entry * size * size + front_work(width, below) / fastest * (1.0 + half_width / width);
}

int total(const std::vector<int>& groups, const std::vector<int>& weight) {
  return std::accumulate(groups.begin(), groups.end(), 0, [&](int sum, int g) { return sum + weight[g]; });
}

}  // namespace

double front_work(double w, double r) { return w * (w * w / 3.0 + w * r + r * r); }

std::vector<int> postorder(const std::vector<int>& parent) {
  const int n = static_cast<int>(parent.size());
  std::vector<int> child(n, -1), sibling(n, -1), roots, order, stack;
  for (int k = n - 1; k >= 0; --k) {
    if (parent[k] < 0) {
      roots.push_back(k);
    } else {
      sibling[k] = child[parent[k]];
      child[parent[k]] = k;
    }
  }
  order.reserve(n);
  for (auto root = roots.rbegin(); root != roots.rend(); ++root) {
    stack.push_back(*root);
    while (!stack.empty()) {
      const int k = stack.back();
      if (child[k] >= 0) {
        stack.push_back(child[k]);
        child[k] = sibling[child[k]];
      } else {
        order.push_back(k);
        stack.pop_back();
      }
    }
  }
  return order;
}

std::vector<Supernode> merge_supernodes(std::vector<Supernode> all, const std::vector<int>& weight) {
  const int n = static_cast<int>(all.size());
  std::vector<int> width(n), below(n), into(n);
  std::vector<std::vector<int>> children(n);
  for (int s = 0; s < n; ++s) {
    width[s] = total(all[s].columns, weight);
    below[s] = total(all[s].rows, weight);
    into[s] = s;
    if (all[s].parent >= 0) children[all[s].parent].push_back(s);
  }
  for (int p = 0; p < n; ++p) {  // children come before their parents
    const auto saving = [&](int c) {
      return expected_time(width[c], below[c]) + expected_time(width[p], below[p]) - expected_time(width[c] + width[p], below[p]);
    };
    std::vector<int> candidates = std::move(children[p]);
    children[p].clear();
    while (!candidates.empty()) {
      const auto best = std::max_element(candidates.begin(), candidates.end(), [&](int a, int b) { return saving(a) < saving(b); });
      const int c = *best;
      if (!(saving(c) > 0.0)) break;
      candidates.erase(best);
      into[c] = p;
      width[p] += width[c];
      all[p].columns.insert(all[p].columns.end(), all[c].columns.begin(), all[c].columns.end());
      candidates.insert(candidates.end(), children[c].begin(), children[c].end());
    }
    children[p] = std::move(candidates);
  }
  // What is left, in a postorder again.
  std::vector<int> number(n, -1), kept, parent;
  for (int s = 0; s < n; ++s)
    if (into[s] == s) {
      number[s] = static_cast<int>(kept.size());
      kept.push_back(s);
    }
  const auto root_of = [&](int s) {
    while (into[s] != s) s = into[s];
    return s;
  };
  for (const int s : kept) parent.push_back(all[s].parent < 0 ? -1 : number[root_of(all[s].parent)]);
  const std::vector<int> order = postorder(parent);
  std::vector<int> place(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = static_cast<int>(k);
  std::vector<Supernode> merged;
  for (const int k : order) {
    Supernode s = std::move(all[kept[k]]);
    std::sort(s.columns.begin(), s.columns.end());
    s.parent = parent[k] < 0 ? -1 : place[parent[k]];
    merged.push_back(std::move(s));
  }
  return merged;
}

}  // namespace nerveload
