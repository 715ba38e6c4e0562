#include "meshes/section_energy.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/OrderingMethods>
#include <algorithm>
#include <limits>
#include <numbers>

namespace nerveload {
namespace {

/// The corner energy knows shapes, not sizes: its soft modes let neighbouring sections settle in different places. A
/// weak convex pull of the edges removes them.
constexpr double evenness_weight = 0.12;

/// Removes a corner's negative curvatures; most corners have none, which a Cholesky factorisation tells.
void make_convex(Eigen::Matrix4d& h) {
  if (h.llt().info() == Eigen::Success) return;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d> eigen(h);
  const double least = 1e-8 * eigen.eigenvalues().cwiseAbs().maxCoeff();  // zero would round to either side
  h = eigen.eigenvectors().lazyProduct(eigen.eigenvalues().cwiseMax(least).asDiagonal() * eigen.eigenvectors().transpose());
}

Eigen::Vector4d corner(const SectionQuad& q, int c, const std::vector<CurvePoint>& x) {
  Eigen::Vector4d edges;
  edges << x[q.nodes[(c + 1) % 4]].x - x[q.nodes[c]].x, x[q.nodes[(c + 3) % 4]].x - x[q.nodes[c]].x;
  return edges;
}

}  // namespace

SectionEnergy::SectionEnergy(const SectionTopology& topology, const Divisions& divisions) : topology_(topology) {
  number_unknowns(divisions.bone_spacing);
  build_pattern(divisions.surface_spacing);
}

void SectionEnergy::number_unknowns(double bone_spacing) {
  unknown_of_.assign(topology_.nodes.size(), -1);
  auto add_loop = [&](Binding b, int n, double spacing, double anchor, const std::vector<double> SectionCurves::*rest) {
    loops_.push_back({b, count_, n, spacing, anchor, rest});
    count_ += n;
  };
  add_loop(Binding::medial, static_cast<int>(topology_.medial_loop.size()), bone_spacing, 0.1, &SectionCurves::medial_rest);
  add_loop(Binding::lateral, static_cast<int>(topology_.lateral_loop.size()), bone_spacing, 0.1, &SectionCurves::lateral_rest);
  add_loop(Binding::nerve, static_cast<int>(topology_.nerve_loop.size()), 30.0, 0.5, &SectionCurves::nerve_rest);
  add_loop(Binding::muscle, topology_.around, 1.0, 0.18, &SectionCurves::muscle_rest);
  for (std::size_t n = 0; n < topology_.nodes.size(); ++n) {
    const SectionNode& node = topology_.nodes[n];
    if (node.binding == Binding::free) {
      unknown_of_[n] = count_;
      count_ += 2;
    }
    const Binding parent = node.binding == Binding::fat ? Binding::muscle : node.binding;
    for (const SlidingLoop& l : loops_)
      if (l.binding == parent) unknown_of_[n] = l.first + node.index;
  }
}

/// Where the entry of two unknowns stands among the pattern's values.
int SectionEnergy::value_index(int a, int b) const {
  const int ia = order_.indices()[a], ib = order_.indices()[b], row = std::max(ia, ib), column = std::min(ia, ib);
  const int* begin = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column];
  const int* end = pattern_.innerIndexPtr() + pattern_.outerIndexPtr()[column + 1];
  return static_cast<int>(std::lower_bound(begin, end, row) - pattern_.innerIndexPtr());
}

int SectionEnergy::entries_of(const SectionQuad& q, std::array<Entry, 8>& e) const {
  int n = 0;
  for (int c = 0; c < 4; ++c) {
    const int u = unknown_of_[q.nodes[c]];
    if (u < 0) continue;
    if (topology_.nodes[q.nodes[c]].binding == Binding::free) {
      e[n++] = {u, c, 0};
      e[n++] = {u + 1, c, 1};
    } else {
      e[n++] = {u, c, -1};
    }
  }
  return n;
}

void SectionEnergy::build_pattern(double spacing) {
  std::vector<Eigen::Triplet<double>> t;
  std::array<Entry, 8> e;
  for (const SectionQuad& q : topology_.quads) {
    const int n = entries_of(q, e);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        if (e[i].unknown >= e[j].unknown) t.emplace_back(e[i].unknown, e[j].unknown, 1.0);
  }
  for (const SlidingLoop& l : loops_)
    for (int i = 0; i < l.count; ++i) {
      const int a = l.first + i, b = l.first + (i + 1) % l.count;
      t.emplace_back(a, a, 1.0);
      t.emplace_back(std::max(a, b), std::min(a, b), 1.0);
    }
  Eigen::SparseMatrix<double> unordered(count_, count_);
  unordered.setFromTriplets(t.begin(), t.end());
  // The order that keeps the factor sparse, found once for all sections.
  Eigen::AMDOrdering<int>()(unordered.selfadjointView<Eigen::Lower>(), order_);
  order_ = order_.inverse().eval();
  for (Eigen::Triplet<double>& entry : t) {
    const int row = order_.indices()[entry.row()], column = order_.indices()[entry.col()];
    entry = {std::max(row, column), std::min(row, column), 1.0};
  }
  pattern_.resize(count_, count_);
  pattern_.setFromTriplets(t.begin(), t.end());
  for (const SectionQuad& q : topology_.quads) {
    const bool lattice = q.part == Part::core || q.part == Part::row3 || q.part == Part::row4_band || q.part == Part::muscle_ring;
    evenness_.push_back(lattice ? evenness_weight / (spacing * spacing) : 0.0);
    QuadPlan& plan = plans_.emplace_back();
    plan.count = entries_of(q, plan.entry);
    for (int i = 0; i < plan.count; ++i)
      for (int j = 0; j < plan.count; ++j) {
        const int a = plan.entry[i].unknown, b = plan.entry[j].unknown;
        plan.place[8 * i + j] = a >= b ? value_index(a, b) : -1;
      }
  }
}

Eigen::VectorXd SectionEnergy::rest(const SectionCurves& curves) const {
  Eigen::VectorXd q = Eigen::VectorXd::Zero(count_);
  for (const SlidingLoop& l : loops_)
    for (int i = 0; i < l.count; ++i) q[l.first + i] = (curves.*(l.rest))[i];
  return q;
}

void SectionEnergy::place(const SectionCurves& curves, const Eigen::VectorXd& q, std::vector<CurvePoint>& x) const {
  x.resize(topology_.nodes.size());
  for (std::size_t n = 0; n < x.size(); ++n) {
    const SectionNode& node = topology_.nodes[n];
    if (node.binding == Binding::free) x[n] = {q.segment<2>(unknown_of_[n]), Vec2::Zero(), Vec2::Zero()};
    else x[n] = curves.at(node, unknown_of_[n] < 0 ? 0.0 : q[unknown_of_[n]]);
  }
}

double SectionEnergy::least_area(const std::vector<CurvePoint>& x) const {
  double least = std::numeric_limits<double>::infinity();
  for (const SectionQuad& q : topology_.quads)
    for (int c = 0; c < 4; ++c) {
      const Eigen::Vector4d e = corner(q, c, x);
      least = std::min(least, e[0] * e[3] - e[1] * e[2]);
    }
  return least;
}

double SectionEnergy::value(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool hard,
                            std::vector<CurvePoint>& x) const {
  place(curves, q, x);
  double sum = 0.0;
  for (std::size_t k = 0; k < topology_.quads.size(); ++k)
    for (int c = 0; c < 4; ++c) {
      const Eigen::Vector4d e = corner(topology_.quads[k], c, x);
      if (hard && !(e[0] * e[3] - e[1] * e[2] > 0.0)) return std::numeric_limits<double>::infinity();
      sum += 0.25 * (law.value(e) + 0.5 * evenness_[k] * e.squaredNorm());
    }
  for_each_spring(curves, q, [&](double w, double r, int, double, int, double) { sum += 0.5 * w * r * r; });
  if (pull)
    for (std::size_t n = 0; n < x.size(); ++n)
      if (unknown_of_[n] >= 0) sum += pull->energy(n, x[n].x - pull->target[n]);
  return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
}

/// Quadratic terms ½ w r², r linear in one or two unknowns: visit(w, r, unknown a, ∂r/∂a, unknown b or −1, ∂r/∂b).
template <class Visit>
void SectionEnergy::for_each_spring(const SectionCurves& curves, const Eigen::VectorXd& q, Visit&& visit) const {
  for (const SlidingLoop& l : loops_) {
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
  for (const int n : topology_.piriformis_front) visit(hold, q[unknown_of_[n] + 1] - s.piriformis_front, unknown_of_[n] + 1, 1.0, -1, 0.0);
  for (const int n : topology_.piriformis_back) visit(hold, q[unknown_of_[n] + 1] - s.piriformis_back, unknown_of_[n] + 1, 1.0, -1, 0.0);
}

void SectionEnergy::derivatives(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool project,
                                const std::vector<CurvePoint>& x, Eigen::VectorXd& gradient, Eigen::SparseMatrix<double>& H) const {
  gradient.setZero(count_);
  std::fill_n(H.valuePtr(), H.nonZeros(), 0.0);
  for (std::size_t k = 0; k < topology_.quads.size(); ++k) {
    const SectionQuad& quad = topology_.quads[k];
    const QuadPlan& plan = plans_[k];
    const auto& e = plan.entry;
    const int n = plan.count;
    Eigen::Matrix<double, 8, 1> g = Eigen::Matrix<double, 8, 1>::Zero();
    Eigen::Matrix<double, 8, 8> h = Eigen::Matrix<double, 8, 8>::Zero();
    for (int c = 0; c < 4; ++c) {
      Eigen::Vector4d g4;
      Eigen::Matrix4d h4;
      law.derivatives(corner(quad, c, x), g4, h4);
      g4 += evenness_[k] * corner(quad, c, x);
      h4.diagonal().array() += evenness_[k];
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
  if (pull) add_pull(*pull, x, project, gradient, H);
}

void SectionEnergy::add_pull(const Pull& pull, const std::vector<CurvePoint>& x, bool project, Eigen::VectorXd& gradient,
                             Eigen::SparseMatrix<double>& H) const {
  for (std::size_t n = 0; n < x.size(); ++n) {
    const int a = unknown_of_[n];
    if (a < 0) continue;
    Vec2 g;
    Mat2 h;
    pull.derivatives(n, x[n].x - pull.target[n], g, h);
    if (topology_.nodes[n].binding == Binding::free) {
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

}  // namespace nerveload
