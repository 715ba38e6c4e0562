#include "scenarios/leg_trials.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "postprocess/headline_figures.hpp"
#include "postprocess/muscle_pressing.hpp"
#include "scenarios/leg_results.hpp"
#include "scenarios/run_jobs.hpp"
#include "scenarios/sensitivity.hpp"
#include "solver/base/memory.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

std::array<MusclePressing, tissue_count> pressing(const LegModel& leg, const State& state) {
  return measure_pressing(leg.anatomy, *leg.body, state, leg.roller->placement(state.path).direction);
}

/// Smoothed peaks of the two utilisations of a level, and the stress of a muscle.
std::vector<double> measure_trial(int level, Tissue muscle, const Scenario& scenario, const LegModel& leg, const State& state,
                                  std::span<const NerveCompression> neutral) {
  const NerveProfile profile = measure_nerve(scenario, leg, state, neutral);
  const JudgementContext context = judgement_context(scenario);
  const ThresholdLadder& ladder = scenario.thresholds;
  const auto column = [&](const NerveStation& s) { return column_at(s.arc_length_mm, ladder, context); };
  return {
      smoothed_peak(profile, [&](const NerveStation& s) { return s.compression_kPa / ladder.compression_kPa(level, column(s), context.hold_min); }),
      smoothed_peak(profile, [&](const NerveStation& s) { return s.strain_percent / ladder.strain_percent(level, column(s)); }),
      pressing(leg, state)[static_cast<int>(muscle)].stress_kPa};
}

AdvisedLoad advised_load(const Results& r, int level) {
  AdvisedLoad load;
  if (!r.complete) {
    load.failure = r.reason;
    return load;
  }
  const NerveProfile& nerve = r.steps[r.governing_step].nerve;
  load.level = r.verdict.level;
  load.level_name = r.verdict.level_name;
  load.compression = r.verdict.by_level[level].compression;
  load.tension = r.verdict.by_level[level].tension;
  load.compression_kPa = peak_of(nerve, &NerveStation::compression_kPa).value;
  load.strain_percent = peak_of(nerve, &NerveStation::strain_percent).value;
  load.combined_index = r.verdict.combined_index;
  return load;
}

void add_slopes(LegTrial& trial, const Sensitivities& s) {
  trial.fault_of_slopes = s.reason;
  for (const ParameterDerivative& d : s.parameters)
    for (std::size_t k = 0; k < 3; ++k) trial.slopes[d.key][k] = s.figures[k] > 0.0 ? d.figures[k] / s.figures[k] : 0.0;
}

std::string trial_text(const LegTrial& t) {
  const AdvisedLoad& l = t.load;
  return json{{"level", l.level},
              {"level_name", l.level_name},
              {"utilisation", {l.compression, l.tension}},
              {"peaks", {l.compression_kPa, l.strain_percent, l.combined_index}},
              {"muscle", {{"number", static_cast<int>(t.muscle)}, {"kPa", l.muscle_kPa}}},
              {"slopes", t.slopes}}
      .dump(1);
}

std::optional<LegTrial> trial_from(const std::string& text) {
  const json j = json::parse(text, nullptr, false);
  try {
    LegTrial t;
    t.load = {{},
              j.at("level"),
              j.at("level_name"),
              j.at("utilisation").at(0),
              j.at("utilisation").at(1),
              j.at("peaks").at(0),
              j.at("peaks").at(1),
              j.at("peaks").at(2),
              j.at("muscle").at("kPa")};
    t.muscle = static_cast<Tissue>(j.at("muscle").at("number").get<int>());
    t.slopes = j.at("slopes").get<decltype(t.slopes)>();
    return t;
  } catch (const json::exception&) {
    return {};
  }
}

}  // namespace

std::string LegTrials::key(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const {
  std::string key = "trial against level " + std::to_string(options_.level) + ", muscle " + (muscle ? to_string(*muscle) : "found");
  for (const std::string& lever : options_.levers) key += slopes ? ", " + lever : "";
  return key + "\n" + key_of(scenario);
}

bool LegTrials::knows(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const {
  return known_.contains(key(scenario, muscle, slopes));
}

const LegTrial& LegTrials::run(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) {
  const std::string k = key(scenario, muscle, slopes);
  if (const auto known = known_.find(k); known != known_.end()) return known->second;
  if (const auto kept = options_.kept ? options_.kept(k) : std::nullopt)
    if (auto trial = trial_from(kept->summary)) return known_[k] = std::move(*trial);
  LegTrial& trial = known_[k] = solve(scenario, muscle, slopes);
  // What failed may have wanted memory that the next call has.
  const bool sound = trial.load.failure.empty() && trial.fault_of_slopes.empty() && !stopped();
  if (options_.keep && sound) options_.keep(k, RunFigures{true, {}, trial_text(trial), {}});
  return trial;
}

LegTrial LegTrials::solve(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const {
  LegTrial trial;
  if (stopped()) {
    trial.load.failure = "interrupted";
    return trial;
  }
  SimulationOptions how;
  how.threads = options_.threads;
  how.keep_baseline = slopes;
  const auto going_on = [&](const auto&) { return !stopped(); };
  how.observer = going_on;
  how.iteration_observer = going_on;
  std::string* fault = &trial.load.failure;
  try {
    const Simulation sim = simulate(scenario, how);
    trial.load = advised_load(sim.results, options_.level);
    if (!trial.load.failure.empty()) return trial;
    const auto pressed = pressing(*sim.leg, *sim.results.steps[sim.results.governing_step].state);
    trial.muscle = muscle ? *muscle : most_pressed(pressed);
    trial.load.muscle_kPa = pressed[static_cast<int>(trial.muscle)].stress_kPa;
    if (!slopes) return trial;
    fault = &trial.fault_of_slopes;
    const auto measured = [&](const auto&... at) { return measure_trial(options_.level, trial.muscle, at...); };
    const auto between = [&](std::size_t, std::size_t) { return !stopped(); };
    add_slopes(trial, measure_sensitivities(scenario, sim, {options_.threads, measured, options_.levers, between}));
  } catch (const MeshRefusal& e) {
    *fault = e.what();
  } catch (const InsufficientMemory& e) {
    *fault = e.what();
  }
  return trial;
}

}  // namespace nerveload
