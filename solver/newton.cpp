#include "solver/newton.hpp"

#include <cmath>

#include "solver/base/clock.hpp"
#include "solver/base/error.hpp"
#include "solver/linear/conjugate_gradients.hpp"
#include "solver/trusted_part.hpp"

namespace nerveload {
namespace {

class Stopwatch {
 public:
  explicit Stopwatch(double& total) : total_(total) {}
  ~Stopwatch() { total_ += clock_.seconds(); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& total_;
  Clock clock_;
};

/// One Newton solve: keeps what the iterations share.
class Iteration {
 public:
  Iteration(Problem& problem, const State& start, const StepTarget& target, const NewtonOptions& options)
      : problem_(problem), options_(options), state_(start), pending_(Eigen::VectorXd::Zero(start.unknowns.size())) {
    state_.path = target.path;
    const double motion = target.motion.value_or(target.path);
    for (const Prescribed& p : problem.model->supports) pending_[p.unknown] = p.rate * motion - state_.unknowns[p.unknown];
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
    problem_.system.evaluate(*problem_.model, state_);
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

  /// The increment of all unknowns with the tangent K + shift · mean diagonal. Conjugate gradients solve, preconditioned by its factor.
  /// Where that does not exist the shift is raised until it does (Levenberg 1944): a few soft modes need a thousandth of the mean diagonal, which
  /// leaves all other modes their own stiffness. The raised factor is tried as a preconditioner of the tangent that was wanted first: a factorisation
  /// in single precision may break down where that is only nearly singular. The shift is remembered, and falls to nothing with the residual,
  /// so that the last iterations are Newton's own.
  std::optional<Eigen::VectorXd> increment() {
    SparseMatrix& K = problem_.system.tangent;
    if (!std::isfinite(K.coeffs().sum())) return {};
    if (auto du = increment_with_old_factor()) return du;
    const Eigen::VectorXd diagonal = K.diagonal();
    const double mean = diagonal.cwiseAbs().mean(), wanted = shift_;
    const auto set_shift = [&](double shift) { K.diagonal() = diagonal.array() + shift * mean; };
    for (; shift_ < largest_shift; shift_ = raised()) {
      set_shift(shift_);
      report_.iterations.back().shift = shift_;
      if (!factorise()) continue;
      if (shift_ > wanted) {
        set_shift(wanted);
        if (const auto du = solve_bordered(iterations_with_raised_factor, linear_tolerance())) {
          report_.iterations.back().shift = shift_ = wanted;
          return du;
        }
        set_shift(shift_);
      }
      if (const auto du = solve_bordered(iterations_with_own_factor, linear_tolerance())) return du;
    }
    return {};
  }
  bool factorise() {
    const Stopwatch watch(problem_.statistics.linear_s);
    ++problem_.statistics.factorisations;
    problem_.factor_ready = problem_.solver->factorise(problem_.system.tangent);
    problem_.statistics.indefinite_tangents += !problem_.factor_ready;
    return problem_.factor_ready;
  }
  static constexpr double shift_factor = 4.0, largest_shift = 10.0;
  double raised() const { return std::max(shift_factor * shift_, options_.least_shift); }
  double lowered() const { return shift_ < shift_factor * options_.least_shift ? 0.0 : shift_ / shift_factor; }
  bool residual_fell() const {
    const auto& all = report_.iterations;
    return all.size() < 2 || all.back().residual < all[all.size() - 2].residual;
  }

  /// Close to equilibrium the tangent hardly changes, and its last factorisation is an excellent preconditioner for the next tangents. It is tried where
  /// that may take at most half the time of a new one, and left as soon as it converges too slowly for that.
  std::optional<Eigen::VectorXd> increment_with_old_factor() {
    const FactorCost cost = problem_.solver->cost();
    constexpr double close = 5e-3;  // residual over reference force
    if (!problem_.factor_ready || shift_ > 0.0 || !pending_.isZero(0.0) || !(cost.bytes > 0.0)) return {};
    if (report_.iterations.back().relative > close) return {};
    // A byte of the factor is read in the time of so many operations of a factorisation (docs/performance.md).
    constexpr double operations_per_byte = 16.0;
    const int limit = static_cast<int>(std::min(40.0, 0.5 * cost.work / (operations_per_byte * cost.bytes)));
    if (limit < 4) return {};
    return solve_bordered(limit, 1e-3);
  }
  static constexpr int iterations_with_own_factor = 40, iterations_with_raised_factor = 15;
  /// Of the linear residual: as small as the residual itself is, so that Newton's method converges quadratically (Eisenstat & Walker 1996).
  double linear_tolerance() const { return std::clamp(1e-2 * report_.iterations.back().relative, 1e-10, 1e-6); }

  /// Solves the sparse part; nothing when conjugate gradients do not converge, as where the matrix is indefinite.
  std::optional<Eigen::MatrixXd> solve(const Eigen::MatrixXd& rhs, int limit, double tolerance) {
    const Stopwatch watch(problem_.statistics.linear_s);
    Eigen::MatrixXd x;
    const CgReport r = conjugate_gradients(problem_.system.tangent, *problem_.solver, rhs, tolerance, limit, x);
    problem_.statistics.cg_iterations += r.iterations;
    if (r.ending != CgEnding::converged) return {};
    return x;
  }

  /// Solves the bordered system.
  std::optional<Eigen::VectorXd> solve_bordered(int limit, double tolerance) {
    const NewtonSystem& s = problem_.system;
    const auto& borders = problem_.assembly.layout().borders();
    const auto& free = problem_.assembly.free_unknowns();
    const int nb = static_cast<int>(free_borders_.size());
    Eigen::MatrixXd rhs(problem_.assembly.free_count(), 1 + nb);
    for (std::size_t i = 0; i < free.size(); ++i) rhs(i, 0) = -s.residual[free[i]] - s.forcing[i];
    for (std::size_t b = 0; b < borders.size(); ++b) rhs.col(0) -= s.border.col(b) * pending_[borders[b]];
    for (int k = 0; k < nb; ++k) rhs.col(1 + k) = s.border.col(free_borders_[k]);
    const std::optional<Eigen::MatrixXd> solution = solve(rhs, limit, tolerance);
    if (!solution) return {};
    const Eigen::MatrixXd& x = *solution;
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

  /// Takes the increment as far as its tangent can be trusted, cut back while it inverts an element or gives non-finite numbers.
  bool advance(const Eigen::VectorXd& du) {
    if (!du.allFinite()) return false;
    const State before = state_;
    const Eigen::VectorXd pending_before = pending_;
    const double slope = free_residual_along(du);
    State whole = before;  // the mixed fields after the whole increment
    for (const auto& term : problem_.model->terms) term->update_mixed(before, du, whole);
    double part = trusted_part(*problem_.model->mesh, before.unknowns, du);
    for (const auto& term : problem_.model->terms) part = std::min(part, term->admissible_part(before, du));
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
    if (report_.inverted_cell == NewtonSystem::not_a_cell) report_.message += " (a segment of a cable)";
    else if (report_.inverted_cell >= 0) report_.message += " (cell " + std::to_string(report_.inverted_cell) + ")";
    for (const int u : problem_.assembly.free_unknowns()) {
      const double r = std::abs(problem_.system.residual[u]);
      if (!(r > report_.worst_residual)) continue;
      report_.worst_residual = r;
      report_.worst_unknown = u;
    }
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
    case Ending::unsettled: return "contact did not settle";
    case Ending::stopped: return "interrupted";
  }
  return "unknown";
}

Problem::Problem(const Model& m, std::unique_ptr<LinearSolver> s) : model(&m), assembly(m), system(assembly), solver(std::move(s)) {
  const Stopwatch watch(statistics.linear_s);
  solver->analyse(assembly.pattern());
}

bool Problem::take(const Model& m) {
  if (!assembly.fits(m)) return false;
  model = &m;
  statistics = {};
  factor_ready = false;
  return true;
}

SolveReport solve_newton(Problem& problem, State& state, const StepTarget& target, const NewtonOptions& options) {
  Iteration iteration(problem, state, target, options);
  SolveReport report = iteration.run();
  if (report.converged()) state = iteration.state();
  return report;
}

}  // namespace nerveload
