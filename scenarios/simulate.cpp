#include "scenarios/simulate.hpp"

#include <algorithm>
#include <optional>

#include "scenarios/leg_meshes.hpp"
#include "scenarios/leg_results.hpp"
#include "solver/base/clock.hpp"

namespace nerveload {
namespace {

/// What part of the load a step carries.
double part_of_load(const LegStep& step, const LoadGoal& goal) {
  switch (goal.kind) {
    case LoadGoal::Kind::force: return step.contact.pressing_force / goal.value;
    case LoadGoal::Kind::mean_pressure: return step.contact.mean_pressure / goal.value;
    case LoadGoal::Kind::indentation: return step.indentation_mm / goal.value;
    case LoadGoal::Kind::none: break;
  }
  return step.phase == LegStep::Phase::reference ? 0.0 : 1.0;
}

/// What a leg and its way to a load depend on, but for the load itself.
std::string leg_key(const Scenario& scenario) {
  std::string key = to_string(scenario.fidelity);
  for (const ResolvedEntry& e : scenario.resolved)
    if (!e.table.empty() && e.table != "load" && e.table != "output" && e.table != "expect" && !e.table.starts_with("thresholds"))
      key += "\n" + e.table + "." + e.key + "=" + e.text;
  return key;
}

/// Whether a load leaves no trace of how it was reached, and can be solved for by itself.
bool leads(const Scenario& scenario, const LoadGoal& goal) {
  const bool direct = goal.kind == LoadGoal::Kind::force || goal.kind == LoadGoal::Kind::indentation;
  return direct && goal.value > 0.0 && scenario.roller.friction == 0.0 && scenario.motion.kind == Motion::Kind::hold && !scenario.motion.relaxation;
}

/// What loaded states a simulation adds to those that lead the next one; enough for a good guess anywhere, few enough for memory.
void remember_loaded(std::vector<LegStep>& loaded, const LegOutcome& outcome) {
  constexpr std::size_t most = 12;
  if (!outcome.complete) return;
  for (const LegStep& step : outcome.steps)
    if (step.phase == LegStep::Phase::press && step.contact.pressing_force > 0.0 && step.indentation_mm > 0.0) loaded.push_back(step);
  std::stable_sort(loaded.begin(), loaded.end(), [](const LegStep& a, const LegStep& b) { return a.indentation_mm < b.indentation_mm; });
  // Of two next to each other one is enough.
  loaded.erase(
      std::unique(loaded.begin(), loaded.end(), [](const LegStep& a, const LegStep& b) { return b.indentation_mm - a.indentation_mm < 0.05; }),
      loaded.end());
  while (loaded.size() > most) loaded.erase(loaded.begin() + 1);
}

/// A guess without a loaded state that is likely to be too far off for Newton's method: a rough mesh shows the way then.
LegGuess credible(LegGuess guess) {
  constexpr double farthest_mm = 1.0;  // docs/decisions/0035
  if (guess.loaded && !(guess.loaded->error_mm < farthest_mm)) guess.loaded.reset();
  return guess;
}

/// The leg of an earlier simulation under this scenario's load; none when it cannot be led or did not get there.
std::optional<MeshedLeg> solve_again(const Scenario& scenario, const LoadGoal& goal, const LoadOptions& options, const SimulationOptions& how,
                                     const LegObserver& observer) {
  Simulation* e = how.earlier;
  if (!e || !e->leg || e->loaded.empty() || !leads(scenario, goal) || e->leg_key != leg_key(scenario)) return {};
  std::vector<LegStep> pose;
  for (const LegStep& step : e->outcome.steps)
    if (step.phase == LegStep::Phase::reference || step.phase == LegStep::Phase::pose) pose.push_back(step);
  MeshedLeg solved{scenario.fidelity, std::move(e->leg), {}};
  // Of two loaded states of its own the law between them tells more than other legs do.
  const LegGuess guess = how.lead && e->loaded.size() < 2 ? credible(how.lead->guess(how.place, *solved.leg)) : LegGuess{};
  solved.outcome = load_leg_again(*solved.leg, goal, options, pose, e->loaded, observer, guess);
  if (solved.outcome.complete || solved.outcome.reason == "interrupted") return solved;
  return {};
}

/// A leg to be solved for, and what is known of others.
struct LegTask {
  LegInput input;
  std::vector<MeshedLeg> meshes;  ///< where others may lead the wanted one alone: a rough one may not be needed
  std::function<LegGuess(const LegModel&)> guess_of;
  bool guessed = false;  ///< a guess has led to the load
};

LegTask leg_task(LegInput input, const LegModel* similar, std::function<LegGuess(const LegModel&)> guess_of) {
  LegTask task{std::move(input), {}, std::move(guess_of)};
  if (!task.guess_of) task.meshes = mesh_leg(task.input);
  else task.meshes.push_back({task.input.shape.fidelity, std::make_unique<LegModel>(task.input, similar), {}});
  return task;
}

/// From a credible guess at once, else each mesh shows the next the way.
void solve(LegTask& task, const LoadGoal& goal, LoadOptions options, const std::function<LegObserver(bool wanted)>& observer_of) {
  if (!task.guess_of) return load_on_meshes(task.meshes, goal, options, observer_of);
  MeshedLeg& alone = task.meshes.back();
  LegGuess guess = credible(task.guess_of(*alone.leg));
  if (goal.kind == LoadGoal::Kind::none ? guess.pose.has_value() : guess.loaded.has_value()) {
    options.only_from_guess = true;
    alone.outcome = load_leg(*alone.leg, goal, options, observer_of(true), {}, guess);
    task.guessed = alone.outcome.complete;
    if (task.guessed || alone.outcome.reason == "interrupted") return;
    options.only_from_guess = false;
  }
  guess.loaded.reset();
  task.meshes = mesh_leg(task.input, std::move(alone.leg));
  const LegModel* wanted = task.meshes.back().leg.get();
  load_on_meshes(task.meshes, goal, options, observer_of, [&](const LegModel& leg) { return &leg == wanted ? guess : task.guess_of(leg); });
}

/// What the neutral pose of the person depends on: all that is resolved but the pose, the condition, the load and what is done with the outcome.
std::string baseline_key(const Scenario& scenario) {
  constexpr std::string_view elsewhere[] = {"pose", "condition", "load", "output", "expect", "thresholds"};
  std::string key;
  for (const ResolvedEntry& e : scenario.resolved) {
    const std::string_view table = std::string_view(e.table).substr(0, e.table.find('.'));
    // The one thing of a condition that a sound person has as well, and a part of the mesh.
    if (e.key == "piriformis_variant") key += e.key + "=" + e.text + "\n";
    if (!table.empty() && std::find(std::begin(elsewhere), std::end(elsewhere), table) == std::end(elsewhere))
      key += e.table + "." + e.key + "=" + e.text + "\n";
  }
  return key;
}

}  // namespace

Simulation simulate(const Scenario& scenario, const SimulationOptions& options) {
  const Clock clock;
  const LoadGoal goal = load_goal(scenario);
  LoadOptions load;
  load.threads = options.threads;
  load.iteration_observer = options.iteration_observer;
  auto observe = [&](Progress::Stage last) {
    return [&, last](bool wanted) -> LegObserver {
      return [&, stage = wanted ? last : Progress::Stage::guide](const LegStep& step) {
        return !options.observer || options.observer({stage, &step, part_of_load(step, goal), clock.seconds()});
      };
    };
  };
  // Neutral pose and pose, and further legs, are the same equations with other numbers.
  ReadyProblems own;
  load.ready = options.lead ? &options.lead->ready : &own;
  Simulation sim;
  // Without a roller there is a pose to be guessed.
  const bool elastic = goal.kind == LoadGoal::Kind::none ? !scenario.motion.relaxation : leads(scenario, goal);
  LegLead* const lead = elastic ? options.lead : nullptr;
  const auto guesses = [&](LegGuess (LegLead::*guess)(const LeadPlace&, const LegModel&) const) {
    std::function<LegGuess(const LegModel&)> of;
    if (lead) of = [&options, lead, guess](const LegModel& leg) { return (lead->*guess)(options.place, leg); };
    return of;
  };
  LegTask task;
  if (auto again = solve_again(scenario, goal, load, options, observe(Progress::Stage::loading)(true))) {
    task.meshes.push_back(std::move(*again));
    sim.loaded = std::move(options.earlier->loaded);
    sim.led = true;
  } else {
    // First: what cannot be meshed is refused at once.
    task = leg_task(leg_input(scenario), options.earlier ? options.earlier->leg.get() : nullptr, guesses(&LegLead::guess));
  }
  bool baseline_missing = false;
  const std::string key = options.baselines ? baseline_key(scenario) : std::string();
  if (sim.led) {
    sim.neutral = std::move(options.earlier->neutral);
    sim.baseline = std::move(options.earlier->baseline);
  } else if (needs_baseline(scenario) && !options.keep_baseline && options.baselines && options.baselines->contains(key)) {
    sim.neutral = options.baselines->at(key);
  } else if (needs_baseline(scenario)) {
    // Compression in the neutral pose of the same person without pathology: what thresholds do not count.
    LegTask baseline = leg_task(baseline_leg_input(scenario), lead ? lead->neutral.get() : nullptr, guesses(&LegLead::guess_neutral));
    solve(baseline, {}, load, observe(Progress::Stage::baseline));
    MeshedLeg& neutral = baseline.meshes.back();
    baseline_missing = !neutral.outcome.complete;
    if (!baseline_missing) sim.neutral = measure_compression(neutral.leg->anatomy, *neutral.leg->body, neutral.outcome.steps.back().state);
    if (!baseline_missing && options.baselines) (*options.baselines)[key] = sim.neutral;
    for (const MeshedLeg& m : baseline.meshes)
      if (lead) lead->learn_neutral(options.place, *m.leg, m.outcome);
    if (!baseline_missing && options.keep_baseline) sim.baseline = SettledLeg{std::move(neutral.leg), std::move(neutral.outcome.steps.back().state)};
    else if (lead) lead->neutral = std::move(neutral.leg);
  }
  if (!sim.led) solve(task, goal, load, observe(Progress::Stage::loading));
  sim.guessed = task.guessed;
  std::vector<MeshedLeg>& meshes = task.meshes;
  for (const MeshedLeg& m : meshes)
    if (lead) lead->learn(options.place, *m.leg, m.outcome);
  if (baseline_missing && meshes.back().outcome.complete) {
    meshes.back().outcome.complete = false;
    meshes.back().outcome.reason = "the neutral pose that compression is measured against did not converge";
  }
  sim.results = results_of(scenario, meshes.back(), sim.neutral);
  sim.results.coarser = coarser_figures(scenario, meshes, sim.neutral);
  sim.results.solver.threads = options.threads;
  sim.results.solver.wall_s = clock.seconds();
  sim.leg = std::move(meshes.back().leg);
  sim.outcome = std::move(meshes.back().outcome);
  sim.leg_key = leg_key(scenario);
  if (leads(scenario, goal)) remember_loaded(sim.loaded, sim.outcome);
  return sim;
}

}  // namespace nerveload
