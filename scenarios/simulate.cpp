#include "scenarios/simulate.hpp"

#include <algorithm>
#include <chrono>

#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

const char* name_of(Fidelity fidelity) {
  switch (fidelity) {
    case Fidelity::coarse: return "coarse";
    case Fidelity::standard: return "standard";
    case Fidelity::fine: return "fine";
  }
  return "";
}

/// What part of the load a step carries.
double part_of_load(const LegStep& step, const LoadGoal& goal) {
  switch (goal.kind) {
    case LoadGoal::Kind::force: return step.contact.force.norm() / goal.value;
    case LoadGoal::Kind::mean_pressure: return step.contact.mean_pressure / goal.value;
    case LoadGoal::Kind::indentation: return step.indentation_mm / goal.value;
    case LoadGoal::Kind::none: break;
  }
  return step.phase == LegStep::Phase::reference ? 0.0 : 1.0;
}

/// A leg and what loading it came to.
struct Solved {
  std::unique_ptr<LegModel> leg;
  LegOutcome outcome;
};

/// Solves a leg. On a finer mesh than the coarse one the next coarser goes first and shows the way.
/// @param observe  makes the observer of a stage
template <class Observe>
Solved solve_leg(const LegInput& input, const LoadGoal& goal, const LoadOptions& options, Progress::Stage stage, Observe&& observe) {
  Solved coarser;
  if (input.shape.fidelity != Fidelity::coarse) {
    LegInput coarse = input;
    coarse.shape.fidelity = input.shape.fidelity == Fidelity::fine ? Fidelity::standard : Fidelity::coarse;
    try {
      coarser = solve_leg(coarse, goal, options, Progress::Stage::guide, observe);
    } catch (const MeshRefusal&) {  // the finer mesh may still pass
      coarser = {};
    }
  }
  Solved solved{std::make_unique<LegModel>(input), {}};
  solved.outcome = load_leg(*solved.leg, goal, options, observe(stage), {coarser.leg.get(), &coarser.outcome});
  return solved;
}

void measure_steps(const Scenario& scenario, Simulation& sim) {
  const LegModel& leg = *sim.leg;
  std::vector<NerveCompression> pose;
  for (const LegStep& step : sim.outcome.steps)
    if (step.phase == LegStep::Phase::pose) pose = measure_compression(leg.anatomy, *leg.body, step.state);
  for (const LegStep& step : sim.outcome.steps) {
    const bool loaded = step.phase == LegStep::Phase::press || step.phase == LegStep::Phase::stroke;
    ProfileInput in{leg.anatomy, *leg.body, step.state, leg.nerve, leg.cable_arc_length_mm,
                    tuberosity_arc_length_mm * scenario.subject.length_scale(), 1.0 + scenario.nerve.pre_strain, {}, sim.neutral};
    if (loaded) in.pose = pose;
    ResultStep r;
    r.phase = static_cast<ResultStep::Phase>(step.phase);
    r.state = &step.state;
    r.contact = step.contact;
    r.indentation_mm = step.indentation_mm;
    r.iterations = step.iterations;
    r.nerve = measure_profile(in);
    sim.results.steps.push_back(std::move(r));
  }
}

void describe(const Scenario& scenario, const SimulationOptions& options, double wall_s, Simulation& sim) {
  Results& r = sim.results;
  r.name = scenario.name;
  r.description = scenario.description;
  r.complete = sim.outcome.complete;
  r.reason = sim.outcome.reason;
  r.anatomy = &sim.leg->anatomy;
  r.body = sim.leg->body;
  r.roller = sim.leg->roller;
  r.frame.mirrored = scenario.subject.side == Side::right;
  r.motion.stroke = scenario.motion.kind == Motion::Kind::stroke;
  r.motion.duration_s = scenario.motion.duration_s;
  if (scenario.motion.cadence_per_s > 0.0) r.motion.stroke_s = 0.5 / scenario.motion.cadence_per_s;
  r.ladder = scenario.thresholds;
  r.context = judgement_context(scenario);
  r.solver = {sim.outcome.statistics, wall_s, options.threads, sim.outcome.free_unknowns, sim.outcome.linear_solver};
  r.fidelity = name_of(scenario.fidelity);
  r.scenario_toml = resolved_toml(scenario);
  r.every_step = scenario.output.every_step;
  r.pictures = scenario.output.pictures;
}

}  // namespace

Simulation simulate(const Scenario& scenario, const SimulationOptions& options) {
  const Clock clock;
  const LoadGoal goal = load_goal(scenario);
  LoadOptions load;
  load.threads = options.threads;
  auto observe = [&](Progress::Stage stage) -> LegObserver {
    return [&, stage](const LegStep& step) {
      return !options.observer || options.observer({stage, &step, part_of_load(step, goal), clock.seconds()});
    };
  };
  Simulation sim;
  bool baseline_missing = false;
  if (needs_baseline(scenario)) {
    // Compression in the neutral pose of the same person without pathology: what thresholds do not count.
    const Solved neutral = solve_leg(baseline_leg_input(scenario), {}, load, Progress::Stage::baseline, observe);
    baseline_missing = !neutral.outcome.complete;
    if (!baseline_missing) sim.neutral = measure_compression(neutral.leg->anatomy, *neutral.leg->body, neutral.outcome.steps.back().state);
  }
  Solved solved = solve_leg(leg_input(scenario), goal, load, Progress::Stage::loading, observe);
  sim.leg = std::move(solved.leg);
  sim.outcome = std::move(solved.outcome);
  if (baseline_missing && sim.outcome.complete) {
    sim.outcome.complete = false;
    sim.outcome.reason = "the neutral pose that compression is measured against did not converge";
  }
  measure_steps(scenario, sim);
  describe(scenario, options, clock.seconds(), sim);
  assign_times(sim.results);
  judge_results(sim.results);
  return sim;
}

}  // namespace nerveload
