#include <algorithm>
#include <cmath>

#include "scenarios/loading.hpp"

namespace nerveload {
namespace {

constexpr double arrived = 0.98;    // of the goal: it is solved for itself from there
constexpr int most_of_a_leap = 24;  // iterations; going step by step instead would take more

}  // namespace

NewtonOptions Loading::leap_options(int most_iterations) const {
  NewtonOptions n = newton_options();
  n.max_iterations = most_iterations;
  n.far_start = true;
  return n;
}

double Loading::press_path_of(const State& state) const { return press_path + state.unknowns[leg_.roller->travel_unknown()] - touch_; }

bool Loading::leap_from_guess() {
  std::optional<State> trial = laid_over(guess_.loaded);
  const bool by_force = goal_.kind == LoadGoal::Kind::force;
  if (!trial || rubs() || goal_.kind == LoadGoal::Kind::mean_pressure) return false;
  double& travel = trial->unknowns[leg_.roller->travel_unknown()];
  const double indentation = by_force ? travel : goal_.value;
  travel = touch_ + indentation;
  const SolveReport r = solve_newton(problem_, *trial, target(press_path + indentation, by_force ? std::nullopt : std::optional(travel)),
                                     leap_options(options_.most_from_guess));
  if (stopped(r) || !r.converged()) return false;
  trial->path = press_path_of(*trial);
  state_ = *trial;
  on_goal_ = true;
  return record(LegStep::Phase::press, r);
}

bool Loading::press() {
  touch_ = leg_.roller->touching_travel(state_);
  if (guess_.loaded && leap_from_guess()) return true;
  if (stopped_) return false;
  if (options_.only_from_guess) return fail_with("the guess of the load did not lead there");
  state_.unknowns[leg_.roller->travel_unknown()] = touch_;
  if (guide_ && guide_->pressed() && !rubs() && leap()) return true;
  if (guide_ && guide_->pressed() && !rubs() && !stopped_) stride();
  return !stopped_ && with_patience([&] { return !turns_aside() && walk(); });
}

bool Loading::turns_aside() const { return goal_.kind == LoadGoal::Kind::force && gives_way(outcome_.steps, goal_.value); }

void Loading::end_with_greatest_load() {
  if (goal_.kind != LoadGoal::Kind::force || !end_at_greatest_load(outcome_, goal_.value) || stopped_ || rubs()) return;
  // On the way it was solved for only as well as the way needs.
  state_ = outcome_.steps.back().state;
  const SolveReport r = solve_newton(problem_, state_, target(state_.path, state_.unknowns[leg_.roller->travel_unknown()]), newton_options());
  if (stopped(r) || !r.converged()) return;
  outcome_.steps.pop_back();
  record(LegStep::Phase::press, r);
}

bool Loading::walk() {
  const bool by_indentation = goal_.kind == LoadGoal::Kind::indentation;  // followed to its end; others are settled afterwards
  if (!by_indentation && reached() >= arrived) return true;
  constexpr double deepest_mm = 150.0;
  const double end = by_indentation ? press_path + goal_.value : press_path + deepest_mm;
  PathOptions path = path_options(options_.first_travel_step_mm, options_.max_travel_step_mm, 0.05);
  path.step_limit = [&](const State&) { return travel_to_goal(); };
  bool enough = false;
  const PathReport r = follow_path(
      problem_, state_, end, [&](double p) { return target(p, touch_ + p - press_path); }, path,
      [&](const State&, const StepReport& s) {
        if (!record(LegStep::Phase::press, s.iterations)) return false;
        if (by_indentation) return true;
        enough = options_.enough && carries_most() && options_.enough(outcome_);
        return !enough && !turns_aside() && reached() < arrived;
      },
      &memory_);
  if (stopped(r)) return false;
  if (enough) return on_goal_ = true;
  if (by_indentation) return r.ending == Ending::converged || fail("pressing", r);
  if (turns_aside()) return false;
  if (reached() >= arrived || (reached() >= 0.9 && carries_most())) return true;  // near enough to solve for the goal itself
  if (r.ending != Ending::converged) return fail("pressing", r);
  return fail_with("the load was not reached at " + std::to_string(int(deepest_mm)) + " mm of indentation");
}

bool Loading::leap() {
  State trial = guide_->predict(state_, pose_path, goal_on_guide());
  const bool by_force = goal_.kind == LoadGoal::Kind::force;
  const double travel = trial.unknowns[leg_.roller->travel_unknown()];
  trial.path = press_path_of(trial);
  const SolveReport r =
      solve_newton(problem_, trial, target(trial.path, by_force ? std::nullopt : std::optional(travel)), leap_options(most_of_a_leap));
  if (stopped(r) || !r.converged()) return false;
  state_ = trial;
  on_goal_ = goal_.kind != LoadGoal::Kind::mean_pressure;
  return record(LegStep::Phase::press, r);
}

bool Loading::leap_between(const std::vector<LegStep>& loaded) {
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
  const SolveReport r =
      solve_newton(problem_, trial, target(trial.path, by_force ? std::nullopt : std::optional(touch_ + goal_.value)), leap_options(most_of_a_leap));
  if (stopped(r)) return false;
  if (!r.converged()) return fail("the leap from another load", r);
  trial.path = press_path_of(trial);
  state_ = trial;
  return record(LegStep::Phase::press, r);
}

void Loading::stride() {
  const double step = 0.34 * (goal_on_guide() - press_path);
  PathOptions path = path_options(step, step, options_.first_travel_step_mm);
  path.predict = predictor();
  const PathReport r = follow_path(
      problem_, state_, goal_on_guide(), [&](double p) { return target(p, touch_ + p - press_path); }, path,
      [&](const State&, const StepReport& s) { return record(LegStep::Phase::press, s.iterations); }, &memory_);
  stopped(r);
}

double Loading::travel_to_goal() const {
  const auto& s = outcome_.steps;
  if (goal_.kind == LoadGoal::Kind::indentation || s.size() < 4 || s[s.size() - 2].phase != LegStep::Phase::press) return options_.max_travel_step_mm;
  const double t1 = s[s.size() - 2].indentation_mm, t2 = s.back().indentation_mm;
  const double f1 = measure(s[s.size() - 2].contact, t1), f2 = measure(s.back().contact, t2);
  if (!(f1 > 0.0 && f2 > f1)) return options_.max_travel_step_mm;
  const double exponent = std::log(f2 / f1) / std::log(t2 / t1);
  return std::max(0.3, t2 * (std::pow(goal_.value / f2, 1.0 / exponent) - 1.0));
}

}  // namespace nerveload
