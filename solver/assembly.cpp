#include "solver/assembly.hpp"

#include <algorithm>
#include <limits>

#include "solver/base/caught_in_parallel.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

namespace {

Layout claimed(const Model& model) {
  Layout layout(static_cast<int>(model.mesh->X.size()));
  for (const auto& term : model.terms) term->claim(layout);
  return layout;
}

/// Row of each unknown; −1 for prescribed and for border unknowns.
std::vector<int> numbered_rows(const Layout& layout, const std::vector<Prescribed>& supports) {
  std::vector<int> row(layout.unknowns(), 0);
  for (const Prescribed& p : supports) {
    NL_EXPECT(p.unknown >= 0 && p.unknown < layout.unknowns() && row[p.unknown] == 0, "each unknown prescribed once");
    row[p.unknown] = -1;
  }
  for (const int b : layout.borders()) row[b] = -1;
  int next = 0;
  for (int& r : row)
    if (r == 0) r = next++;
  return row;
}

}  // namespace

Assembly::Assembly(const Model& model) : layout_(claimed(model)), row_(numbered_rows(layout_, model.supports)) {
  for (int u = 0; u < layout_.unknowns(); ++u)
    if (row_[u] >= 0) free_.push_back(u);
  build_pattern();
  locate_blocks();
}

bool Assembly::fits(const Model& model) const { return claimed(model) == layout_ && numbered_rows(layout_, model.supports) == row_; }

State Assembly::initial_state(const Model& model) const {
  State s;
  s.unknowns = Eigen::VectorXd::Zero(layout_.unknowns());
  s.mixed = Eigen::VectorXd::Zero(layout_.mixed());
  s.history = Eigen::VectorXd::Zero(layout_.history());
  for (const auto& term : model.terms) term->start(s);
  return s;
}

void Assembly::build_pattern() {
  const int n = static_cast<int>(free_.size());
  std::vector<std::vector<int>> blocks_of(n);  // per row, the blocks that contain it
  for (int b = 0; b < layout_.blocks(); ++b)
    for (const int u : layout_.block(b))
      if (row_[u] >= 0) blocks_of[row_[u]].push_back(b);
  std::vector<std::vector<int>> rows(n);
  CaughtInParallel caught;
#pragma omp parallel for schedule(dynamic, 1024)
  for (int column = 0; column < n; ++column)
    caught.run([&] {
      std::vector<int>& r = rows[column];
      r.push_back(column);
      for (const int b : blocks_of[column])
        for (const int u : layout_.block(b))
          if (row_[u] > column) r.push_back(row_[u]);
      std::sort(r.begin(), r.end());
      r.erase(std::unique(r.begin(), r.end()), r.end());
    });
  caught.rethrow();
  pattern_.resize(n, n);
  std::size_t nonzeros = 0;
  for (const auto& r : rows) nonzeros += r.size();
  pattern_.resizeNonZeros(static_cast<Eigen::Index>(nonzeros));
  int* outer = pattern_.outerIndexPtr();
  outer[0] = 0;
  for (int column = 0; column < n; ++column) {
    std::copy(rows[column].begin(), rows[column].end(), pattern_.innerIndexPtr() + outer[column]);
    outer[column + 1] = outer[column] + static_cast<int>(rows[column].size());
  }
  std::fill_n(pattern_.valuePtr(), nonzeros, 0.0);
}

int Assembly::position(int row, int column) const {
  const int* begin = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column];
  const int* end = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column + 1];
  return static_cast<int>(std::lower_bound(begin, end, row) - pattern_.innerIndexPtr());
}

void Assembly::locate_blocks() {
  // A node is whole if its three unknowns are rows in order.
  auto whole = [&](std::span<const int> block, std::size_t first) {
    const int row = row_[block[first]];
    return row >= 0 && row_[block[first + 1]] == row + 1 && row_[block[first + 2]] == row + 2;
  };
  position_offset_.resize(layout_.blocks() + 1, 0);
  for (int b = 0; b < layout_.blocks(); ++b) {
    const auto block = layout_.block(b);
    std::size_t count = block.size() * (block.size() + 1) / 2;
    if (layout_.by_pairs(b)) {
      count = 0;
      for (std::size_t m = 0; m < block.size(); m += 3)
        for (std::size_t n = 0; n <= m; n += 3) count += whole(block, m) && whole(block, n) ? 3 : 10;
    }
    position_offset_[b + 1] = position_offset_[b] + count;
  }
  position_.resize(position_offset_.back());
#pragma omp parallel for schedule(dynamic, 256)
  for (int b = 0; b < layout_.blocks(); ++b) {
    const auto block = layout_.block(b);
    int* place = position_.data() + position_offset_[b];
    if (!layout_.by_pairs(b)) locate_entries(block, place);
    else
      for (std::size_t m = 0; m < block.size(); m += 3)
        for (std::size_t n = 0; n <= m; n += 3)
          place = whole(block, m) && whole(block, n) ? locate_whole_pair(block[m], block[n], place)
                                                     : locate_pair(block.subspan(m, 3), block.subspan(n, 3), place);
  }
}

int Assembly::place_of(int u, int v) const {
  const int r = std::max(row_[u], row_[v]), c = std::min(row_[u], row_[v]);
  return c < 0 ? -1 : position(r, c);
}

void Assembly::locate_entries(std::span<const int> block, int* place) const {
  for (std::size_t i = 0; i < block.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) *place++ = place_of(block[i], block[j]);
}

int* Assembly::locate_pair(std::span<const int> m, std::span<const int> n, int* place) const {
  *place++ = by_entries;
  for (const int u : m)
    for (const int v : n) *place++ = place_of(u, v);
  return place;
}

int* Assembly::locate_whole_pair(int m, int n, int* place) const {
  const int rm = row_[m], rn = row_[n];
  // On the diagonal column j starts with row j.
  for (int j = 0; j < 3; ++j) place[j] = m == n ? position(rm + j, rm + j) : position(std::max(rm, rn), std::min(rm, rn) + j);
  if (rm < rn) place[0] = -1 - place[0];
  return place + 3;
}

NewtonSystem::NewtonSystem(const Assembly& assembly)
    : tangent(assembly.pattern_), assembly_(assembly), border_index_(assembly.layout().unknowns(), -1), inverted_(0) {
  const auto& borders = assembly.layout().borders();
  for (std::size_t b = 0; b < borders.size(); ++b) border_index_[borders[b]] = static_cast<int>(b);
}

void NewtonSystem::evaluate(const Model& model, const State& state) {
  const int borders = static_cast<int>(assembly_.layout().borders().size());
  residual.setZero(assembly_.layout().unknowns());
  forcing.setZero(assembly_.free_count());
  border_forcing.setZero(borders);
  if (request.tangent) {
    std::fill_n(tangent.valuePtr(), tangent.nonZeros(), 0.0);
    border.setZero(assembly_.free_count(), borders);
    border_corner.setZero(borders, borders);
  }
  inverted_ = std::numeric_limits<int>::max();
  reference_force = 0.0;
  for (const auto& term : model.terms) {
    term->add(state, *this);
    reference_force = std::max(reference_force, residual.norm());
  }
  inverted_cell = inverted_ == std::numeric_limits<int>::max() ? -1 : inverted_.load();
}

void NewtonSystem::report_inverted(int cell) {
  int current = inverted_;
  while (cell < current && !inverted_.compare_exchange_weak(current, cell)) {
  }
}

void NewtonSystem::add(int block, const double* r, const double* k) {
  const auto members = assembly_.layout().block(block);
  for (std::size_t i = 0; i < members.size(); ++i) residual[members[i]] += r[i];
  if (!request.tangent) return;
  const int* position = assembly_.position_.data() + assembly_.position_offset_[block];
  double* values = tangent.valuePtr();
  std::size_t at = 0;
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j, ++at) {
      if (position[at] >= 0) values[position[at]] += k[at];
      else add_outside(members[i], members[j], k[at]);
    }
}

void NewtonSystem::add_outside(int ui, int uj, double entry) {
  const Eigen::VectorXd* pending = request.prescribed_increment;
  const int bi = border_index_[ui], bj = border_index_[uj];
  const int ri = assembly_.row_[ui], rj = assembly_.row_[uj];
  if (bi >= 0 && bj >= 0) {
    border_corner(bi, bj) += entry;
    if (bi != bj) border_corner(bj, bi) += entry;
  } else if (bi >= 0 && rj >= 0) {
    border(rj, bi) += entry;
  } else if (bj >= 0 && ri >= 0) {
    border(ri, bj) += entry;
  }
  if (!pending) return;
  // Couplings with prescribed motion drive the free rows. Border unknowns that move as prescribed drive through `border`.
  if (bi < 0 && bj < 0) {
    if (ri >= 0) forcing[ri] += entry * (*pending)[uj];
    if (rj >= 0) forcing[rj] += entry * (*pending)[ui];
  } else if (bi >= 0 && bj < 0 && rj < 0) {
    border_forcing[bi] += entry * (*pending)[uj];
  } else if (bj >= 0 && bi < 0 && ri < 0) {
    border_forcing[bj] += entry * (*pending)[ui];
  }
}

void NewtonSystem::add_pairs(int block, const double* r, const double* pairs, int stride) {
  const auto members = assembly_.layout().block(block);
  double* const to = residual.data();
  for (std::size_t i = 0; i < members.size(); ++i) to[members[i]] += r[i * stride];
  if (!request.tangent) return;
  const int* place = assembly_.position_.data() + assembly_.position_offset_[block];
  switch (stride) {
    case 8: return add_pairs<8>(members, place, pairs);
    case 4: return add_pairs<4>(members, place, pairs);
    default: NL_EXPECT(stride == 2, "2, 4 or 8 lanes"); return add_pairs<2>(members, place, pairs);
  }
}

void NewtonSystem::prefetch_pairs(int block) const {
  if (!request.tangent) return;
  const int* place = assembly_.position_.data() + assembly_.position_offset_[block];
  const int* end = assembly_.position_.data() + assembly_.position_offset_[block + 1];
  const double* values = tangent.valuePtr();
  while (place < end) {
    const bool whole = place[0] != Assembly::by_entries;
    if (whole)
      for (int j = 0; j < 3; ++j) __builtin_prefetch(values + (place[j] < 0 ? -1 - place[j] : place[j]), 1, 2);
    place += whole ? 3 : 10;
  }
}

namespace {

/// Three columns of three rows each, K_ik at 3i + k: the columns are those of k, or turned those of i.
template <int down, int across>
inline void add_columns(const int* place, int first_place, const double* k, double* values) {
  double *const first = values + first_place, *const second = values + place[1], *const third = values + place[2];
  for (int i = 0; i < 3; ++i) first[i] += k[i * down];
  for (int i = 0; i < 3; ++i) second[i] += k[i * down + across];
  for (int i = 0; i < 3; ++i) third[i] += k[i * down + 2 * across];
}

}  // namespace

template <int stride>
void NewtonSystem::add_pairs(std::span<const int> members, const int* place, const double* k) {
  double* const values = tangent.valuePtr();
  const int nodes = static_cast<int>(members.size()) / 3;
  for (int a = 0; a < nodes; ++a)
    for (int b = 0; b <= a; ++b, k += 9 * stride) {
      if (place[0] == Assembly::by_entries) {
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < (a == b ? i + 1 : 3); ++j) {
            const int at = place[1 + 3 * i + j];
            if (at >= 0) values[at] += k[(3 * i + j) * stride];
            else if (request.prescribed_increment) add_outside(members[3 * a + i], members[3 * b + j], k[(3 * i + j) * stride]);
          }
        place += 10;
        continue;
      }
      if (a == b) {
        for (int j = 0; j < 3; ++j)
          for (int i = j; i < 3; ++i) values[place[j] + i - j] += k[(3 * i + j) * stride];
      } else if (place[0] < 0) {
        add_columns<stride, 3 * stride>(place, -1 - place[0], k, values);
      } else {
        add_columns<3 * stride, stride>(place, place[0], k, values);
      }
      place += 3;
    }
}

}  // namespace nerveload
