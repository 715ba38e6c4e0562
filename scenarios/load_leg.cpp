#include "scenarios/load_leg.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/leg_guide.hpp"

namespace nerveload {
namespace {

constexpr double away_mm = -500.0;  ///< travel of a roller that does not touch
constexpr double goal_tolerance = 1e-4;

/// One leg under way: state, predictor memory and what has been reached.
class Loading {
 public:
  Loading(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const LegObserver& observer, const SolvedLeg& guide, const LegGuess& guess)
      : leg_(leg), goal_(goal), options_(options), observer_(observer), guess_(guess), prepared_(prepare(leg.model, options)), problem_(*prepared_),
        state_(problem_.assembly.initial_state(leg.model)), undeformed_(state_) {
    if (leg_.roller) state_.unknowns[leg_.roller->travel_unknown()] = away_mm;
    if (guide.leg && guide.outcome->complete) guide_.emplace(*guide.leg, *guide.outcome, leg_, state_);
  }

  LegOutcome run() {
    bool ok = record(LegStep::Phase::reference, 0) && pose();
    if (ok && leg_.roller && goal_.kind != LoadGoal::Kind::none) ok = press() && settle_on_goal() && go_on() && stroke();
    ok = ok && hold();
    return finished(ok);
  }

  LegOutcome run_again(const std::vector<LegStep>& pose, const std::vector<LegStep>& loaded) {
    outcome_.steps = pose;
    state_ = pose.back().state;
    touch_ = leg_.roller->touching_travel(state_);
    return finished(leap_from_guess() || (!stopped_ && leap_between(loaded)));
  }

 private:
  LegOutcome finished(bool complete) {
    outcome_.complete = complete;
    outcome_.statistics = problem_.statistics;
    outcome_.free_unknowns = problem_.assembly.free_count();
    outcome_.linear_solver = problem_.solver->name();
    if (options_.ready) {
      problem_.solver->release();
      (*options_.ready)[leg_.model.mesh->X.size()] = std::move(prepared_);
    }
    return std::move(outcome_);
  }

  static std::unique_ptr<Problem> prepare(const Model& model, const LoadOptions& options) {
    if (options.ready) {
      std::unique_ptr<Problem> ready = std::move((*options.ready)[model.mesh->X.size()]);
      if (ready && ready->take(model)) return ready;
    }
    return std::make_unique<Problem>(model, make_linear_solver(options.linear_solver, options.threads));
  }

  /// Friction remembers its way: no leaps then, and every state on the way counts.
  bool rubs() const { return leg_.roller && leg_.roller->turns(); }

  StepTarget target(double path, std::optional<double> travel) const {
    StepTarget t{path, {}};
    if (leg_.roller) t.border.push_back(travel);
    if (rubs()) t.border.push_back(std::nullopt);  // the spin
    return t;
  }

  /// The guide's guess along the path; none without a guide.
  std::function<State(const State&, double path)> predictor() const {
    if (!guide_) return {};
    return [this](const State& s, double path) { return guide_->predict(s, s.path, path); };
  }

  /// A guess laid over the undeformed leg; none that does not fit it.
  std::optional<State> laid_over(const std::optional<StateGuess>& guess) const {
    if (!guess || guess->state.unknowns.size() != undeformed_.unknowns.size()) return {};
    State s = undeformed_;
    s.unknowns += guess->state.unknowns;
    for (int c = 0; c < static_cast<int>(guess->state.pressures.size()); ++c) s.mixed[leg_.body->pressure_index(c)] += guess->state.pressures[c];
    return s;
  }

  bool pose_from_guess() {
    std::optional<State> trial = laid_over(guess_.pose);
    if (!trial) return false;
    if (leg_.roller) trial->unknowns[leg_.roller->travel_unknown()] = away_mm;
    NewtonOptions newton = newton_options();
    newton.max_iterations = options_.most_from_guess;
    const SolveReport r = solve_newton(problem_, *trial, target(pose_path, away_mm), newton);
    if (stopped(r) || !r.converged()) return false;
    state_ = *trial;
    return record(LegStep::Phase::pose, static_cast<int>(r.iterations.size()) - 1);
  }

  /// To the load from a guess of the state that carries it; for a force the travel is free.
  bool leap_from_guess() {
    std::optional<State> trial = laid_over(guess_.loaded);
    const bool by_force = goal_.kind == LoadGoal::Kind::force;
    if (!trial || rubs() || goal_.kind == LoadGoal::Kind::mean_pressure) return false;
    double& travel = trial->unknowns[leg_.roller->travel_unknown()];
    const double indentation = by_force ? travel : goal_.value;
    travel = touch_ + indentation;
    NewtonOptions newton = newton_options();
    newton.max_iterations = options_.most_from_guess;
    newton.far_start = true;
    const SolveReport r = solve_newton(problem_, *trial, target(press_path + indentation, by_force ? std::nullopt : std::optional(travel)), newton);
    if (stopped(r) || !r.converged()) return false;
    trial->path = press_path + trial->unknowns[leg_.roller->travel_unknown()] - touch_;
    state_ = *trial;
    on_goal_ = true;
    return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
  }

  bool pose() {
    if (guess_.pose && pose_from_guess()) return true;
    if (stopped_) return false;
    PathOptions path = path_options(1.0, 1.0, 1e-3);
    path.newton = newton_options();  // pose figures are reported: to the full tolerance
    path.predict = predictor();
    const PathReport r = follow_path(
        problem_, state_, pose_path, [&](double p) { return target(p, away_mm); }, path,
        [&](const State&, const StepReport& s) { return s.path < pose_path || record(LegStep::Phase::pose, s.iterations); });
    return !stopped(r) && (r.ending == Ending::converged || fail("the pose itself", r));
  }

  bool press() {
    touch_ = leg_.roller->touching_travel(state_);
    if (guess_.loaded && leap_from_guess()) return true;
    if (stopped_) return false;
    if (options_.only_from_guess) return fail_with("the guess of the load did not lead there");
    state_.unknowns[leg_.roller->travel_unknown()] = touch_;
    if (guide_ && guide_->pressed() && !rubs() && leap()) return true;
    PathOptions path = path_options(options_.first_travel_step_mm, options_.max_travel_step_mm, 0.05);
    path.step_limit = [&](const State& s) { return travel_to_goal(s); };
    if (guide_ && guide_->pressed() && !rubs() && !stopped_) stride(path);
    if (stopped_) return false;
    const bool by_indentation = goal_.kind == LoadGoal::Kind::indentation;  // followed to its end; others are settled afterwards
    if (!by_indentation && reached() >= 1.0 - 0.02) return true;
    constexpr double deepest_mm = 150.0;
    const double end = by_indentation ? press_path + goal_.value : press_path + deepest_mm;
    bool enough = false;
    const PathReport r = follow_path(
        problem_, state_, end, [&](double p) { return target(p, touch_ + p - press_path); }, path,
        [&](const State&, const StepReport& s) {
          if (!record(LegStep::Phase::press, s.iterations)) return false;
          enough = !by_indentation && options_.enough && options_.enough(outcome_);
          return !enough && (by_indentation || reached() < 1.0 - 0.02);
        },
        &memory_);
    if (stopped(r)) return false;
    if (enough) return on_goal_ = true;
    if (by_indentation) return r.ending == Ending::converged || fail("pressing", r);
    if (reached() >= 0.9) return true;  // near enough to solve for the goal itself
    if (r.ending != Ending::converged) return fail("pressing", r);
    return fail_with("the load was not reached at " + std::to_string(int(deepest_mm)) + " mm of indentation");
  }

  /// Where the guide was at the goal: it may have been pressed further.
  double goal_on_guide() const { return goal_.kind == LoadGoal::Kind::force ? guide_->place_of_force(goal_.value) : guide_->end_of_press(); }

  /// To the guide's goal at once; for a force the travel is free.
  bool leap() {
    State trial = guide_->predict(state_, pose_path, goal_on_guide());
    const bool by_force = goal_.kind == LoadGoal::Kind::force;
    const double travel = trial.unknowns[leg_.roller->travel_unknown()];
    trial.path = press_path + travel - touch_;
    NewtonOptions newton = newton_options();
    newton.max_iterations = 24;  // going step by step instead would take more
    newton.far_start = true;
    const SolveReport r = solve_newton(problem_, trial, target(trial.path, by_force ? std::nullopt : std::optional(travel)), newton);
    if (stopped(r) || !r.converged()) return false;
    state_ = trial;
    on_goal_ = goal_.kind != LoadGoal::Kind::mean_pressure;
    return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
  }

  /// To the goal from what this leg came to under other loads. Force over travel is taken for a power law, square with a single state to go by.
  bool leap_between(const std::vector<LegStep>& loaded) {
    const bool by_force = goal_.kind == LoadGoal::Kind::force;
    auto carried = [&](const LegStep& s) { return measure(s.contact, s.indentation_mm); };
    std::size_t above = 0;
    while (above < loaded.size() && carried(loaded[above]) < goal_.value) ++above;
    const std::size_t b = std::min(above, loaded.size() - 1);
    State before = state_;
    before.unknowns[leg_.roller->travel_unknown()] = touch_;
    double load_a = 0.0, travel_a = 0.0, exponent = by_force ? 2.0 : 1.0;
    const double load_b = carried(loaded[b]), travel_b = loaded[b].indentation_mm;
    if (b > 0) {
      before = loaded[b - 1].state;
      load_a = carried(loaded[b - 1]);
      travel_a = loaded[b - 1].indentation_mm;
      if (by_force) exponent = std::clamp(std::log(load_b / load_a) / std::log(travel_b / travel_a), 1.0, 4.0);
    }
    const double travel = travel_b * std::pow(goal_.value / load_b, 1.0 / exponent);
    const double t = (travel - travel_a) / (travel_b - travel_a);
    State trial = loaded[b].state;
    trial.unknowns = (1.0 - t) * before.unknowns + t * loaded[b].state.unknowns;
    trial.mixed = (1.0 - t) * before.mixed + t * loaded[b].state.mixed;
    trial.path = press_path + travel;
    NewtonOptions newton = newton_options();
    newton.max_iterations = 24;
    newton.far_start = true;
    const SolveReport r = solve_newton(problem_, trial, target(trial.path, by_force ? std::nullopt : std::optional(touch_ + goal_.value)), newton);
    if (stopped(r)) return false;
    if (!r.converged()) return fail_with("the leap from another load did not converge: " + r.message);
    trial.path = press_path + trial.unknowns[leg_.roller->travel_unknown()] - touch_;
    state_ = trial;
    return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
  }

  /// In long steps along the guide, as far as they go.
  void stride(PathOptions path) {
    path.first_step = path.max_step = 0.34 * (goal_on_guide() - press_path);
    path.min_step = options_.first_travel_step_mm;
    path.step_limit = nullptr;
    path.predict = predictor();
    const PathReport r = follow_path(
        problem_, state_, goal_on_guide(), [&](double p) { return target(p, touch_ + p - press_path); }, path,
        [&](const State&, const StepReport& s) { return record(LegStep::Phase::press, s.iterations); }, &memory_);
    stopped(r);
  }

  /// What part of the goal the last step carries.
  double reached() const { return measure(outcome_.steps.back().contact, outcome_.steps.back().indentation_mm) / goal_.value; }
  double measure(const ContactReport& c, double indentation) const {
    switch (goal_.kind) {
      case LoadGoal::Kind::force: return c.pressing_force;
      case LoadGoal::Kind::mean_pressure: return c.mean_pressure;
      default: return indentation;
    }
  }

  /// Travel still wanted, from the power law through the last two steps; a little more than that, so that one step arrives.
  double travel_to_goal(const State&) const {
    const auto& s = outcome_.steps;
    if (goal_.kind == LoadGoal::Kind::indentation || s.size() < 4 || s[s.size() - 2].phase != LegStep::Phase::press)
      return options_.max_travel_step_mm;
    const double t1 = s[s.size() - 2].indentation_mm, t2 = s.back().indentation_mm;
    const double f1 = measure(s[s.size() - 2].contact, t1), f2 = measure(s.back().contact, t2);
    if (!(f1 > 0.0 && f2 > f1)) return options_.max_travel_step_mm;
    const double exponent = std::log(f2 / f1) / std::log(t2 / t1);
    return std::max(0.3, t2 * (std::pow(goal_.value / f2, 1.0 / exponent) - 1.0));
  }

  /// The goal itself: for a force one Newton solve with the travel as an unknown; else, or if that fails, a secant in travel.
  bool settle_on_goal() {
    if (on_goal_) return true;
    if (goal_.kind == LoadGoal::Kind::indentation) return settle_on_indentation();
    if (goal_.kind == LoadGoal::Kind::force) {
      State trial = state_;
      if (memory_.previous) predict_force_state(trial);
      const SolveReport r = solve_settled(trial, target(state_.path, std::nullopt));
      if (r.converged()) {
        state_ = trial;
        commit();
        return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
      }
      if (stopped(r)) return false;
    }
    return secant_on_goal();
  }

  /// To every further force that is asked for.
  bool go_on() {
    while (options_.next_force) {
      const std::optional<double> next = options_.next_force(outcome_);
      if (!next) return true;
      if (!go_to(*next)) return false;
    }
    return true;
  }

  bool go_to(double force) {
    const LegStep* nearest = &outcome_.steps.back();
    const auto distance = [&](const LegStep& s) { return std::abs(std::log(force / s.contact.pressing_force)); };
    for (const LegStep& s : outcome_.steps)
      if (s.phase == LegStep::Phase::press && s.contact.pressing_force > 0.0 && distance(s) < distance(*nearest)) nearest = &s;
    const double from = nearest->contact.pressing_force;
    state_ = nearest->state;
    goal_.value = leg_.roller_force_mN = force;
    State trial = guide_ && guide_->pressed() ? guide_->predict(state_, guide_->place_of_force(from), guide_->place_of_force(force)) : state_;
    const SolveReport r = solve_settled(trial, target(state_.path, std::nullopt));
    if (r.converged()) {
      state_ = trial;
      state_.path = press_path + state_.unknowns[leg_.roller->travel_unknown()] - touch_;
      commit();
      return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
    }
    if (stopped(r)) return false;
    state_.path = press_path + state_.unknowns[leg_.roller->travel_unknown()] - touch_;
    memory_ = {};
    return secant({0.0, 0.0}, of_goal(*nearest));
  }

  /// Newton's method and augmentation until the contact is settled.
  SolveReport solve_settled(State& trial, const StepTarget& to) {
    constexpr int most = 20;
    SolveReport r = solve_newton(problem_, trial, to, newton_options());
    for (int a = 0; r.converged() && a < most; ++a) {
      State augmented = trial;  // what a state remembers must be what it was solved with
      if (augment(augmented)) break;
      r = solve_newton(problem_, augmented, to, newton_options());
      if (r.converged()) trial = std::move(augmented);
    }
    return r;
  }

  void commit() {
    for (const auto& term : leg_.model.terms) term->commit(state_);
  }

  /// The last step on the way, once more to the full tolerance.
  bool settle_on_indentation() {
    const SolveReport r = solve_newton(problem_, state_, target(state_.path, touch_ + state_.path - press_path), newton_options());
    if (stopped(r)) return false;
    if (!r.converged()) return fail_with("settling on the indentation did not converge: " + r.message);
    return record(LegStep::Phase::press, static_cast<int>(r.iterations.size()) - 1);
  }

  /// Scales the last increment so that the force it carries comes out at the goal.
  void predict_force_state(State& trial) const {
    const auto& s = outcome_.steps;
    const double t1 = s[s.size() - 2].indentation_mm, t2 = s.back().indentation_mm;
    const double f1 = measure(s[s.size() - 2].contact, t1), f2 = measure(s.back().contact, t2);
    if (!(f2 > f1)) return;
    const double r = std::clamp((goal_.value - f2) / (f2 - f1), -1.0, 0.5);
    trial.unknowns += r * (trial.unknowns - memory_.previous->unknowns);
    trial.mixed += r * (trial.mixed - memory_.previous->mixed);
  }

  /// Indentation and what the goal is measured by.
  using Trial = std::array<double, 2>;
  Trial of_goal(const LegStep& s) const { return {s.indentation_mm, measure(s.contact, s.indentation_mm)}; }

  bool secant_on_goal() { return secant(of_goal(outcome_.steps[outcome_.steps.size() - 2]), of_goal(outcome_.steps.back())); }

  /// Follows the travel from the state, which is the second trial, until the goal is met.
  bool secant(Trial one, Trial two) {
    auto [t1, g1] = one;
    auto [t2, g2] = two;
    for (int i = 0; i < 12; ++i) {
      if (std::abs(g2 / goal_.value - 1.0) < goal_tolerance) return true;
      const double t = t2 + std::clamp((goal_.value - g2) * (t2 - t1) / (g2 - g1), -3.0, 3.0);
      PathOptions path = path_options(3.0, 3.0, 0.02);
      path.newton = newton_options();
      const PathReport r = follow_path(
          problem_, state_, press_path + t, [&](double p) { return target(p, touch_ + p - press_path); }, path, {}, &memory_);
      if (stopped(r)) return false;
      if (r.ending != Ending::converged) return fail("settling on the load", r);
      t1 = t2;
      g1 = g2;
      if (!record(LegStep::Phase::press, 0)) return false;
      t2 = outcome_.steps.back().indentation_mm;
      g2 = measure(outcome_.steps.back().contact, t2);
    }
    return fail_with("the load did not settle");
  }

  bool stroke() {
    const Vec3 start = leg_.roller->placement(stroke_path).centre, end = leg_.roller->placement(stroke_path + 1.0).centre;
    return (start - end).norm() < 1e-9 ||
           follow_loaded(LegStep::Phase::stroke, stroke_path, rubs() ? options_.rubbing_stroke_steps : options_.stroke_steps, "the stroke");
  }

  bool hold() {
    if (!leg_.times.relaxation || leg_.times.hold_s <= 0.0) return true;
    return follow_loaded(LegStep::Phase::hold, hold_path, options_.hold_steps, "the hold");
  }

  /// A stretch of the path at the load reached, in steps that are all reported.
  bool follow_loaded(LegStep::Phase phase, double from, int steps, const char* name) {
    state_.path = from;
    commit();  // time begins to count
    memory_.previous.reset();
    std::optional<double> travel;
    if (leg_.roller && goal_.kind == LoadGoal::Kind::indentation) travel = state_.unknowns[leg_.roller->travel_unknown()];
    if (goal_.kind == LoadGoal::Kind::mean_pressure) leg_.roller_force_mN = outcome_.steps.back().contact.pressing_force;
    const double step = 1.0 / steps;
    PathOptions path = path_options(step, step, step / 32);
    path.newton = newton_options();
    path.predict = predictor();
    const PathReport r = follow_path(
        problem_, state_, from + 1.0, [&](double p) { return target(p, travel); }, path,
        [&](const State&, const StepReport& s) { return record(phase, s.iterations); }, &memory_);
    return !stopped(r) && (r.ending == Ending::converged || fail(name, r));
  }

  bool augment(State& trial) const {
    bool settled = true;
    for (const auto& term : leg_.model.terms) settled = term->augment(trial) && settled;
    return settled;
  }

  NewtonOptions newton_options() const {
    NewtonOptions n;
    n.tolerance = options_.tolerance;
    n.observer = options_.iteration_observer;
    if (rubs()) {
      n.line_search = true;  // else points jump between sticking and slipping
      n.max_iterations = 40;
    }
    return n;
  }
  PathOptions path_options(double first, double longest, double shortest) const {
    PathOptions p;
    p.first_step = first;
    p.max_step = longest;
    p.min_step = shortest;
    p.newton = newton_options();
    p.newton.tolerance = std::max(rubs() ? options_.rubbing_tolerance : options_.path_tolerance, options_.tolerance);
    return p;
  }

  bool record(LegStep::Phase phase, int iterations) {
    LegStep step{phase, state_, {}, 0.0, 0.0, iterations};
    if (phase == LegStep::Phase::stroke || phase == LegStep::Phase::hold) step.loaded_s = leg_.times.at(state_.path) - leg_.times.press_s;
    if (leg_.roller && phase != LegStep::Phase::reference && phase != LegStep::Phase::pose) {
      step.contact = leg_.roller->report(state_);
      step.indentation_mm = step.contact.travel - touch_;
    }
    outcome_.steps.push_back(std::move(step));
    stopped_ = observer_ && !observer_(outcome_.steps.back());
    if (stopped_) outcome_.reason = "interrupted";
    return !stopped_;
  }

  /// Whether somebody asked to stop, between steps or within one.
  bool stopped(const SolveReport& r) {
    if (r.ending == Ending::stopped) {
      stopped_ = true;
      outcome_.reason = "interrupted";
    }
    return stopped_;
  }
  bool stopped(const PathReport& r) { return stopped(r.last); }

  bool fail(const std::string& where, const PathReport& r) {
    return fail_with(where + " did not converge: " + (r.last.message.empty() ? to_string(r.ending) : r.last.message) + " after " +
                     std::to_string(r.steps.size()) + " steps");
  }
  bool fail_with(std::string reason) {
    outcome_.reason = std::move(reason);
    return false;
  }

  LegModel& leg_;
  LoadGoal goal_;
  const LoadOptions& options_;
  const LegObserver& observer_;
  const LegGuess& guess_;
  std::unique_ptr<Problem> prepared_;
  Problem& problem_;
  State state_;
  State undeformed_;
  std::optional<LegGuide> guide_;
  PathMemory memory_;
  LegOutcome outcome_;
  double touch_ = 0.0;
  bool on_goal_ = false, stopped_ = false;
};

}  // namespace

LegOutcome load_leg(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const LegObserver& observer, const SolvedLeg& guide,
                    const LegGuess& guess) {
  return Loading(leg, goal, options, observer, guide, guess).run();
}

LegOutcome load_leg_again(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const std::vector<LegStep>& pose,
                          const std::vector<LegStep>& loaded, const LegObserver& observer, const LegGuess& guess) {
  leg.roller_force_mN = goal.kind == LoadGoal::Kind::force ? goal.value : 0.0;
  return Loading(leg, goal, options, observer, {}, guess).run_again(pose, loaded);
}

}  // namespace nerveload
