#include "meshes/lift.hpp"

#include <algorithm>

#include "meshes/quality.hpp"
#include "solver/base/caught_in_parallel.hpp"

namespace nerveload {
namespace {

constexpr double wanted = 0.45;  ///< q₀; a hundredth of the cells has to reach 0.40
constexpr double longest_step = 0.1, damping = 0.05, least_damping = 1e-6;
constexpr int most_cuts = 4;

/// A cell between this section and the next.
struct Cell {
  int section, quad;
};

class Lift {
 public:
  Lift(const SectionSolver& solver, const LayerPlan& plan, SweptSections& sections)
      : topology_(solver.topology()), energy_(solver.energy()), ischium_end_(plan.ischium_end()), sections_(sections), nodes_of_(energy_.unknowns()),
        quads_of_(energy_.unknowns()), held_(topology_.nodes.size(), 0) {
    for (int n = 0; n < static_cast<int>(topology_.nodes.size()); ++n)
      if (energy_.unknown_of(n) >= 0) nodes_of_[energy_.unknown_of(n)].push_back(n);
    for (int q = 0; q < static_cast<int>(topology_.quads.size()); ++q)
      for (const int n : topology_.quads[q].nodes)
        if (const int u = energy_.unknown_of(n); u >= 0 && (quads_of_[u].empty() || quads_of_[u].back() != q)) quads_of_[u].push_back(q);
    for (const auto* face : {&topology_.piriformis_front, &topology_.piriformis_back})
      for (const int n : *face) held_[n] = 1;
    for (std::size_t k = 0; k < sections.shapes.size(); ++k) {
      energy_.place(*sections.solutions[k].curves, sections.solutions[k].unknowns, places_.emplace_back());
      for (std::vector<Vec3>& X = X_.emplace_back(); const CurvePoint& p : places_[k]) X.push_back(world(k, p));
    }
  }

  void round() {
    const int last = static_cast<int>(X_.size()) - 1;
    CaughtInParallel caught;
    for (const int parity : {1, 0})
#pragma omp parallel for schedule(dynamic)
      for (int k = 2 - parity; k < last; k += 2)
        caught.run([&] {
          for (const int u : poor_unknowns(k)) lift(k, u);
        });
    caught.rethrow();
  }

  void finish() {
    for (std::size_t k = 0; k < X_.size(); ++k)
      for (std::size_t n = 0; n < X_[k].size(); ++n) sections_.solutions[k].x[n] = places_[k][n].x;
  }

 private:
  Vec3 world(std::size_t k, const CurvePoint& p) const { return sections_.shapes[k].frame.world(p.x); }
  bool is_bone(const Cell& c) const { return topology_.quads[c.quad].part == Part::medial && c.section < ischium_end_; }
  std::array<Vec3, 8> corners(const Cell& c) const {
    std::array<Vec3, 8> x;
    for (int i = 0; i < 4; ++i) {
      const int n = topology_.quads[c.quad].nodes[i];
      x[i] = X_[c.section + 1][n];
      x[i + 4] = X_[c.section][n];
    }
    return x;
  }

  /// Unknowns of section k that move a corner of a cell below q₀, in order.
  std::vector<int> poor_unknowns(int k) const {
    std::vector<int> poor;
    for (const int layer : {k - 1, k})
      for (int q = 0; q < static_cast<int>(topology_.quads.size()); ++q)
        if (const Cell cell{layer, q}; !is_bone(cell) && scaled_jacobian(corners(cell)) < wanted)
          for (const int n : topology_.quads[q].nodes)
            if (energy_.unknown_of(n) >= 0) poor.push_back(energy_.unknown_of(n));
    std::sort(poor.begin(), poor.end());
    poor.erase(std::unique(poor.begin(), poor.end()), poor.end());
    return poor;
  }

  /// How a node moves with its unknown, or with the two of a free node; a held face of the piriformis only along itself.
  Eigen::Matrix<double, 3, 2> rate(int k, int n) const {
    Eigen::Matrix<double, 3, 2> r = sections_.shapes[k].frame.axes.leftCols<2>();
    if (topology_.nodes[n].binding != Binding::free) r.col(0) = r * places_[k][n].first;
    if (topology_.nodes[n].binding != Binding::free || (held_[n] && sections_.shapes[k].piriformis_hold > 0.0)) r.col(1).setZero();
    return r;
  }

  bool is_free(int u) const { return topology_.nodes[nodes_of_[u].front()].binding == Binding::free; }
  Vec2 value(int k, int u) const {
    const Eigen::VectorXd& q = sections_.solutions[k].unknowns;
    return {q[u], is_free(u) ? q[u + 1] : 0.0};
  }
  void put(int k, int u, const Vec2& value) {
    Eigen::VectorXd& q = sections_.solutions[k].unknowns;
    q[u] = value[0];
    if (is_free(u)) q[u + 1] = value[1];
    for (const int n : nodes_of_[u]) {
      if (is_free(u)) places_[k][n].x = value;
      else places_[k][n] = sections_.solutions[k].curves->at(topology_.nodes[n], value[0]);
      X_[k][n] = world(k, places_[k][n]);
    }
  }

  void lift(int k, int u) {
    double fastest = 0.0, shortest = std::numeric_limits<double>::infinity();
    for (const int n : nodes_of_[u]) fastest = std::max(fastest, rate(k, n).colwise().norm().maxCoeff());
    Mat2 A = Mat2::Zero();
    Vec2 b = Vec2::Zero();
    const double before = shortfall(k, u, [&](const Cell& c, const std::array<Vec3, 8>& x, const std::array<Vec3, 8>& gradient, double lack) {
      Vec2 J = Vec2::Zero();
      for (int i = 0; i < 4; ++i) {
        const int n = topology_.quads[c.quad].nodes[i], at = c.section == k ? i + 4 : i;
        if (energy_.unknown_of(n) == u) J += rate(k, n).transpose() * gradient[at];
        shortest = std::min(shortest, (x[at] - x[at - i + (i + 1) % 4]).norm());
      }
      A += lack * J * J.transpose();
      b += lack * lack * J;
    });
    if (before == 0.0) return;
    const double scale = fastest / shortest;  // of ∂q/∂u
    A.diagonal().array() += damping * A.trace() + least_damping * scale * scale;
    Vec2 step = A.ldlt().solve(b);
    step /= std::max(1.0, scale * step.norm() / longest_step);
    const Vec2 start = value(k, u);
    for (int cut = 0; cut < most_cuts; ++cut, step *= 0.5) {
      put(k, u, start + step);
      if (shortfall(k, u, [](auto&&...) {}) < before) return;
    }
    put(k, u, start);
  }

  /// Σ max(0, q₀ − q)³ around unknown u of section k; visit(cell, corners x, ∂q/∂x, q₀ − q) for each positive one.
  template <class Visit>
  double shortfall(int k, int u, Visit&& visit) const {
    double sum = 0.0;
    for (const int layer : {k - 1, k})
      for (const int quad : quads_of_[u]) {
        const Cell cell{layer, quad};
        if (is_bone(cell)) continue;
        const std::array<Vec3, 8> x = corners(cell);
        for (int i = 0; i < 8; ++i) {
          const auto [ia, ib, ic] = hex_corner_edges[i];
          const Vec3 a = x[ia] - x[i], b = x[ib] - x[i], c = x[ic] - x[i], bc = b.cross(c);
          const double size = a.norm() * b.norm() * c.norm(), q = a.dot(bc) / size, lack = wanted - q;
          if (lack <= 0.0) continue;
          sum += lack * lack * lack;
          std::array<Vec3, 8> gradient;
          gradient.fill(Vec3::Zero());
          gradient[ia] = bc / size - q / a.squaredNorm() * a;
          gradient[ib] = c.cross(a) / size - q / b.squaredNorm() * b;
          gradient[ic] = a.cross(b) / size - q / c.squaredNorm() * c;
          gradient[i] = -(gradient[ia] + gradient[ib] + gradient[ic]);
          visit(cell, x, gradient, lack);
        }
      }
    return sum;
  }

  const SectionTopology& topology_;
  const SectionEnergy& energy_;
  int ischium_end_;
  SweptSections& sections_;
  std::vector<std::vector<int>> nodes_of_, quads_of_;  ///< per unknown; those of a free node's second one are empty
  std::vector<char> held_;
  std::vector<std::vector<CurvePoint>> places_;  ///< per section and node
  std::vector<std::vector<Vec3>> X_;
};

}  // namespace

void lift_worst_cells(const SectionSolver& solver, const LayerPlan& plan, SweptSections& sections) {
  if (solver.divisions().lifts == 0) return;
  Lift lift(solver, plan, sections);
  for (int i = 0; i < solver.divisions().lifts; ++i) lift.round();
  lift.finish();
}

}  // namespace nerveload
