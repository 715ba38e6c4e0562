#include "solver/newton.hpp"

#include <chrono>
#include <cmath>

#include "solver/base/error.hpp"
#include "solver/linear/conjugate_gradient.hpp"

namespace nerveload {
namespace {

class Stopwatch {
 public:
  explicit Stopwatch(double& total) : total_(total), start_(std::chrono::steady_clock::now()) {}
  ~Stopwatch() { total_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& total_;
  std::chrono::steady_clock::time_point start_;
};

/// One Newton solve: keeps what the iterations share.
class Iteration {
 public:
  Iteration(Problem& problem, const State& start, const StepTarget& target, const NewtonOptions& options)
      : problem_(problem), options_(options), state_(start), pending_(Eigen::VectorXd::Zero(start.unknowns.size())) {
    state_.path = target.path;
    const double motion = target.motion.value_or(target.path);
    for (const Prescribed& p : problem.model.supports) pending_[p.unknown] = p.rate * motion - state_.unknowns[p.unknown];
    const auto& borders = problem.assembly.layout().borders();
    NL_EXPECT(target.border.size() == borders.size(), "a target for each border unknown");
    for (std::size_t b = 0; b < borders.size(); ++b) {
      if (!target.border[b]) free_borders_.push_back(static_cast<int>(b));
      else pending_[borders[b]] = *target.border[b] - state_.unknowns[borders[b]];
    }
  }

  SolveReport run() {
    if (!evaluate()) return fail(Ending::inverted_element);
    for (int i = 0;; ++i) {
      const double residual = residual_norm();
      const double relative = residual / std::max(problem_.system.reference_force, 1e-9);
      report_.iterations.push_back({residual, relative, 0.0, 0.0});
      const bool go_on = !options_.observer || options_.observer(report_.iterations.back());
      if (!std::isfinite(residual)) return fail(Ending::not_finite);
      if (pending_.isZero(0.0) && (relative <= options_.tolerance || residual <= options_.absolute_tolerance)) {
        report_.ending = Ending::converged;
        return report_;
      }
      if (!go_on) return fail(Ending::stopped);
      if (i == options_.max_iterations) return fail(Ending::iteration_limit);
      ++problem_.statistics.newton_iterations;
      if (residual_fell()) shift_ = lowered();
      const std::optional<Eigen::VectorXd> du = increment();
      if (!du) return fail(Ending::singular_tangent);
      if (!advance(*du) && !advance_with_larger_shift()) return fail(Ending::inverted_element);
    }
  }

  const State& state() const { return state_; }

 private:
  bool evaluate() {
    const Stopwatch watch(problem_.statistics.assembly_s);
    problem_.system.request = {true, &pending_};
    problem_.system.evaluate(problem_.model, state_);
    report_.inverted_cell = problem_.system.inverted_cell;
    return report_.inverted_cell < 0;
  }

  double residual_norm() const {
    const auto& layout = problem_.assembly.layout();
    double sum = 0.0;
    for (const int u : problem_.assembly.free_unknowns()) sum += problem_.system.residual[u] * problem_.system.residual[u];
    for (const int b : free_borders_) sum += std::pow(problem_.system.residual[layout.borders()[b]], 2);
    return std::sqrt(sum);
  }

  double free_residual_along(const Eigen::VectorXd& du) const {
    const auto& layout = problem_.assembly.layout();
    double sum = 0.0;
    for (const int u : problem_.assembly.free_unknowns()) sum += problem_.system.residual[u] * du[u];
    for (const int b : free_borders_) sum += problem_.system.residual[layout.borders()[b]] * du[layout.borders()[b]];
    return sum;
  }

  /// Factorises the tangent, its diagonal raised until it is positive definite (Levenberg 1944). A few soft modes need a
  /// raise of a thousandth of the mean diagonal, which leaves all other modes their own stiffness. It is remembered, and falls
  /// to nothing with the residual, so that the last iterations are Newton's own.
  bool factorise() {
    constexpr double largest = 10.0;
    SparseMatrix& K = problem_.system.tangent;
    if (!std::isfinite(K.coeffs().sum())) return false;
    const Eigen::VectorXd diagonal = K.diagonal();
    const double mean = diagonal.cwiseAbs().mean();
    for (const double first = shift_; shift_ < largest; shift_ = raised()) {
      K.diagonal() = diagonal.array() + shift_ * mean;
      report_.iterations.back().shift = shift_;
      if (attempt(K)) return true;
      problem_.statistics.indefinite_tangents += shift_ == first;
    }
    return false;
  }
  bool attempt(const SparseMatrix& K) {
    const Stopwatch watch(problem_.statistics.linear_s);
    ++problem_.statistics.factorisations;
    return problem_.factor_ready = problem_.solver->factorise(K);
  }
  static constexpr double least_shift = 1e-4, shift_factor = 4.0;
  double raised() const { return std::max(shift_factor * shift_, least_shift); }
  double lowered() const { return shift_ < shift_factor * least_shift ? 0.0 : shift_ / shift_factor; }
  bool residual_fell() const {
    const auto& all = report_.iterations;
    return all.size() < 2 || all.back().residual < all[all.size() - 2].residual;
  }

  /// The increment of all unknowns: with the factorisation at hand as preconditioner where that is cheaper, else with a new one.
  /// Conjugate gradients end at negative curvature, so an indefinite tangent always comes to `factorise`.
  std::optional<Eigen::VectorXd> increment() {
    if (problem_.factor_ready && options_.recycle_iterations > 0) {
      CgEnding ending = CgEnding::converged;
      const Eigen::VectorXd du = solve_bordered([&](const Eigen::MatrixXd& rhs) { return recycle(rhs, ending); });
      if (ending == CgEnding::converged) return du;
    }
    if (!factorise()) return {};
    const Stopwatch watch(problem_.statistics.linear_s);
    return solve_bordered([&](const Eigen::MatrixXd& rhs) { return problem_.solver->solve(rhs); });
  }

  Eigen::MatrixXd recycle(const Eigen::MatrixXd& rhs, CgEnding& ending) {
    const Stopwatch watch(problem_.statistics.linear_s);
    Eigen::MatrixXd x(rhs.rows(), rhs.cols());
    ending = CgEnding::converged;
    for (Eigen::Index c = 0; c < rhs.cols() && ending == CgEnding::converged; ++c) {
      Eigen::VectorXd column;
      const CgReport r =
          conjugate_gradient(problem_.system.tangent, *problem_.solver, rhs.col(c), options_.recycle_tolerance, options_.recycle_iterations, column);
      problem_.statistics.cg_iterations += r.iterations;
      ending = r.ending;
      x.col(c) = column;
    }
    return x;
  }

  /// Solves the bordered system, given a way to solve with the sparse part.
  template <class Solve>
  Eigen::VectorXd solve_bordered(Solve&& solve) {
    const NewtonSystem& s = problem_.system;
    const auto& borders = problem_.assembly.layout().borders();
    const auto& free = problem_.assembly.free_unknowns();
    const int nb = static_cast<int>(free_borders_.size());
    Eigen::MatrixXd rhs(problem_.assembly.free_count(), 1 + nb);
    for (std::size_t i = 0; i < free.size(); ++i) rhs(i, 0) = -s.residual[free[i]] - s.forcing[i];
    for (std::size_t b = 0; b < borders.size(); ++b) rhs.col(0) -= s.border.col(b) * pending_[borders[b]];
    for (int k = 0; k < nb; ++k) rhs.col(1 + k) = s.border.col(free_borders_[k]);
    const Eigen::MatrixXd x = solve(rhs);
    Eigen::VectorXd y(nb);
    if (nb > 0) {
      Eigen::MatrixXd schur(nb, nb);
      Eigen::VectorXd r(nb);
      for (int k = 0; k < nb; ++k) {
        const int bk = free_borders_[k];
        r[k] = -s.residual[borders[bk]] - s.border_forcing[bk] - s.border.col(bk).dot(x.col(0));
        for (std::size_t b = 0; b < borders.size(); ++b) r[k] -= s.border_corner(bk, b) * pending_[borders[b]];
        for (int l = 0; l < nb; ++l) schur(k, l) = s.border_corner(bk, free_borders_[l]) - s.border.col(bk).dot(x.col(1 + l));
      }
      y = schur.fullPivLu().solve(r);
    }
    Eigen::VectorXd du = pending_;
    const Eigen::VectorXd inner = nb > 0 ? Eigen::VectorXd(x.col(0) - x.rightCols(nb) * y) : Eigen::VectorXd(x.col(0));
    for (std::size_t i = 0; i < free.size(); ++i) du[free[i]] = inner[i];
    for (int k = 0; k < nb; ++k) du[borders[free_borders_[k]]] = y[k];
    return du;
  }

  /// Takes the increment, cut back while it inverts an element or gives non-finite numbers.
  bool advance(const Eigen::VectorXd& du) {
    if (!du.allFinite()) return false;
    const State before = state_;
    const Eigen::VectorXd pending_before = pending_;
    const double slope = free_residual_along(du);
    State whole = before;  // the mixed fields after the whole increment
    for (const auto& term : problem_.model.terms) term->update_mixed(before, du, whole);
    double part = 1.0;
    for (const auto& term : problem_.model.terms) part = std::min(part, term->admissible_part(before, du));
    for (int cut = 0; cut <= options_.max_cuts; ++cut, part *= 0.5) {
      state_.unknowns = before.unknowns + part * du;
      // The mixed fields are unknowns like the others: a part of the increment moves them by the same part.
      state_.mixed = part == 1.0 ? whole.mixed : Eigen::VectorXd(before.mixed + part * (whole.mixed - before.mixed));
      pending_ = part == 1.0 ? Eigen::VectorXd::Zero(pending_.size()) : Eigen::VectorXd((1.0 - part) * pending_before);
      if (evaluate() && std::isfinite(residual_norm()) && !exploded() &&
          (!options_.line_search || !pending_before.isZero(0.0) || cut == options_.max_cuts ||
           std::abs(free_residual_along(du)) <= 0.9 * std::abs(slope))) {
        report_.iterations.back().step = part;
        return true;
      }
    }
    state_ = before;
    pending_ = pending_before;
    return false;
  }
  bool exploded() const { return options_.far_start && residual_norm() > 3.0 * report_.iterations.back().residual; }

  /// From the same state again, with a shorter increment that turns towards the steepest descent.
  bool advance_with_larger_shift() {
    const int cell = report_.inverted_cell;
    for (int raise = 0; options_.far_start && raise < 4; ++raise) {
      if (!evaluate()) return false;
      shift_ = raised();
      const std::optional<Eigen::VectorXd> du = increment();
      if (du && advance(*du)) return true;
    }
    report_.inverted_cell = cell;
    return false;
  }

  SolveReport fail(Ending ending) {
    report_.ending = ending;
    report_.message = to_string(ending);
    if (report_.inverted_cell >= 0) report_.message += " (cell " + std::to_string(report_.inverted_cell) + ")";
    return report_;
  }

  Problem& problem_;
  const NewtonOptions& options_;
  State state_;
  Eigen::VectorXd pending_;  ///< prescribed motion still to be made
  std::vector<int> free_borders_;
  SolveReport report_;
  double shift_ = 0.0;  ///< of the tangent's diagonal, over its mean
};

}  // namespace

const char* to_string(Ending ending) {
  switch (ending) {
    case Ending::converged: return "converged";
    case Ending::iteration_limit: return "no convergence within the iteration limit";
    case Ending::inverted_element: return "an element inverted";
    case Ending::singular_tangent: return "the tangent stayed indefinite";
    case Ending::not_finite: return "a number became non-finite";
    case Ending::step_too_small: return "the load step became too small";
    case Ending::stopped: return "interrupted";
  }
  return "unknown";
}

Problem::Problem(const Model& m, std::unique_ptr<LinearSolver> s) : model(m), assembly(m), system(assembly), solver(std::move(s)) {
  const Stopwatch watch(statistics.linear_s);
  solver->analyse(assembly.pattern());
}

SolveReport solve_newton(Problem& problem, State& state, const StepTarget& target, const NewtonOptions& options) {
  Iteration iteration(problem, state, target, options);
  SolveReport report = iteration.run();
  if (report.converged()) state = iteration.state();
  return report;
}

}  // namespace nerveload
