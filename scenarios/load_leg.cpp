#include "scenarios/load_leg.hpp"

#include <algorithm>

#include "scenarios/failure_place.hpp"
#include "scenarios/loading.hpp"

namespace nerveload {
namespace {

constexpr double away_mm = -500.0;  ///< travel of a roller that does not touch

}  // namespace

Loading::Loading(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const LegObserver& observer, const SolvedLeg& guide,
                 const LegGuess& guess)
    : leg_(leg), goal_(goal), options_(options), observer_(observer), guess_(guess), prepared_(prepare(leg.model, options)), problem_(*prepared_),
      state_(problem_.assembly.initial_state(leg.model)), undeformed_(state_) {
  if (leg_.roller) state_.unknowns[leg_.roller->travel_unknown()] = away_mm;
  if (guide.leg && guide.outcome->complete) guide_.emplace(*guide.leg, *guide.outcome, leg_, state_);
}

LegOutcome Loading::run() {
  bool ok = record(LegStep::Phase::reference, 0) && pose();
  if (ok && leg_.roller && goal_.kind != LoadGoal::Kind::none) {
    ok = press() && settle_on_goal();
    if (!ok) end_with_greatest_load();
    ok = ok && go_on() && stroke();
  }
  ok = ok && hold();
  return finished(ok);
}

LegOutcome Loading::run_again(const std::vector<LegStep>& pose, const std::vector<LegStep>& loaded) {
  outcome_.steps = pose;
  state_ = pose.back().state;
  touch_ = leg_.roller->touching_travel(state_);
  return finished(leap_from_guess() || (!stopped_ && leap_between(loaded)));
}

LegOutcome Loading::finished(bool complete) {
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

std::unique_ptr<Problem> Loading::prepare(const Model& model, const LoadOptions& options) {
  if (options.ready) {
    std::unique_ptr<Problem> ready = std::move((*options.ready)[model.mesh->X.size()]);
    if (ready && ready->take(model)) return ready;
  }
  return std::make_unique<Problem>(model, make_linear_solver(options.linear_solver, options.threads));
}

StepTarget Loading::target(double path, std::optional<double> travel) const {
  StepTarget t{path, {}};
  if (leg_.roller) t.border.push_back(travel);
  if (rubs()) t.border.push_back(std::nullopt);  // the spin
  return t;
}

std::function<State(const State&, double path)> Loading::predictor() const {
  if (!guide_) return {};
  return [this](const State& s, double path) { return guide_->predict(s, s.path, path); };
}

std::optional<State> Loading::laid_over(const std::optional<StateGuess>& guess) const {
  if (!guess || guess->state.unknowns.size() != undeformed_.unknowns.size()) return {};
  State s = undeformed_;
  s.unknowns += guess->state.unknowns;
  for (int c = 0; c < static_cast<int>(guess->state.pressures.size()); ++c) s.mixed[leg_.body->pressure_index(c)] += guess->state.pressures[c];
  return s;
}

bool Loading::pose_from_guess() {
  std::optional<State> trial = laid_over(guess_.pose);
  if (!trial) return false;
  if (leg_.roller) trial->unknowns[leg_.roller->travel_unknown()] = away_mm;
  NewtonOptions newton = newton_options();
  newton.max_iterations = options_.most_from_guess;
  const SolveReport r = solve_newton(problem_, *trial, target(pose_path, away_mm), newton);
  if (stopped(r) || !r.converged()) return false;
  state_ = *trial;
  return record(LegStep::Phase::pose, r);
}

bool Loading::pose() {
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

double Loading::measure(const ContactReport& c, double indentation) const {
  switch (goal_.kind) {
    case LoadGoal::Kind::force: return c.pressing_force;
    case LoadGoal::Kind::mean_pressure: return c.mean_pressure;
    default: return indentation;
  }
}

bool Loading::stroke() {
  const Vec3 start = leg_.roller->placement(stroke_path).centre, end = leg_.roller->placement(stroke_path + 1.0).centre;
  return (start - end).norm() < 1e-9 ||
         follow_loaded(LegStep::Phase::stroke, stroke_path, rubs() ? options_.rubbing_stroke_steps : options_.stroke_steps, "the stroke");
}

bool Loading::hold() {
  if (!leg_.times.relaxation || leg_.times.hold_s <= 0.0) return true;
  return follow_loaded(LegStep::Phase::hold, hold_path, options_.hold_steps, "the hold");
}

bool Loading::follow_loaded(LegStep::Phase phase, double from, int steps, const char* name) {
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

NewtonOptions Loading::newton_options() const {
  NewtonOptions n;
  n.tolerance = options_.tolerance;
  n.observer = options_.iteration_observer;
  if (patient_) n.least_shift = 1e-6;
  if (rubs()) n.line_search = true;  // else points jump between sticking and slipping
  if (patient_ || rubs()) n.max_iterations = 40;
  return n;
}

PathOptions Loading::path_options(double first, double longest, double shortest) const {
  PathOptions p;
  p.first_step = first;
  p.max_step = longest;
  p.min_step = shortest;
  p.newton = newton_options();
  p.newton.tolerance = std::max(rubs() ? options_.rubbing_tolerance : options_.path_tolerance, options_.tolerance);
  return p;
}

bool Loading::record(LegStep::Phase phase, int iterations) {
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

bool Loading::stopped(const SolveReport& r) {
  if (r.ending == Ending::stopped) {
    stopped_ = true;
    outcome_.reason = "interrupted";
  }
  return stopped_;
}

bool Loading::fail(const std::string& where, const PathReport& r) {
  return fail(where, r.last, std::to_string(r.steps.size()) + (r.steps.size() == 1 ? " step and " : " steps and "));
}

bool Loading::fail(const std::string& where, const SolveReport& r, const std::string& after) {
  const std::string place = failure_place(leg_, r);
  return fail_with(where + " did not converge: " + (r.message.empty() ? to_string(r.ending) : r.message) + " after " + after +
                   std::to_string(problem_.statistics.factorisations) + " factorisations" + (place.empty() ? "" : "; " + place));
}

bool Loading::fail_with(std::string reason) {
  outcome_.reason = std::move(reason);
  return false;
}

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
