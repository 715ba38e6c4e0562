#include "scenarios/run_jobs.hpp"

#include <algorithm>
#include <chrono>

#include "postprocess/sha256.hpp"
#include "postprocess/summary.hpp"
#include "scenarios/figure_effects.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"
#include "scenarios/solve_solid.hpp"
#include "solver/base/memory.hpp"

namespace nerveload {
namespace {

/// What decides the outcome of a solid model: its text, the settings, and the mesh, which may come from a file of its own.
std::string key_of(const SolidModel& model, const std::string& text, const std::vector<std::string>& settings) {
  std::string mesh;
  const auto add = [&mesh](const auto* values, std::size_t count) { mesh.append(reinterpret_cast<const char*>(values), count * sizeof(*values)); };
  for (const Vec3& X : model.mesh.X) add(X.data(), 3);
  for (const Cell& cell : model.mesh.cells) add(cell.begin(), static_cast<std::size_t>(cell.size()));
  std::string key = "solid\n" + text + "\nmesh " + sha256(mesh);
  for (const std::string& s : settings) key += "\n--set " + s;
  return key;
}

/// Where memory is too short for effects, or the mesh of a changed leg is refused, the run itself still counts.
FigureEffects effects_of(const Scenario& scenario, const Simulation& sim, const std::vector<std::string>& figures, int threads) {
  try {
    return measure_effects(scenario, sim, figures, threads);
  } catch (const std::runtime_error& e) {
    FigureEffects none;
    for (const std::string& f : figures) none.without[f] = e.what();
    return none;
  }
}

RunFigures solve_leg(const Scenario& scenario, const std::set<std::string>& differentiated, const RunOptions& options, BaselineStore& baselines) {
  SimulationOptions s;
  s.threads = options.threads;
  s.baselines = &baselines;
  s.keep_baseline = !differentiated.empty();
  const auto going_on = [&](const auto&) { return !options.stopped || !options.stopped(); };
  s.observer = going_on;
  s.iteration_observer = going_on;
  const Simulation sim = simulate(scenario, s);
  const Results& r = sim.results;
  RunFigures figures{r.complete, r.reason, summary_json(r), profile_columns(r.steps[r.governing_step].nerve)};
  if (r.complete && !differentiated.empty())
    figures.effects = effects_of(scenario, sim, {differentiated.begin(), differentiated.end()}, options.threads);
  return figures;
}

RunFigures solve_model(SolidModel model, const RunOptions& options) {
  SolidOptions s;
  s.threads = options.threads;
  s.observer = [&](const SolidStep&, int) { return !options.stopped || !options.stopped(); };
  s.iteration_observer = [&](const NewtonIteration&) { return !options.stopped || !options.stopped(); };
  const SolidSolution solution = solve_solid(std::move(model), s);
  return {solution.results.complete, solution.results.reason, solid_summary_json(solution.results), {}};
}

std::string name_of(const std::string& id, const std::string& run) { return id + "\n" + run; }

}  // namespace

std::string key_of(const Scenario& scenario) {
  std::string key;
  for (const ResolvedEntry& e : scenario.resolved)
    if (!(e.table.empty() && (e.key == "name" || e.key == "description")) && e.table != "output") key += e.table + "." + e.key + "=" + e.text + "\n";
  return key;
}

RunJobs::Job RunJobs::read(const RunRequest& request, const std::string& fidelity) {
  Job job{request.id, request.name, {}, {}, {}, {}, {}};
  if (input_kind(parse_toml(request.text, request.file.string())) == "solid") {
    job.solid = read_solid_text(request.text, request.file, request.settings);
    job.key = key_of(*job.solid, request.text, request.settings);
  } else {
    std::vector<std::string> settings{"mesh.fidelity=" + fidelity, "output.pictures=false"};
    settings.insert(settings.end(), request.settings.begin(), request.settings.end());
    job.scenario = read_scenario_text(request.text, request.file, settings);
    job.key = "leg\n" + key_of(*job.scenario);
  }
  return job;
}

bool RunJobs::answers(const Job& job, const RunFigures& kept) {
  return std::all_of(job.differentiated.begin(), job.differentiated.end(), [&](const std::string& f) { return kept.effects.answers(f); });
}

RunJobs::RunJobs(const std::vector<RunRequest>& requests, const std::string& fidelity) {
  std::vector<InputFault> faults;
  for (const RunRequest& request : requests) {
    try {
      Job job = read(request, fidelity);
      const auto [known, added] = index_.try_emplace(job.key, jobs_.size());
      of_request_[name_of(request.id, request.name)] = known->second;
      if (added) jobs_.push_back(std::move(job));
      Job& asked = jobs_[known->second];
      if (asked.scenario)
        for (const std::string& figure : request.differentiated)
          if (has_effects(figure)) asked.differentiated.insert(figure);
    } catch (const InputError& e) {
      faults.insert(faults.end(), e.faults.begin(), e.faults.end());
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

const RunFigures& RunJobs::figures(const std::string& id, const std::string& name) const { return jobs_[of_request_.at(name_of(id, name))].figures; }

bool RunJobs::solve(const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  BaselineStore baselines;
  bool stopped = false;
  const int count = static_cast<int>(jobs_.size());
  for (int i = 0; i < count && !stopped; ++i) {
    Job& job = jobs_[i];
    RunProgress progress{job.id, job.run, i + 1, count, nullptr, seconds()};
    if (const auto kept = options.kept ? options.kept(job.key) : std::nullopt; kept && answers(job, *kept)) {
      job.figures = *kept;
      continue;
    }
    if (options.observer && !options.observer(progress)) stopped = true;
    if (stopped) break;
    try {
      job.figures = job.scenario ? solve_leg(*job.scenario, job.differentiated, options, baselines) : solve_model(std::move(*job.solid), options);
    } catch (const MeshRefusal& e) {
      job.figures.reason = e.what();
    } catch (const InsufficientMemory& e) {
      job.figures.reason = e.what();
    }
    job.scenario.reset();
    job.solid.reset();
    progress.figures = &job.figures;
    progress.elapsed_s = seconds();
    stopped = options.stopped && options.stopped();
    if (!stopped && job.figures.complete && options.keep) options.keep(job.key, job.figures);
    if (options.observer && !options.observer(progress)) stopped = true;
  }
  if (stopped)
    for (Job& job : jobs_)
      if (job.figures.reason.empty() && !job.figures.complete) job.figures.reason = "interrupted";
  return !stopped;
}

}  // namespace nerveload
