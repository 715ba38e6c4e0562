#include "meshes/section_solver.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/SparseCholesky>
#include <limits>
#include <numbers>
#include <set>

#include "meshes/corner_energy.hpp"
#include "meshes/section_curves.hpp"

namespace nerveload {
namespace {

constexpr double untangled_area = 0.02;   ///< mm²; below it the barrier is softened
/// The corner energy knows shapes, not sizes: its soft modes let neighbouring sections settle in different places. A weak
/// convex pull of the edges removes them.
constexpr double evenness_weight = 0.12;
constexpr double tight = 1e-9, loose = 0.05;  ///< mm, last step of a converged iteration
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A loop of nodes that slide on one curve, with how strongly they keep their spacing and their place.
struct Loop {
  Binding binding;
  int first = 0, count = 0;  ///< unknowns
  double spacing = 0.0, anchor = 0.0;
  const std::vector<double> SectionCurves::* rest;
};

/// Removes a corner's negative curvatures; most corners have none, which a Cholesky factorisation tells.
void make_convex(Eigen::Matrix4d& h) {
  if (h.llt().info() == Eigen::Success) return;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d> eigen(h);
  const double least = 1e-8 * eigen.eigenvalues().cwiseAbs().maxCoeff();  // zero would round to either side
  h = eigen.eigenvectors().lazyProduct(eigen.eigenvalues().cwiseMax(least).asDiagonal() * eigen.eigenvectors().transpose());
}

}  // namespace

struct SectionSolver::Impl {
  const SectionTopology& topology;
  Divisions divisions;
  std::vector<int> unknown_of;      ///< per node: first of its unknowns, −1 = fixed
  std::vector<Loop> loops;
  int count = 0;
  Eigen::SparseMatrix<double> pattern;      ///< lower triangle, in elimination order
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> order;  ///< unknown to its place in that order
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> harmonic;  ///< graph Laplacian over the free nodes
  std::vector<int> free_nodes, free_index;
  std::vector<std::vector<int>> neighbours;

  Impl(const SectionTopology& t, const Divisions& d) : topology(t), divisions(d) {
    number_unknowns();
    build_pattern();
    build_harmonic();
  }

  void number_unknowns() {
    unknown_of.assign(topology.nodes.size(), -1);
    auto add_loop = [&](Binding b, int n, double spacing, double anchor, const std::vector<double> SectionCurves::* rest) {
      loops.push_back({b, count, n, spacing, anchor, rest});
      count += n;
    };
    add_loop(Binding::medial, static_cast<int>(topology.medial_loop.size()), 200.0, 0.1, &SectionCurves::medial_rest);
    add_loop(Binding::lateral, static_cast<int>(topology.lateral_loop.size()), 200.0, 0.1, &SectionCurves::lateral_rest);
    add_loop(Binding::nerve, static_cast<int>(topology.nerve_loop.size()), 30.0, 0.5, &SectionCurves::nerve_rest);
    add_loop(Binding::muscle, topology.around, 1.0, 0.18, &SectionCurves::muscle_rest);
    for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
      const SectionNode& node = topology.nodes[n];
      if (node.binding == Binding::free) {
        unknown_of[n] = count;
        count += 2;
        free_nodes.push_back(static_cast<int>(n));
      }
      const Binding parent = node.binding == Binding::fat ? Binding::muscle : node.binding;
      for (const Loop& l : loops)
        if (l.binding == parent) unknown_of[n] = l.first + node.index;
    }
  }

  /// Local unknowns of a quad: corner and component (−1 = curve parameter).
  struct Entry {
    int unknown, corner, component;
  };
  struct QuadPlan {
    int count = 0;
    std::array<Entry, 8> entry;
    std::array<int, 64> place;  ///< of entry pair (i, j) among the pattern's values, −1 = upper triangle
  };
  std::vector<QuadPlan> plans;
  std::vector<double> evenness;  ///< per quad, weight of ½ Σ |edge|² / (4 spacing²); 0 where thin layers are prescribed
  /// Where the entry of two unknowns stands among the pattern's values.
  int value_index(int a, int b) const {
    const int ia = order.indices()[a], ib = order.indices()[b], row = std::max(ia, ib), column = std::min(ia, ib);
    const int* begin = pattern.innerIndexPtr() + pattern.outerIndexPtr()[column];
    const int* end = pattern.innerIndexPtr() + pattern.outerIndexPtr()[column + 1];
    return static_cast<int>(std::lower_bound(begin, end, row) - pattern.innerIndexPtr());
  }
  int entries_of(const SectionQuad& q, std::array<Entry, 8>& e) const {
    int n = 0;
    for (int c = 0; c < 4; ++c) {
      const int u = unknown_of[q.nodes[c]];
      if (u < 0) continue;
      if (topology.nodes[q.nodes[c]].binding == Binding::free) {
        e[n++] = {u, c, 0};
        e[n++] = {u + 1, c, 1};
      } else {
        e[n++] = {u, c, -1};
      }
    }
    return n;
  }

  void build_pattern() {
    std::vector<Eigen::Triplet<double>> t;
    std::array<Entry, 8> e;
    for (const SectionQuad& q : topology.quads) {
      const int n = entries_of(q, e);
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          if (e[i].unknown >= e[j].unknown) t.emplace_back(e[i].unknown, e[j].unknown, 1.0);
    }
    for (const Loop& l : loops)
      for (int i = 0; i < l.count; ++i) {
        const int a = l.first + i, b = l.first + (i + 1) % l.count;
        t.emplace_back(a, a, 1.0);
        t.emplace_back(std::max(a, b), std::min(a, b), 1.0);
      }
    Eigen::SparseMatrix<double> unordered(count, count);
    unordered.setFromTriplets(t.begin(), t.end());
    // The order that keeps the factor sparse, found once for all sections.
    Eigen::AMDOrdering<int>()(unordered.selfadjointView<Eigen::Lower>(), order);
    order = order.inverse().eval();
    for (Eigen::Triplet<double>& entry : t) {
      const int row = order.indices()[entry.row()], column = order.indices()[entry.col()];
      entry = {std::max(row, column), std::min(row, column), 1.0};
    }
    pattern.resize(count, count);
    pattern.setFromTriplets(t.begin(), t.end());
    for (const SectionQuad& q : topology.quads) {
      const bool lattice = q.part == Part::core || q.part == Part::row3 || q.part == Part::row4_band || q.part == Part::muscle_ring;
      evenness.push_back(lattice ? evenness_weight / (divisions.surface_spacing * divisions.surface_spacing) : 0.0);
      QuadPlan& plan = plans.emplace_back();
      plan.count = entries_of(q, plan.entry);
      for (int i = 0; i < plan.count; ++i)
        for (int j = 0; j < plan.count; ++j) {
          const int a = plan.entry[i].unknown, b = plan.entry[j].unknown;
          plan.place[8 * i + j] = a >= b ? value_index(a, b) : -1;
        }
    }
  }

  void build_harmonic() {
    std::vector<std::set<int>> near(topology.nodes.size());
    for (const SectionQuad& q : topology.quads)
      for (int c = 0; c < 4; ++c) {
        near[q.nodes[c]].insert(q.nodes[(c + 1) % 4]);
        near[q.nodes[(c + 1) % 4]].insert(q.nodes[c]);
      }
    free_index.assign(topology.nodes.size(), -1);
    for (std::size_t i = 0; i < free_nodes.size(); ++i) free_index[free_nodes[i]] = static_cast<int>(i);
    std::vector<Eigen::Triplet<double>> t;
    for (std::size_t i = 0; i < free_nodes.size(); ++i) {
      const auto& around = near[free_nodes[i]];
      t.emplace_back(static_cast<int>(i), static_cast<int>(i), double(around.size()));
      for (const int n : around)
        if (free_index[n] >= 0 && free_index[n] < static_cast<int>(i)) t.emplace_back(static_cast<int>(i), free_index[n], -1.0);
      neighbours.emplace_back(around.begin(), around.end());
    }
    const int n = static_cast<int>(free_nodes.size());
    Eigen::SparseMatrix<double> laplacian(n, n);
    laplacian.setFromTriplets(t.begin(), t.end());
    harmonic.compute(laplacian);
  }

  /// Values at the free nodes that are the mean of their neighbours, given values at all others.
  void spread(std::vector<Vec2>& value) const {
    Eigen::MatrixXd rhs = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(free_nodes.size()), 2);
    for (std::size_t i = 0; i < free_nodes.size(); ++i)
      for (const int n : neighbours[i])
        if (free_index[n] < 0) rhs.row(static_cast<Eigen::Index>(i)) += value[n].transpose();
    const Eigen::MatrixXd x = harmonic.solve(rhs);
    for (std::size_t i = 0; i < free_nodes.size(); ++i) value[free_nodes[i]] = x.row(static_cast<Eigen::Index>(i)).transpose();
  }

  CurvePoint node_point(const SectionCurves& curves, const Eigen::VectorXd& q, std::size_t n) const {
    const SectionNode& node = topology.nodes[n];
    if (node.binding == Binding::free) return {q.segment<2>(unknown_of[n]), Vec2::Zero(), Vec2::Zero()};
    return curves.at(node, unknown_of[n] < 0 ? 0.0 : q[unknown_of[n]]);
  }
  void place(const SectionCurves& curves, const Eigen::VectorXd& q, std::vector<CurvePoint>& x) const {
    x.resize(topology.nodes.size());
    for (std::size_t n = 0; n < x.size(); ++n) x[n] = node_point(curves, q, n);
  }

  static Eigen::Vector4d corner(const SectionQuad& q, int c, const std::vector<CurvePoint>& x) {
    Eigen::Vector4d edges;
    edges << x[q.nodes[(c + 1) % 4]].x - x[q.nodes[c]].x, x[q.nodes[(c + 3) % 4]].x - x[q.nodes[c]].x;
    return edges;
  }
  double least_area(const std::vector<CurvePoint>& x) const {
    double least = infinity;
    for (const SectionQuad& q : topology.quads)
      for (int c = 0; c < 4; ++c) {
        const Eigen::Vector4d e = corner(q, c, x);
        least = std::min(least, e[0] * e[3] - e[1] * e[2]);
      }
    return least;
  }

  /// Energy at q; +infinity where a corner is inverted and the barrier is hard.
  double energy(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool hard,
                std::vector<CurvePoint>& x) const {
    place(curves, q, x);
    double sum = 0.0;
    for (std::size_t k = 0; k < topology.quads.size(); ++k)
      for (int c = 0; c < 4; ++c) {
        const Eigen::Vector4d e = corner(topology.quads[k], c, x);
        if (hard && !(e[0] * e[3] - e[1] * e[2] > 0.0)) return infinity;
        sum += 0.25 * (law.value(e) + 0.5 * evenness[k] * e.squaredNorm());
      }
    for_each_spring(curves, q, [&](double w, double r, int, double, int, double) { sum += 0.5 * w * r * r; });
    if (pull)
      for (std::size_t n = 0; n < x.size(); ++n)
        if (unknown_of[n] >= 0) sum += pull->energy(n, x[n].x - pull->target[n]);
    return std::isfinite(sum) ? sum : infinity;
  }

  /// Quadratic terms ½ w r², r linear in one or two unknowns: visit(w, r, unknown a, ∂r/∂a, unknown b or −1, ∂r/∂b).
  template <class Visit>
  void for_each_spring(const SectionCurves& curves, const Eigen::VectorXd& q, Visit&& visit) const {
    for (const Loop& l : loops) {
      const std::vector<double>& rest = curves.*(l.rest);
      for (int i = 0; i < l.count; ++i) {
        const int j = (i + 1) % l.count;
        const double turn = j == 0 ? 2.0 * std::numbers::pi : 0.0, step = rest[j] + turn - rest[i];
        visit(l.spacing, (q[l.first + j] + turn - q[l.first + i]) / step - 1.0, l.first + i, -1.0 / step, l.first + j, 1.0 / step);
        visit(l.anchor, q[l.first + i] - rest[i], l.first + i, 1.0, -1, 0.0);
      }
    }
    const SectionShape& s = curves.shape();
    if (s.piriformis_hold <= 0.0) return;
    constexpr double firmness = 2.0;  // 1/mm²: faces stay within some hundredths of a millimetre
    // Fading by orders of magnitude: against the shape energy a tenth of the firmness still is a hold.
    const double hold = firmness * std::pow(s.piriformis_hold, 6.0);
    for (const int n : topology.piriformis_front)
      visit(hold, q[unknown_of[n] + 1] - s.piriformis_front, unknown_of[n] + 1, 1.0, -1, 0.0);
    for (const int n : topology.piriformis_back)
      visit(hold, q[unknown_of[n] + 1] - s.piriformis_back, unknown_of[n] + 1, 1.0, -1, 0.0);
  }

  void derivatives(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool project,
                   const std::vector<CurvePoint>& x, Eigen::VectorXd& gradient, Eigen::SparseMatrix<double>& H) const {
    gradient.setZero(count);
    std::fill_n(H.valuePtr(), H.nonZeros(), 0.0);
    for (std::size_t k = 0; k < topology.quads.size(); ++k) {
      const SectionQuad& quad = topology.quads[k];
      const QuadPlan& plan = plans[k];
      const auto& e = plan.entry;
      const int n = plan.count;
      Eigen::Matrix<double, 8, 1> g = Eigen::Matrix<double, 8, 1>::Zero();
      Eigen::Matrix<double, 8, 8> h = Eigen::Matrix<double, 8, 8>::Zero();
      for (int c = 0; c < 4; ++c) {
        Eigen::Vector4d g4;
        Eigen::Matrix4d h4;
        law.derivatives(corner(quad, c, x), g4, h4);
        g4 += evenness[k] * corner(quad, c, x);
        h4.diagonal().array() += evenness[k];
        if (project) make_convex(h4);
        // Edges: e from c to next, f from c to previous.
        const int at[2] = {(c + 1) % 4, (c + 3) % 4};
        for (int a = 0; a < 2; ++a) {
          const Vec2 ga = 0.25 * g4.segment<2>(2 * a);
          g.segment<2>(2 * at[a]) += ga;
          g.segment<2>(2 * c) -= ga;
          for (int b = 0; b < 2; ++b) {
            const Mat2 hab = 0.25 * h4.block<2, 2>(2 * a, 2 * b);
            h.block<2, 2>(2 * at[a], 2 * at[b]) += hab;
            h.block<2, 2>(2 * at[a], 2 * c) -= hab;
            h.block<2, 2>(2 * c, 2 * at[b]) -= hab;
            h.block<2, 2>(2 * c, 2 * c) += hab;
          }
        }
      }
      // From corner coordinates to unknowns: a sliding node moves along its curve's tangent.
      Eigen::Matrix<double, 8, 1> gl;
      Eigen::Matrix<double, 8, 8> half, hl;  // columns, then rows
      for (int i = 0; i < n; ++i) {
        const int corner = 2 * e[i].corner;
        if (e[i].component >= 0) {
          gl[i] = g[corner + e[i].component];
          half.col(i) = h.col(corner + e[i].component);
        } else {
          const Vec2& along = x[quad.nodes[e[i].corner]].first;
          gl[i] = g[corner] * along[0] + g[corner + 1] * along[1];
          half.col(i) = h.col(corner) * along[0] + h.col(corner + 1) * along[1];
        }
      }
      for (int i = 0; i < n; ++i) {
        const int corner = 2 * e[i].corner;
        if (e[i].component >= 0) {
          for (int j = 0; j < n; ++j) hl(i, j) = half(corner + e[i].component, j);
        } else {
          const CurvePoint& at = x[quad.nodes[e[i].corner]];
          for (int j = 0; j < n; ++j) hl(i, j) = half(corner, j) * at.first[0] + half(corner + 1, j) * at.first[1];
          const double bend = g[corner] * at.second[0] + g[corner + 1] * at.second[1];
          hl(i, i) += project ? std::max(bend, 0.0) : bend;
        }
      }
      for (int i = 0; i < n; ++i) {
        gradient[e[i].unknown] += gl[i];
        for (int j = 0; j < n; ++j)
          if (plan.place[8 * i + j] >= 0) H.valuePtr()[plan.place[8 * i + j]] += hl(i, j);
      }
    }
    for_each_spring(curves, q, [&](double w, double r, int a, double ra, int b, double rb) {
      gradient[a] += w * r * ra;
      H.valuePtr()[value_index(a, a)] += w * ra * ra;
      if (b < 0) return;
      gradient[b] += w * r * rb;
      H.valuePtr()[value_index(b, b)] += w * rb * rb;
      H.valuePtr()[value_index(a, b)] += w * ra * rb;
    });
    if (!pull) return;
    for (std::size_t n = 0; n < x.size(); ++n) {
      const int a = unknown_of[n];
      if (a < 0) continue;
      Vec2 g;
      Mat2 h;
      pull->derivatives(n, x[n].x - pull->target[n], g, h);
      if (topology.nodes[n].binding == Binding::free) {
        gradient.segment<2>(a) += g;
        for (int i = 0; i < 2; ++i) H.valuePtr()[value_index(a + i, a + i)] += h(i, i);
        H.valuePtr()[value_index(a, a + 1)] += h(0, 1);
      } else {
        const double bend = g.dot(x[n].second);
        gradient[a] += g.dot(x[n].first);
        H.valuePtr()[value_index(a, a)] += x[n].first.dot(h * x[n].first) + (project ? std::max(bend, 0.0) : bend);
      }
    }
  }

  using Factor = Eigen::SimplicialLLT<Eigen::SparseMatrix<double>, Eigen::Lower, Eigen::NaturalOrdering<int>>;
  /// Cholesky stops at the first pivot that is not positive.
  static bool factorise(const Eigen::SparseMatrix<double>& H, Factor& factor) {
    factor.factorize(H);
    return factor.info() == Eigen::Success;
  }

  static Eigen::Map<Eigen::VectorXd> values(Eigen::SparseMatrix<double>& H) { return {H.valuePtr(), H.nonZeros()}; }
  static Eigen::Map<const Eigen::VectorXd> values(const Eigen::SparseMatrix<double>& H) { return {H.valuePtr(), H.nonZeros()}; }

  SectionSolution minimise(const SectionCurves& curves, const Pull* pull, Eigen::VectorXd q, int limit, double tolerance) const {
    SectionSolution out;
    std::vector<CurvePoint> x, trial_x;
    Eigen::VectorXd gradient;
    Eigen::SparseMatrix<double> H = pattern, exact;
    Factor factor;
    factor.analyzePattern(H);
    double share = 1.0;  // of the convex Hessian in the next mixture
    for (; out.iterations < limit; ++out.iterations) {
      place(curves, q, x);
      const double least = least_area(x);
      const bool hard = least > untangled_area;
      const CornerEnergy law = hard ? CornerEnergy{1.0, 1e-6, 1.0}
                                    : CornerEnergy{0.05, std::sqrt(1e-6 + 0.04 * least * least) + 0.02 * std::abs(least)};
      const double before = energy(curves, pull, q, law, false, x);
      Eigen::VectorXd step;
      derivatives(curves, pull, q, law, false, x, gradient, H);
      if (!factorise(H, factor)) {
        // All of the convex one is safe but leaves a saddle slowly: next time less of it, as long as that is enough.
        exact = H;
        derivatives(curves, pull, q, law, true, x, gradient, H);
        const Eigen::SparseMatrix<double> convex = H;
        for (;; share = std::min(4.0 * share, 1.0)) {
          values(H) = (1.0 - share) * values(exact) + share * values(convex);
          if (factorise(H, factor)) break;
          if (share == 1.0) return out;
        }
        share *= 0.25;
      }
      step = order.transpose() * factor.solve(order * -gradient);
      if (!step.allFinite()) return out;
      double part = 1.0, largest_turn = 0.0, largest = 0.0;
      for (const Loop& l : loops) largest_turn = std::max(largest_turn, step.segment(l.first, l.count).cwiseAbs().maxCoeff());
      part = std::min(part, 0.25 / std::max(largest_turn, 1e-12));
      const double slope = gradient.dot(step);
      bool taken = false;
      for (int cut = 0; cut < 40 && !taken; ++cut, part *= 0.5) {
        const Eigen::VectorXd trial = q + part * step;
        const double after = energy(curves, pull, trial, law, hard, trial_x);
        if (after <= before + 1e-4 * part * slope || (hard && std::abs(after - before) <= 1e-11 * std::abs(before))) {
          largest = part * step.cwiseAbs().maxCoeff();
          q = trial;
          taken = true;
        }
      }
      if (!taken) return out;
      if (hard && part >= 0.5 - 1e-12 && largest < tolerance) {  // `part` has been halved once after the accepted full step
        out.converged = true;
        ++out.iterations;
        break;
      }
    }
    place(curves, q, x);
    out.unknowns = q;
    for (const CurvePoint& p : x) out.x.push_back(p.x);
    return out;
  }

  Eigen::VectorXd rest_unknowns(const SectionCurves& curves) const {
    Eigen::VectorXd q = Eigen::VectorXd::Zero(count);
    for (const Loop& l : loops)
      for (int i = 0; i < l.count; ++i) q[l.first + i] = (curves.*(l.rest))[i];
    return q;
  }
  void set_free(Eigen::VectorXd& q, const std::vector<Vec2>& value, bool add) const {
    for (const int n : free_nodes) {
      if (add) q.segment<2>(unknown_of[n]) += value[n];
      else q.segment<2>(unknown_of[n]) = value[n];
    }
  }
};

SectionSolver::SectionSolver(const SectionTopology& topology, const Divisions& divisions)
    : impl_(std::make_unique<Impl>(topology, divisions)) {}
SectionSolver::~SectionSolver() = default;
int SectionSolver::unknowns() const { return impl_->count; }
const SectionTopology& SectionSolver::topology() const { return impl_->topology; }

SectionSolution SectionSolver::solve(const SectionShape& shape) const {
  const SectionCurves curves(impl_->topology, impl_->divisions, shape);
  Eigen::VectorXd q = impl_->rest_unknowns(curves);
  std::vector<CurvePoint> x;
  impl_->place(curves, q, x);
  std::vector<Vec2> value;
  for (const CurvePoint& p : x) value.push_back(p.x);
  impl_->spread(value);
  impl_->set_free(q, value, false);
  return impl_->minimise(curves, nullptr, q, 300, tight);
}

SectionSolution SectionSolver::solve(const SectionShape& shape, const SectionShape& start_shape,
                                     const SectionSolution& start, const Pull& pull, const Approach& approach) const {
  const SectionCurves curves(impl_->topology, impl_->divisions, shape), old(impl_->topology, impl_->divisions, start_shape);
  Eigen::VectorXd q = start.unknowns;
  // Sliding nodes keep their distance from rest; free nodes follow harmonically.
  q += impl_->rest_unknowns(curves) - impl_->rest_unknowns(old);
  std::vector<CurvePoint> x;
  impl_->place(curves, q, x);
  std::vector<Vec2> change(x.size(), Vec2::Zero());
  for (std::size_t n = 0; n < x.size(); ++n)
    if (impl_->free_index[n] < 0) change[n] = x[n].x - start.x[n];
  impl_->spread(change);
  impl_->set_free(q, change, true);
  const Eigen::VectorXd followed = q;
  // What the last step had to add is likely to be added once more.
  if (approach.ahead > 0.0 && start.drift.size() > 0) q += approach.ahead * start.drift;
  impl_->place(curves, q, x);
  if (!(impl_->least_area(x) > 0.0)) {
    q = followed;
    impl_->place(curves, q, x);
  }
  if (approach.untangled_only && !(impl_->least_area(x) > 0.0)) return {};
  SectionSolution found = impl_->minimise(curves, &pull, q, 60, approach.loose ? loose : tight);
  if (found.converged) found.drift = found.unknowns - followed;
  return found;
}

}  // namespace nerveload
