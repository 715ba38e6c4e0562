#include "scenarios/run_jobs.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "postprocess/sha256.hpp"
#include "postprocess/summary.hpp"
#include "scenarios/figure_effects.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/run_figures_json.hpp"
#include "scenarios/simulate.hpp"
#include "scenarios/solve_solid.hpp"
#include "scenarios/worker_pool.hpp"
#include "solver/base/clock.hpp"
#include "solver/base/memory.hpp"

namespace nerveload {
namespace {

/// What decides the outcome of a solid model: its text, the settings, and the mesh, which may come from a file of its own.
std::string solid_key(const SolidModel& model, const std::string& text, const std::vector<std::string>& settings) {
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

RunFigures solve_model(const SolidModel& model, const RunOptions& options) {
  SolidOptions s;
  s.threads = options.threads;
  s.observer = [&](const SolidStep&, int) { return !options.stopped || !options.stopped(); };
  s.iteration_observer = [&](const NewtonIteration&) { return !options.stopped || !options.stopped(); };
  const SolidSolution solution = solve_solid(model, s);
  return {solution.results.complete, solution.results.reason, solid_summary_json(solution.results), {}};
}

/// The outcome of a run as a line between processes; one that has no figures has a reason.
std::string line_of(const RunFigures& figures, double seconds) {
  nlohmann::ordered_json line = {{"complete", figures.complete}, {"reason", figures.reason}, {"seconds", seconds}};
  if (!figures.summary.empty()) line["figures"] = to_json(figures);
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::pair<RunFigures, double> from_line(const std::string& text) {
  const auto line = nlohmann::ordered_json::parse(text);
  RunFigures figures;
  if (line.contains("figures")) figures = run_figures_from(line["figures"]);
  figures.complete = line.at("complete").get<bool>();
  figures.reason = line.at("reason").get<std::string>();
  return {std::move(figures), line.at("seconds").get<double>()};
}

std::string job_name(const std::string& id, const std::string& run) { return id + "\n" + run; }

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
    job.key = solid_key(*job.solid, request.text, request.settings);
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
      of_request_[job_name(request.id, request.name)] = known->second;
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

const RunFigures& RunJobs::figures(const std::string& id, const std::string& name) const { return jobs_[of_request_.at(job_name(id, name))].figures; }

RunFigures RunJobs::figures_of(const Job& job, const RunOptions& options, BaselineStore& baselines) {
  RunFigures refused;
  try {
    return job.scenario ? solve_leg(*job.scenario, job.differentiated, options, baselines) : solve_model(*job.solid, options);
  } catch (const MeshRefusal& e) {
    refused.reason = e.what();
  } catch (const InsufficientMemory& e) {
    refused.reason = e.what();
  }
  return refused;
}

/// Tells of runs as they begin and end, and keeps what they came to. Both are false when it was told to stop.
class RunJobs::Ledger {
 public:
  Ledger(std::size_t of, std::size_t missing, const RunOptions& options)
      : options_(options), of_(static_cast<int>(of)), kept_(static_cast<int>(of - missing)) {}

  bool begin(const Job& job) const { return tell({job.id, job.run, kept_ + ended_, of_, nullptr, 0.0, 0.0}); }
  bool end(Job& job, RunFigures figures, double run_s) {
    job.figures = std::move(figures);
    ++ended_;
    if (job.figures.complete && options_.keep) options_.keep(job.key, job.figures);
    if (options_.stopped && options_.stopped()) return false;
    const double left_s = clock_.seconds() / ended_ * (of_ - kept_ - ended_);
    return tell({job.id, job.run, kept_ + ended_, of_, &job.figures, run_s, left_s});
  }

 private:
  bool tell(const RunProgress& progress) const { return !options_.observer || options_.observer(progress); }
  const RunOptions& options_;
  int of_ = 0, kept_ = 0, ended_ = 0;
  Clock clock_;
};

bool RunJobs::solve_in_turn(const std::vector<Job*>& missing, const RunOptions& options, Ledger& ledger) {
  BaselineStore baselines;
  for (Job* job : missing) {
    if (!ledger.begin(*job)) return false;
    const Clock clock;
    RunFigures figures = figures_of(*job, options, baselines);
    job->scenario.reset();
    job->solid.reset();
    if (!ledger.end(*job, std::move(figures), clock.seconds())) return false;
  }
  return true;
}

bool RunJobs::solve_side_by_side(const std::vector<Job*>& missing, const RunOptions& options, Ledger& ledger) {
  BaselineStore baselines;  // every process its own from here on
  const auto work = [&](const std::string& task) {
    const Clock clock;
    const RunFigures figures = figures_of(*missing[std::stoul(task)], options, baselines);
    return line_of(figures, clock.seconds());
  };
  bool going = true;
  const auto answered = [&](const WorkerAnswer& a) {
    auto [figures, run_s] = a.failure.empty() ? from_line(a.answer) : std::pair(RunFigures{false, a.failure, {}, {}}, 0.0);
    going = ledger.end(*missing[std::stoul(a.task)], std::move(figures), run_s) && going;
  };
  WorkerPool pool(
      work,
      {std::min(options.jobs, static_cast<int>(missing.size())), [&] { return !going || (options.stopped && options.stopped()); }, answered, {}});
  for (std::size_t i = 0; i < missing.size(); ++i)
    if (!pool.submit({std::to_string(i)}) || !ledger.begin(*missing[i])) return false;
  return pool.drain() && going;
}

bool RunJobs::solve(const RunOptions& options) {
  std::vector<Job*> missing;
  for (Job& job : jobs_) {
    auto kept = options.kept ? options.kept(job.key) : std::nullopt;
    if (kept && answers(job, *kept)) job.figures = *std::move(kept);
    else missing.push_back(&job);
  }
  Ledger ledger(jobs_.size(), missing.size(), options);
  const bool alone = options.jobs < 2 || missing.size() < 2;
  const bool whole = alone ? solve_in_turn(missing, options, ledger) : solve_side_by_side(missing, options, ledger);
  for (Job& job : jobs_)
    if (!whole && job.figures.reason.empty() && !job.figures.complete) job.figures.reason = "interrupted";
  return whole;
}

}  // namespace nerveload
