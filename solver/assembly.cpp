#include "solver/assembly.hpp"

#include <algorithm>
#include <limits>

#include "solver/base/error.hpp"

namespace nerveload {

Assembly::Assembly(const Model& model) : layout_(static_cast<int>(model.mesh->X.size())) {
  for (const auto& term : model.terms) term->claim(layout_);
  row_.assign(layout_.unknowns(), 0);
  for (const Prescribed& p : model.supports) {
    NL_EXPECT(p.unknown >= 0 && p.unknown < layout_.unknowns() && row_[p.unknown] == 0, "each unknown prescribed once");
    row_[p.unknown] = -1;
  }
  for (const int b : layout_.borders()) row_[b] = -1;
  for (int u = 0; u < layout_.unknowns(); ++u)
    if (row_[u] == 0) {
      row_[u] = static_cast<int>(free_.size());
      free_.push_back(u);
    }
  build_pattern();
  locate_blocks();
}

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
#pragma omp parallel for schedule(dynamic, 1024)
  for (int column = 0; column < n; ++column) {
    std::vector<int>& r = rows[column];
    r.push_back(column);
    for (const int b : blocks_of[column])
      for (const int u : layout_.block(b))
        if (row_[u] > column) r.push_back(row_[u]);
    std::sort(r.begin(), r.end());
    r.erase(std::unique(r.begin(), r.end()), r.end());
  }
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

bool Assembly::all_free(int block) const {
  const auto members = layout_.block(block);
  if (!layout_.by_pairs(block)) return false;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (row_[members[i]] < 0 || row_[members[i]] != row_[members[i - i % 3]] + static_cast<int>(i % 3)) return false;
  return true;
}

int Assembly::position(int row, int column) const {
  const int* begin = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column];
  const int* end = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column + 1];
  return static_cast<int>(std::lower_bound(begin, end, row) - pattern_.innerIndexPtr());
}

void Assembly::locate_blocks() {
  position_offset_.resize(layout_.blocks() + 1, 0);
  all_free_.resize(layout_.blocks());
  for (int b = 0; b < layout_.blocks(); ++b) {
    const std::size_t k = layout_.block(b).size();
    all_free_[b] = all_free(b);
    position_offset_[b + 1] = position_offset_[b] + (all_free_[b] ? k * (k / 3 + 1) / 2 : k * (k + 1) / 2);
  }
  position_.resize(position_offset_.back());
#pragma omp parallel for schedule(dynamic, 256)
  for (int b = 0; b < layout_.blocks(); ++b) {
    if (all_free_[b]) locate_pairs(b);
    else locate_entries(b);
  }
}

void Assembly::locate_entries(int b) {
  const auto block = layout_.block(b);
  std::size_t k = position_offset_[b];
  for (std::size_t i = 0; i < block.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j, ++k) {
      const int r = std::max(row_[block[i]], row_[block[j]]), c = std::min(row_[block[i]], row_[block[j]]);
      position_[k] = c < 0 ? -1 : position(r, c);
    }
}

void Assembly::locate_pairs(int b) {
  const auto block = layout_.block(b);
  int* place = &position_[position_offset_[b]];
  for (std::size_t m = 0; m < block.size(); m += 3)
    for (std::size_t n = 0; n <= m; n += 3) {
      const int rm = row_[block[m]], rn = row_[block[n]];
      // On the diagonal column j starts with row j.
      for (int j = 0; j < 3; ++j) *place++ = m == n ? position(rm + j, rm + j) : position(std::max(rm, rn), std::min(rm, rn) + j);
      if (rm < rn) place[-3] = -1 - place[-3];
    }
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
  const Eigen::VectorXd* pending = request.prescribed_increment;
  std::size_t at = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const int ui = members[i];
    for (std::size_t j = 0; j <= i; ++j, ++at) {
      if (position[at] >= 0) {
        values[position[at]] += k[at];
        continue;
      }
      const int uj = members[j];
      const int bi = border_index_[ui], bj = border_index_[uj];
      const int ri = assembly_.row_[ui], rj = assembly_.row_[uj];
      if (bi >= 0 && bj >= 0) {
        border_corner(bi, bj) += k[at];
        if (bi != bj) border_corner(bj, bi) += k[at];
      } else if (bi >= 0 && rj >= 0) {
        border(rj, bi) += k[at];
      } else if (bj >= 0 && ri >= 0) {
        border(ri, bj) += k[at];
      }
      if (!pending) continue;
      // Couplings with prescribed motion drive the free rows. Border unknowns that move as prescribed drive through `border`.
      if (bi < 0 && bj < 0) {
        if (ri >= 0) forcing[ri] += k[at] * (*pending)[uj];
        if (rj >= 0) forcing[rj] += k[at] * (*pending)[ui];
      } else if (bi >= 0 && bj < 0 && rj < 0) {
        border_forcing[bi] += k[at] * (*pending)[uj];
      } else if (bj >= 0 && bi < 0 && ri < 0) {
        border_forcing[bj] += k[at] * (*pending)[ui];
      }
    }
  }
}

void NewtonSystem::add_pairs(int block, const double* r, const double* pairs, int stride) {
  const auto members = assembly_.layout().block(block);
  const int nodes = static_cast<int>(members.size()) / 3;
  if (!request.tangent || assembly_.all_free_[block]) {
    for (std::size_t i = 0; i < members.size(); ++i) residual[members[i]] += r[i * stride];
    if (request.tangent) add_free_pairs(assembly_.position_.data() + assembly_.position_offset_[block], nodes, pairs, stride);
    return;
  }
  constexpr int most = 30;
  std::array<double, most> packed_residual;
  std::array<double, most*(most + 1) / 2> lower;
  NL_EXPECT(members.size() <= most, "a cell of at most ten nodes");
  for (std::size_t i = 0; i < members.size(); ++i) packed_residual[i] = r[i * stride];
  double* to = lower.data();
  for (int row = 0; row < 3 * nodes; ++row)
    for (int column = 0; column <= row; ++column) {
      const int a = row / 3, b = column / 3;
      *to++ = pairs[(9 * (a * (a + 1) / 2 + b) + 3 * (row % 3) + column % 3) * stride];
    }
  add(block, packed_residual.data(), lower.data());
}

void NewtonSystem::add_free_pairs(const int* place, int nodes, const double* k, int stride) {
  double* const values = tangent.valuePtr();
  for (int a = 0; a < nodes; ++a) {
    for (int b = 0; b < a; ++b, place += 3, k += 9 * stride) {
      const bool turned = place[0] < 0;
      const int down = turned ? stride : 3 * stride, across = turned ? 3 * stride : stride;
      double* const first = values + (turned ? -1 - place[0] : place[0]);
      double* const second = values + place[1];
      double* const third = values + place[2];
      for (int i = 0; i < 3; ++i) {
        first[i] += k[i * down];
        second[i] += k[i * down + across];
        third[i] += k[i * down + 2 * across];
      }
    }
    for (int j = 0; j < 3; ++j)
      for (int i = j; i < 3; ++i) values[place[j] + i - j] += k[(3 * i + j) * stride];
    place += 3;
    k += 9 * stride;
  }
}

}  // namespace nerveload
