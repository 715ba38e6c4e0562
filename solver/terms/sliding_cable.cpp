#include "solver/terms/sliding_cable.hpp"

#include <algorithm>
#include <cmath>

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"
#include "solver/newton.hpp"

namespace nerveload {

CableFibre::Law CableFibre::at(double stretch) const {
  const double e = stretch - 1.0;
  if (e <= 0.0) return {0.0, 0.0, 0.0};
  const double e_cap = std::log(cap / (c * k)) / k;
  const double toe = std::min(e, e_cap), growth = std::exp(k * toe);
  Law law{c * ((growth - 1.0) / k - toe), c * (growth - 1.0), c * k * growth};
  if (const double beyond = e - e_cap; beyond > 0.0) {
    law.energy += law.stress * beyond + 0.5 * cap * beyond * beyond;
    law.stress += cap * beyond;
    law.tangent = cap;
  }
  return law;
}

SlidingCable::SlidingCable(std::vector<CableNode> nodes, CableOptions options) : nodes_(std::move(nodes)), options_(std::move(options)) {
  NL_EXPECT(nodes_.size() >= 2, "at least one segment");
  NL_EXPECT(options_.length_offset.empty() || options_.length_offset.size() == nodes_.size() - 1, "a length offset for each segment or none");
  for (std::size_t i = 0; i + 1 < nodes_.size(); ++i) NL_EXPECT(nodes_[i + 1].m0 > nodes_[i].m0, "material coordinates that grow along the cable");
  resting_stress_ = options_.fibre.at(options_.relaxation.resting_stretch).stress;
  reference_share_ = options_.relaxation.series.step(options_.relaxation.ramp_s).share;
}

void SlidingCable::claim(Layout& layout) {
  const int n = static_cast<int>(nodes_.size());
  m_unknown_.assign(n, -1);
  if (n > 2) {
    const int first = layout.claim_unknowns(n - 2);
    for (int i = 1; i + 1 < n; ++i) m_unknown_[i] = first + i - 1;
  }
  if (options_.root.sprung) root_unknown_ = layout.claim_unknowns(1);
  if (options_.foot.sprung) foot_unknown_ = layout.claim_unknowns(1);
  first_segment_block_ = layout.blocks();
  for (int j = 0; j < segments(); ++j) {
    std::vector<int> members;
    for (const int i : {j, j + 1})
      for (const int node : nodes_[i].nodes)
        for (int k = 0; k < 3; ++k) members.push_back(3 * node + k);
    for (const int u : {m_unknown_[j], m_unknown_[j + 1], j == 0 ? root_unknown_ : -1, j + 1 == segments() ? foot_unknown_ : -1})
      if (u >= 0) members.push_back(u);
    layout.couple(members);
  }
  first_tether_block_ = layout.blocks();
  for (int i = 1; i + 1 < n; ++i) layout.couple(std::array{m_unknown_[i]});
  if (root_unknown_ >= 0) root_block_ = layout.couple(std::array{root_unknown_});
  if (foot_unknown_ >= 0) foot_block_ = layout.couple(std::array{foot_unknown_});
  if (!relaxes()) return;
  first_memory_ = layout.claim_history(memory_at(segments()) - memory_at(0));
  time_of_commit_ = layout.claim_history(1);
}

Prony::Step SlidingCable::step_to(const State& state) const {
  if (!relaxes()) return {};
  return options_.relaxation.series.step(std::max(0.0, options_.relaxation.clock.at(state.path) - state.history[time_of_commit_]));
}

double SlidingCable::excess(double elastic_stress) const { return std::max(0.0, elastic_stress - resting_stress_) / reference_share_; }

CableFibre::Law SlidingCable::law(int j, double stretch, const Prony::Step& step, const State& state) const {
  CableFibre::Law law = options_.fibre.at(stretch);
  if (!relaxes()) return law;
  const double rest = options_.relaxation.resting_stretch, share = step.share / reference_share_;
  if (stretch > rest) {
    const CableFibre::Law at_rest = options_.fibre.at(rest);
    law.energy += (share - 1.0) * (law.energy - at_rest.energy - at_rest.stress * (stretch - rest));
    law.stress += (share - 1.0) * (law.stress - at_rest.stress);
    law.tangent *= share;
  }
  const double* memory = state.history.data() + memory_at(j);
  double frozen = 0.0;
  for (std::size_t k = 0; k < step.factors.size(); ++k) frozen += step.factors[k].decay * memory[1 + k] - step.factors[k].gain * memory[0];
  // Energy from the stretch λ_n of the step's beginning: what makes the cable slide, w − λσ, has −λ_n times the frozen stress of it.
  law.energy += frozen * (stretch - memory[1 + step.factors.size()]);
  law.stress += frozen;
  return law;
}

void SlidingCable::commit(State& state) const {
  if (!relaxes() || !options_.relaxation.clock.commits(state.path)) return;
  const Prony::Step step = step_to(state);
  for (int j = 0; j < segments(); ++j) {
    const Segment s = segment(j, state);
    double* memory = state.history.data() + memory_at(j);
    const double S = excess(options_.fibre.at(s.d / s.D).stress);
    for (std::size_t k = 0; k < step.factors.size(); ++k)
      memory[1 + k] = step.factors[k].decay * memory[1 + k] + step.factors[k].gain * (S - memory[0]);
    memory[0] = S;
    memory[1 + step.factors.size()] = s.d / s.D;
  }
  state.history[time_of_commit_] = options_.relaxation.clock.at(state.path);
}

Vec3 SlidingCable::position(int node, const State& state) const {
  const CableNode& n = nodes_[node];
  Vec3 x = n.X;
  for (std::size_t k = 0; k < n.nodes.size(); ++k) x += n.weights[k] * state.unknowns.segment<3>(3 * n.nodes[k]);
  return x;
}

double SlidingCable::material(int node, const State& state) const {
  return m_unknown_[node] < 0 ? nodes_[node].m0 : state.unknowns[m_unknown_[node]];
}

SlidingCable::Segment SlidingCable::segment(int j, const State& state) const {
  Segment s;
  const Vec3 chord = position(j + 1, state) - position(j, state);
  s.chord = chord.norm();
  s.t = chord / s.chord;
  s.d = s.chord + (options_.length_offset.empty() ? 0.0 : options_.length_offset[j]);
  if (j == 0) s.d -= end_motion(root_unknown_, state);
  if (j + 1 == segments()) s.d += end_motion(foot_unknown_, state);
  s.D = material(j + 1, state) - material(j, state);
  return s;
}

void SlidingCable::add(const State& state, NewtonSystem& system) const {
  const double activation = options_.activation(state.path);
  const Prony::Step step = step_to(state);
  for (int j = 0; j < segments(); ++j) add_segment(j, state, step, activation, system);
  for (int i = 1; i < segments(); ++i) add_tether(i, state, activation, system);
  add_end(options_.root, root_unknown_, root_block_, 1.0, state, activation, system);
  add_end(options_.foot, foot_unknown_, foot_block_, -1.0, state, activation, system);
}

void SlidingCable::add_segment(int j, const State& state, const Prony::Step& step, double activation, NewtonSystem& system) const {
  const Segment s = segment(j, state);
  if (!(s.D > 0.0) || !(s.d > 0.0)) {
    system.report_inverted(NewtonSystem::not_a_cell);
    return;
  }
  const double stretch = s.d / s.D, A = activation * options_.area;
  const CableFibre::Law law = this->law(j, stretch, step, state);
  const double T = A * law.stress, a = A * law.tangent / s.D;
  // Every unknown q enters through d, D and the direction t: W_q = T d_q + A (w − λσ) D_q.
  struct Entry {
    double d_q, D_q;
    int axis;       // 0…2: a component of a position, −1: other
    double weight;  // of that position, signed
  };
  std::vector<Entry> entries;
  for (const int side : {0, 1})
    for (const double w : nodes_[j + side].weights)
      for (int k = 0; k < 3; ++k) {
        const double signed_weight = side == 0 ? -w : w;
        entries.push_back({signed_weight * s.t[k], 0.0, k, signed_weight});
      }
  if (m_unknown_[j] >= 0) entries.push_back({0.0, -1.0, -1, 0.0});
  if (m_unknown_[j + 1] >= 0) entries.push_back({0.0, 1.0, -1, 0.0});
  if (j == 0 && root_unknown_ >= 0) entries.push_back({-1.0, 0.0, -1, 0.0});
  if (j + 1 == segments() && foot_unknown_ >= 0) entries.push_back({1.0, 0.0, -1, 0.0});

  const double along_D = A * (law.energy - stretch * law.stress);
  std::vector<double> residual, lower;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& p = entries[i];
    residual.push_back(T * p.d_q + along_D * p.D_q);
    if (!system.request.tangent) continue;
    const double rank_one = a * (p.d_q - stretch * p.D_q);
    for (std::size_t k = 0; k <= i; ++k) {
      const Entry& q = entries[k];
      double h = rank_one * (q.d_q - stretch * q.D_q);
      if (p.axis >= 0 && q.axis >= 0) h += T / s.chord * (p.weight * q.weight * (p.axis == q.axis ? 1.0 : 0.0) - p.d_q * q.d_q);
      lower.push_back(h);
    }
  }
  system.add(first_segment_block_ + j, residual.data(), lower.data());
}

void SlidingCable::add_tether(int i, const State& state, double activation, NewtonSystem& system) const {
  const SlipTether& t = nodes_[i].tether;
  const double slip = material(i, state) - nodes_[i].m0, scale = activation * t.stiffness;
  const double root = t.slip_scale > 0.0 ? std::sqrt(1.0 + slip * slip / (t.slip_scale * t.slip_scale)) : 1.0;
  const double residual = scale * slip / root, tangent = scale / (root * root * root);
  system.add(first_tether_block_ + i - 1, &residual, &tangent);
}

void SlidingCable::add_end(const CableEnd& end, int unknown, int block, double sign, const State& state, double activation,
                           NewtonSystem& system) const {
  if (unknown < 0) return;
  const double residual = activation * (sign * end.preload + end.stiffness * state.unknowns[unknown]);
  const double tangent = activation * end.stiffness;
  system.add(block, &residual, &tangent);
}

double SlidingCable::admissible_part(const State& state, const Eigen::VectorXd& du) const {
  double part = 1.0;
  auto limit = [&](double value, double change) {
    if (change < 0.0) part = std::min(part, 0.9 * value / -change);
  };
  auto change_of = [&](int unknown) { return unknown < 0 ? 0.0 : du[unknown]; };
  for (int j = 0; j < segments(); ++j) limit(material(j + 1, state) - material(j, state), change_of(m_unknown_[j + 1]) - change_of(m_unknown_[j]));
  limit(segment(0, state).d, -change_of(root_unknown_));
  limit(segment(segments() - 1, state).d, change_of(foot_unknown_));
  return part;
}

void SlidingCable::start(State& state) const {
  // Material coordinates in proportion to path length, then Newton in (m, e) alone on the reference path.
  if (proportional_ || (segments() == 1 && root_unknown_ < 0 && foot_unknown_ < 0)) return;
  double total = 0.0;
  std::vector<double> length(segments());
  for (int i = 1; i < segments(); ++i) state.unknowns[m_unknown_[i]] = nodes_[i].m0;
  for (int j = 0; j < segments(); ++j) total += length[j] = segment(j, state).d;
  const double first = nodes_.front().m0, span = nodes_.back().m0 - first;
  double so_far = 0.0;
  for (int i = 1; i < segments(); ++i) {
    so_far += length[i - 1];
    state.unknowns[m_unknown_[i]] = first + span * so_far / total;
  }
  // The same cable on a path fixed in space: its unknowns come in the same order, without the solid's.
  std::vector<CableNode> fixed = nodes_;
  for (CableNode& n : fixed) {
    n.nodes.clear();
    n.weights.clear();
  }
  CableOptions options = options_;
  options.activation = [](double) { return 1.0; };
  options.relaxation = {};
  const Mesh no_solid;
  Model model;
  model.mesh = &no_solid;
  model.terms.push_back(std::make_unique<SlidingCable>(std::move(fixed), std::move(options)));
  static_cast<SlidingCable&>(*model.terms.front()).proportional_ = true;
  Problem problem(model, make_linear_solver(LinearSolverKind::eigen_ldlt, 1));
  State alone = problem.assembly.initial_state(model);
  const int own = static_cast<int>(alone.unknowns.size()), first_own = segments() > 1 ? m_unknown_[1] : root_unknown_;
  alone.unknowns = state.unknowns.segment(first_own, own);
  NewtonOptions newton;
  newton.max_iterations = 200;
  newton.line_search = true;
  if (solve_newton(problem, alone, {}, newton).converged()) state.unknowns.segment(first_own, own) = alone.unknowns;
}

void SlidingCable::take_over(const SlidingCable& other, const State& from, State& to) const {
  const auto& knots = other.nodes_;
  std::size_t k = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (m_unknown_[i] < 0) continue;
    const double m0 = nodes_[i].m0;
    while (k + 2 < knots.size() && knots[k + 1].m0 < m0) ++k;
    const double t = std::clamp((m0 - knots[k].m0) / (knots[k + 1].m0 - knots[k].m0), 0.0, 1.0);
    auto slip = [&](std::size_t n) { return other.material(static_cast<int>(n), from) - knots[n].m0; };
    to.unknowns[m_unknown_[i]] = m0 + (1.0 - t) * slip(k) + t * slip(k + 1);
  }
  if (root_unknown_ >= 0) to.unknowns[root_unknown_] = other.end_motion(other.root_unknown_, from);
  if (foot_unknown_ >= 0) to.unknowns[foot_unknown_] = other.end_motion(other.foot_unknown_, from);
}

SlidingCable::Report SlidingCable::report(const State& state) const {
  Report r;
  r.energy = 0.0;
  const Prony::Step step = step_to(state);
  for (int j = 0; j < segments(); ++j) {
    const Segment s = segment(j, state);
    const CableFibre::Law law = this->law(j, s.d / s.D, step, state);
    r.length.push_back(s.d);
    r.stretch.push_back(s.d / s.D);
    r.tension.push_back(options_.area * law.stress);
    r.tangent.push_back(law.tangent);
    r.energy += s.D * options_.area * law.energy;
  }
  for (int i = 0; i <= segments(); ++i) {
    r.material.push_back(material(i, state));
    const SlipTether& t = nodes_[i].tether;
    const double slip = r.material.back() - nodes_[i].m0;
    r.energy += t.slip_scale > 0.0 ? t.stiffness * t.slip_scale * t.slip_scale * (std::hypot(1.0, slip / t.slip_scale) - 1.0)
                                   : 0.5 * t.stiffness * slip * slip;
  }
  r.root_motion = end_motion(root_unknown_, state);
  r.foot_motion = end_motion(foot_unknown_, state);
  r.energy += options_.root.preload * r.root_motion + 0.5 * options_.root.stiffness * r.root_motion * r.root_motion;
  r.energy += -options_.foot.preload * r.foot_motion + 0.5 * options_.foot.stiffness * r.foot_motion * r.foot_motion;
  return r;
}

}  // namespace nerveload
