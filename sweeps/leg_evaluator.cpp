#include "sweeps/leg_evaluator.hpp"

#include <omp.h>

#include <cmath>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "postprocess/sha256.hpp"
#include "postprocess/summary.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"
#include "solver/base/clock.hpp"
#include "solver/base/memory.hpp"
#include "sweeps/sweep_places.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// Numbers of a summary that a row of a sweep has, one level deep in each of its parts.
std::vector<std::pair<std::string, double>> headline_figures(const std::string& summary) {
  const json s = json::parse(summary);
  std::vector<std::pair<std::string, double>> figures;
  for (const char* part : {"verdict", "nerve", "roller"})
    if (s.at(part).is_object())
      for (const auto& [name, value] : s.at(part).items())
        if (value.is_number()) figures.emplace_back(std::string(part) + "." + name, value.get<double>());
  for (const char* count : {"newton_iterations", "factorisations"})
    figures.emplace_back(std::string("solver.") + count, s.at("solver").at(count).get<double>());
  return figures;
}

/// Columns of the nerve's profile at seven digits; null where a column means nothing.
std::string profile_json(const NerveProfile& profile) {
  json all = json::object();
  for (const NerveColumn& c : nerve_columns()) {
    json values = json::array();
    for (const NerveStation& s : profile.stations) {
      char text[32];
      std::snprintf(text, sizeof text, "%.7g", s.*c.value);
      values.push_back(s.in_mesh || !c.needs_mesh ? json(std::strtod(text, nullptr)) : json(nullptr));
    }
    all[c.name] = std::move(values);
  }
  return all.dump();
}

class LegEvaluator {
 public:
  LegEvaluator(const SweepPlan& plan, int threads, bool cold) : base_(plan.base), places_(plan.parameters), threads_(threads), cold_(cold) {}

  PointOutcome operator()(const PointTask& task) {
    const Clock clock;
    const std::clock_t processor = std::clock();
    omp_set_num_threads(threads_);
    PointOutcome outcome;
    try {
      simulate_point(task, outcome);
    } catch (const InputError& e) {
      outcome.status = PointOutcome::Status::refused;
      outcome.reason = e.what();
    } catch (const MeshRefusal& e) {
      outcome.status = PointOutcome::Status::refused;
      outcome.reason = e.what();
    } catch (const InsufficientMemory& e) {
      outcome.status = PointOutcome::Status::crashed;
      outcome.reason = e.what();
    }
    if (outcome.status != PointOutcome::Status::complete) last_.reset();
    outcome.cpu_s = double(std::clock() - processor) / CLOCKS_PER_SEC;
    outcome.wall_s = clock.seconds();
    return outcome;
  }

 private:
  void simulate_point(const PointTask& task, PointOutcome& outcome) {
    const Scenario scenario = read_scenario(base_, task.settings);
    outcome.scenario_sha256 = sha256(resolved_toml(scenario, false));
    constexpr std::size_t most_baselines = 256;  // a sweep over people has as many as points
    if (baselines_.size() > most_baselines) baselines_.clear();
    SimulationOptions options;
    options.threads = threads_;
    if (!cold_) {
      options.baselines = &baselines_;
      options.earlier = last_ ? &*last_ : nullptr;
      options.lead = &lead_;
      options.place = places_.of(task.inputs);
    }
    Simulation sim = simulate(scenario, options);
    last_.reset();
    last_.emplace(std::move(sim));
    const Results& r = last_->results;
    outcome.status = r.complete ? PointOutcome::Status::complete : PointOutcome::Status::incomplete;
    outcome.reason = r.reason;
    outcome.led = last_->led || last_->guessed;
    outcome.figures = headline_figures(summary_json(r));
    outcome.profile = profile_json(r.steps[r.governing_step].nerve);
  }

  std::filesystem::path base_;
  SweepPlaces places_;
  int threads_;
  bool cold_;
  BaselineStore baselines_;
  LegLead lead_;
  std::optional<Simulation> last_;
};

}  // namespace

PointEvaluator leg_evaluator(const SweepPlan& plan, int threads, bool cold) {
  // Shared, for a std::function is copied.
  return [evaluator = std::make_shared<LegEvaluator>(plan, threads, cold)](const PointTask& task) { return (*evaluator)(task); };
}

}  // namespace nerveload
