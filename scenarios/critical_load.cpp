#include "scenarios/critical_load.hpp"

#include <algorithm>
#include <optional>

#include "scenarios/force_search.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/leg_meshes.hpp"
#include "scenarios/leg_results.hpp"
#include "solver/base/error.hpp"
#include "solver/base/memory.hpp"

namespace nerveload {
namespace {

/// A coarser mesh is pressed so far beyond the level: the finer one may come to it later.
constexpr double enough_beyond = 1.6;

double largest(const LevelUtilisation& u) { return std::max(u.compression, u.tension); }

LoadPoint load_point(double force, const LevelUtilisation& u) { return {force, u.compression, u.tension}; }

/// The same leg with a roller that stands still and is pressed by force, all at the pace of a second.
LegInput standing_leg(const Scenario& scenario, double force_mN) {
  Scenario still = scenario;
  still.motion.kind = Motion::Kind::hold;
  still.motion.relaxation = false;
  still.load = {LoadGoal::Kind::force, force_mN};
  return leg_input(still);
}

class Search {
 public:
  Search(const Scenario& scenario, const CriticalLoadOptions& options)
      : scenario_(scenario), options_(options), context_(judgement_context(scenario)) {
    load_.threads = options.threads;
    load_.ready = &ready_;
    load_.iteration_observer = [this](const NewtonIteration&) { return going_on(); };
  }

  CriticalLoad run() {
    std::vector<MeshedLeg> meshes = mesh_leg(standing_leg(scenario_, options_.most_mN));
    if (!find_neutral()) return fail(stopped_ ? "interrupted" : "the neutral pose that compression is measured against did not converge");
    SolvedLeg guide;
    for (std::size_t i = 0; i < meshes.size(); ++i) {
      const bool wanted = i + 1 == meshes.size();
      const bool answered = wanted || curve_.size() > 1 ? search(meshes[i], guide, wanted) : walk(meshes[i]);
      if (stopped_) return fail("interrupted");
      if (wanted && !answered) return fail(meshes[i].outcome.reason);
      guide = answered ? SolvedLeg{meshes[i].leg.get(), &meshes[i].outcome} : guide;
    }
    return result_;
  }

 private:
  bool going_on() {
    stopped_ = stopped_ || (options_.stopped && options_.stopped());
    return !stopped_;
  }

  CriticalLoad fail(std::string reason) {
    result_.status = CriticalLoad::Status::failed;
    result_.reason = std::move(reason);
    return result_;
  }

  bool find_neutral() {
    if (!needs_baseline(scenario_)) return true;
    const LegInput input = baseline_leg_input(scenario_);
    if (options_.neutral && options_.neutral->contains(input.shape.focus_station_mm)) {
      neutral_ = options_.neutral->at(input.shape.focus_station_mm);
      return true;
    }
    std::vector<MeshedLeg> meshes = mesh_leg(input);
    load_on_meshes(meshes, {}, load_, [this](bool) -> LegObserver { return [this](const LegStep&) { return going_on(); }; });
    const MeshedLeg& last = meshes.back();
    if (!last.outcome.complete) return false;
    neutral_ = measure_compression(last.leg->anatomy, *last.leg->body, last.outcome.steps.back().state);
    if (options_.neutral) (*options_.neutral)[input.shape.focus_station_mm] = neutral_;
    return true;
  }

  LevelUtilisation measure(const LegModel& leg, const LegStep& step) const {
    NerveProfile profile = measure_nerve(scenario_, leg, step.state, neutral_);
    return judge(profile, scenario_.thresholds, context_).by_level[options_.level];
  }

  double load_on_nerve(const LegModel& leg, const LegOutcome& so_far) const { return largest(measure(leg, so_far.steps.back())); }

  /// Step by step, until the level lies well behind: the curve that leads a finer mesh.
  bool walk(MeshedLeg& mesh) {
    LoadOptions load = load_;
    load.enough = [&](const LegOutcome& so_far) { return load_on_nerve(*mesh.leg, so_far) >= enough_beyond; };
    mesh.outcome = load_leg(*mesh.leg, {LoadGoal::Kind::force, options_.most_mN}, load, [this](const LegStep&) { return going_on(); });
    const std::vector<LoadPoint> curve = solved_curve(*mesh.leg, mesh.outcome);
    constexpr std::size_t worth_following = 4;
    mesh.outcome.complete = mesh.outcome.complete || curve.size() >= worth_following;  // a guide as far as it goes
    if (mesh.outcome.complete) curve_ = curve;
    return mesh.outcome.complete;
  }

  /// The force on a mesh that a coarser one leads; without a curve it is walked up to the level first and leads itself.
  bool search(MeshedLeg& mesh, const SolvedLeg& guide, bool wanted) {
    std::optional<ForceSearch> search;
    result_.forces = 0;
    bool by_pose = false;
    LoadOptions load = load_;
    if (curve_.size() > 1) search.emplace(curve_, options_.most_mN, options_.tolerance);
    else load.enough = [&](const LegOutcome& so_far) { return load_on_nerve(*mesh.leg, so_far) >= 1.0; };
    load.next_force = [&](const LegOutcome& so_far) { return next_force(*mesh.leg, search, so_far); };
    const double first = search ? search->next() : options_.most_mN;
    mesh.leg->roller_force_mN = first;
    const auto observer = [&](const LegStep& step) {
      if (step.phase != LegStep::Phase::pose) return going_on();
      result_.pose = measure(*mesh.leg, step);
      if (search) search->set_pose(load_point(0.0, result_.pose));
      by_pose = largest(result_.pose) >= 1.0;
      return going_on() && !by_pose;
    };
    mesh.outcome = load_leg(*mesh.leg, {LoadGoal::Kind::force, first}, load, observer, guide);
    curve_ = solved_curve(*mesh.leg, mesh.outcome);
    if (by_pose) {
      mesh.outcome.complete = true;
      result_.last = result_.pose;
      result_.mean_pressure_kPa = 0.0;
      return answer(CriticalLoad::Status::reached_by_pose, 0.0);
    }
    if (!mesh.outcome.complete) return false;
    if (search->done())
      return answer(search->reached() ? CriticalLoad::Status::reached : CriticalLoad::Status::not_reached,
                    search->reached() ? search->next() : options_.most_mN);
    mesh.outcome.reason = "the force that reaches the level was not found within " + std::to_string(ForceSearch::most_forces) + " trials";
    return !wanted;
  }

  std::optional<double> next_force(const LegModel& leg, std::optional<ForceSearch>& search, const LegOutcome& so_far) {
    const LegStep& step = so_far.steps.back();
    result_.last = measure(leg, step);
    result_.mean_pressure_kPa = step.contact.mean_pressure;
    if (!search) {  // its own way up is the curve
      search.emplace(solved_curve(leg, so_far), options_.most_mN, options_.tolerance);
      if (largest(result_.last) >= 1.0) return search->next();
    }
    ++result_.forces;
    search->add(load_point(step.contact.pressing_force, result_.last));
    if (search->done() || result_.forces >= ForceSearch::most_forces) return {};
    return search->next();
  }

  /// What the finer mesh is led by: everything solved here, by force.
  std::vector<LoadPoint> solved_curve(const LegModel& leg, const LegOutcome& outcome) const {
    std::vector<LoadPoint> all;
    for (const LegStep& step : outcome.steps)
      if (step.phase != LegStep::Phase::reference) all.push_back(load_point(step.contact.pressing_force, measure(leg, step)));
    std::sort(all.begin(), all.end(), [](const LoadPoint& a, const LoadPoint& b) { return a.force < b.force; });
    all.erase(std::unique(all.begin(), all.end(), [](const LoadPoint& a, const LoadPoint& b) { return a.force == b.force; }), all.end());
    return all;
  }

  bool answer(CriticalLoad::Status status, double force) {
    result_.status = status;
    result_.force_mN = force;
    const LevelUtilisation& u = result_.last;
    result_.governing = u.compression >= u.tension ? Verdict::Governing::compression : Verdict::Governing::tension;
    result_.governing_at_mm = u.compression >= u.tension ? u.compression_at_mm : u.tension_at_mm;
    return true;
  }

  const Scenario& scenario_;
  const CriticalLoadOptions& options_;
  JudgementContext context_;
  ReadyProblems ready_;
  LoadOptions load_;
  std::vector<NerveCompression> neutral_;
  std::vector<LoadPoint> curve_;
  CriticalLoad result_;
  bool stopped_ = false;
};

}  // namespace

const char* to_string(CriticalLoad::Status status) {
  switch (status) {
    case CriticalLoad::Status::reached: return "reached";
    case CriticalLoad::Status::not_reached: return "not_reached";
    case CriticalLoad::Status::reached_by_pose: return "reached_by_pose";
    case CriticalLoad::Status::failed: return "failed";
  }
  return "";
}

CriticalLoad find_critical_load(const Scenario& scenario, const CriticalLoadOptions& options) {
  NL_EXPECT(scenario.roller.present && scenario.roller.friction == 0.0, "a roller that does not rub");
  NL_EXPECT(options.level >= 1 && options.level < ladder_levels - 1 && options.most_mN > 0.0, "a level from 1 to 3 and a greatest force");
  CriticalLoad failed;
  try {
    return Search(scenario, options).run();
  } catch (const MeshRefusal& e) {
    failed.reason = e.what();
  } catch (const InsufficientMemory& e) {
    failed.reason = e.what();
  }
  return failed;
}

}  // namespace nerveload
