#include <algorithm>
#include <cmath>

#include "scenarios/loading.hpp"

namespace nerveload {
namespace {

constexpr double goal_tolerance = 1e-4;

}  // namespace

bool Loading::with_patience(const std::function<bool()>& attempt) {
  if (attempt()) return true;
  if (stopped_ || patient_) return false;
  patient_ = true;
  memory_ = {};
  if (!attempt()) return false;
  outcome_.reason.clear();
  return true;
}

bool Loading::settle_on_goal() {
  return on_goal_ || with_patience([&] { return settle(); });
}

bool Loading::settle() {
  if (goal_.kind == LoadGoal::Kind::indentation) return settle_on_indentation();
  if (goal_.kind == LoadGoal::Kind::force) {
    State trial = state_;
    if (memory_.previous) predict_force_state(trial);
    const SolveReport r = solve_settled(trial, target(state_.path, std::nullopt));
    if (r.converged()) {
      state_ = trial;
      commit();
      return record(LegStep::Phase::press, r);
    }
    if (stopped(r)) return false;
  }
  return secant_on_goal();
}

bool Loading::go_on() {
  while (options_.next_force) {
    const std::optional<double> next = options_.next_force(outcome_);
    if (!next) return true;
    if (!with_patience([&] { return go_to(*next); })) return false;
  }
  return true;
}

bool Loading::go_to(double force) {
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
    state_.path = press_path_of(state_);
    commit();
    return record(LegStep::Phase::press, r);
  }
  if (stopped(r)) return false;
  state_.path = press_path_of(state_);
  memory_ = {};
  return secant({0.0, 0.0}, of_goal(*nearest));
}

SolveReport Loading::solve_settled(State& trial, const StepTarget& to) {
  constexpr int most = 20;
  SolveReport r = solve_newton(problem_, trial, to, newton_options());
  for (int a = 0; r.converged(); ++a) {
    State augmented = trial;  // what a state remembers must be what it was solved with
    if (augment(augmented)) break;
    if (a == most) {
      r.ending = Ending::unsettled;
      break;
    }
    r = solve_newton(problem_, augmented, to, newton_options());
    if (r.converged()) trial = std::move(augmented);
  }
  return r;
}

void Loading::commit() {
  for (const auto& term : leg_.model.terms) term->commit(state_);
}

bool Loading::settle_on_indentation() {
  const SolveReport r = solve_newton(problem_, state_, target(state_.path, touch_ + state_.path - press_path), newton_options());
  if (stopped(r)) return false;
  if (!r.converged()) return fail("settling on the indentation", r);
  return record(LegStep::Phase::press, r);
}

void Loading::predict_force_state(State& trial) const {
  const auto& s = outcome_.steps;
  const double t1 = s[s.size() - 2].indentation_mm, t2 = s.back().indentation_mm;
  const double f1 = measure(s[s.size() - 2].contact, t1), f2 = measure(s.back().contact, t2);
  if (!(f2 > f1)) return;
  const double r = std::clamp((goal_.value - f2) / (f2 - f1), -1.0, 0.5);
  trial.unknowns += r * (trial.unknowns - memory_.previous->unknowns);
  trial.mixed += r * (trial.mixed - memory_.previous->mixed);
}

bool Loading::secant(Trial one, Trial two) {
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

bool Loading::augment(State& trial) const {
  bool settled = true;
  for (const auto& term : leg_.model.terms) settled = term->augment(trial) && settled;
  return settled;
}

}  // namespace nerveload
