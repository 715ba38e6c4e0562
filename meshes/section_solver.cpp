#include "meshes/section_solver.hpp"

#include <Eigen/SparseCholesky>
#include <set>

namespace nerveload {
namespace {

constexpr double tight = 1e-9, loose = 0.05;  ///< mm, last step of a converged iteration

}  // namespace

struct SectionSolver::Impl {
  SectionEnergy energy;
  Divisions divisions;
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> harmonic;  ///< graph Laplacian over the free nodes
  std::vector<int> free_nodes, free_index;
  std::vector<std::vector<int>> neighbours;

  Impl(const SectionTopology& topology, const Divisions& d) : energy(topology, d), divisions(d) {
    for (std::size_t n = 0; n < topology.nodes.size(); ++n)
      if (topology.nodes[n].binding == Binding::free) free_nodes.push_back(static_cast<int>(n));
    build_harmonic();
  }

  void build_harmonic() {
    std::vector<std::set<int>> near(energy.topology().nodes.size());
    for (const SectionQuad& q : energy.topology().quads)
      for (int c = 0; c < 4; ++c) {
        near[q.nodes[c]].insert(q.nodes[(c + 1) % 4]);
        near[q.nodes[(c + 1) % 4]].insert(q.nodes[c]);
      }
    free_index.assign(energy.topology().nodes.size(), -1);
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

  using Factor = Eigen::SimplicialLLT<Eigen::SparseMatrix<double>, Eigen::Lower, Eigen::NaturalOrdering<int>>;
  /// Cholesky stops at the first pivot that is not positive.
  static bool factorise(const Eigen::SparseMatrix<double>& H, Factor& factor) {
    factor.factorize(H);
    return factor.info() == Eigen::Success;
  }

  static Eigen::Map<Eigen::VectorXd> values(Eigen::SparseMatrix<double>& H) { return {H.valuePtr(), H.nonZeros()}; }
  static Eigen::Map<const Eigen::VectorXd> values(const Eigen::SparseMatrix<double>& H) { return {H.valuePtr(), H.nonZeros()}; }

  std::shared_ptr<const SectionCurves> curves_of(const SectionShape& shape) const {
    return std::make_shared<const SectionCurves>(energy.topology(), divisions, shape);
  }

  SectionSolution minimise(std::shared_ptr<const SectionCurves> on, const Pull* pull, Eigen::VectorXd q, int limit, double tolerance) const {
    SectionSolution out;
    out.curves = std::move(on);
    const SectionCurves& curves = *out.curves;
    std::vector<CurvePoint> x, trial_x;
    Eigen::VectorXd gradient;
    Eigen::SparseMatrix<double> H = energy.pattern(), exact;
    Factor factor;
    factor.analyzePattern(H);
    double share = 1.0;  // of the convex Hessian in the next mixture
    for (; out.iterations < limit; ++out.iterations) {
      energy.place(curves, q, x);
      const double least = energy.least_area(x);
      const bool hard = least > divisions.untangled_mm2;
      const CornerEnergy law =
          hard ? CornerEnergy{1.0, 1e-6, 1.0} : CornerEnergy{0.05, std::sqrt(1e-6 + 0.04 * least * least) + 0.02 * std::abs(least)};
      const double before = energy.value(curves, pull, q, law, false, x);
      Eigen::VectorXd step;
      energy.derivatives(curves, pull, q, law, false, x, gradient, H);
      if (!factorise(H, factor)) {
        // All of the convex one is safe but leaves a saddle slowly: next time less of it, as long as that is enough.
        exact = H;
        energy.derivatives(curves, pull, q, law, true, x, gradient, H);
        const Eigen::SparseMatrix<double> convex = H;
        for (;; share = std::min(4.0 * share, 1.0)) {
          values(H) = (1.0 - share) * values(exact) + share * values(convex);
          if (factorise(H, factor)) break;
          if (share == 1.0) return out;
        }
        share *= 0.25;
      }
      step = energy.order().transpose() * factor.solve(energy.order() * -gradient);
      if (!step.allFinite()) return out;
      double part = 1.0, largest_turn = 0.0, largest = 0.0;
      for (const SlidingLoop& l : energy.loops()) largest_turn = std::max(largest_turn, step.segment(l.first, l.count).cwiseAbs().maxCoeff());
      part = std::min(part, 0.25 / std::max(largest_turn, 1e-12));
      const double slope = gradient.dot(step);
      bool taken = false;
      for (int cut = 0; cut < 40 && !taken; ++cut, part *= 0.5) {
        const Eigen::VectorXd trial = q + part * step;
        const double after = energy.value(curves, pull, trial, law, hard, trial_x);
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
    energy.place(curves, q, x);
    out.unknowns = q;
    for (const CurvePoint& p : x) out.x.push_back(p.x);
    return out;
  }

  void set_free(Eigen::VectorXd& q, const std::vector<Vec2>& value, bool add) const {
    for (const int n : free_nodes) {
      if (add) q.segment<2>(energy.unknown_of(n)) += value[n];
      else q.segment<2>(energy.unknown_of(n)) = value[n];
    }
  }
};

SectionSolver::SectionSolver(const SectionTopology& topology, const Divisions& divisions) : impl_(std::make_unique<Impl>(topology, divisions)) {}
SectionSolver::~SectionSolver() = default;
int SectionSolver::unknowns() const { return impl_->energy.unknowns(); }
const SectionTopology& SectionSolver::topology() const { return impl_->energy.topology(); }
const SectionEnergy& SectionSolver::energy() const { return impl_->energy; }
const Divisions& SectionSolver::divisions() const { return impl_->divisions; }

SectionSolution SectionSolver::solve(const SectionShape& shape) const {
  const auto curves = impl_->curves_of(shape);
  Eigen::VectorXd q = impl_->energy.rest(*curves);
  std::vector<CurvePoint> x;
  impl_->energy.place(*curves, q, x);
  std::vector<Vec2> value;
  for (const CurvePoint& p : x) value.push_back(p.x);
  impl_->spread(value);
  impl_->set_free(q, value, false);
  return impl_->minimise(curves, nullptr, q, 300, tight);
}

SectionSolution SectionSolver::solve(const SectionShape& shape, const SectionSolution& start, const Pull& pull, const Approach& approach) const {
  const auto curves = impl_->curves_of(shape);
  Eigen::VectorXd q = start.unknowns;
  // Sliding nodes keep their distance from rest; free nodes follow harmonically.
  q += impl_->energy.rest(*curves) - impl_->energy.rest(*start.curves);
  std::vector<CurvePoint> x;
  impl_->energy.place(*curves, q, x);
  std::vector<Vec2> change(x.size(), Vec2::Zero());
  for (std::size_t n = 0; n < x.size(); ++n)
    if (impl_->free_index[n] < 0) change[n] = x[n].x - start.x[n];
  impl_->spread(change);
  impl_->set_free(q, change, true);
  const Eigen::VectorXd followed = q;
  // What the last step had to add is likely to be added once more.
  if (approach.ahead > 0.0 && start.drift.size() > 0) q += approach.ahead * start.drift;
  impl_->energy.place(*curves, q, x);
  if (!(impl_->energy.least_area(x) > 0.0)) {
    q = followed;
    impl_->energy.place(*curves, q, x);
  }
  if (approach.untangled_only && !(impl_->energy.least_area(x) > 0.0)) return {};
  SectionSolution found = impl_->minimise(curves, &pull, q, 60, approach.loose ? loose : tight);
  if (found.converged) found.drift = found.unknowns - followed;
  return found;
}

SectionSolution SectionSolver::improve(const SectionSolution& start, const Pull& pull, int iterations) const {
  SectionSolution found = impl_->minimise(start.curves, &pull, start.unknowns, iterations, tight);
  if (found.x.empty()) return start;
  found.converged = true;  // as good as the start, which had converged
  return found;
}

}  // namespace nerveload
