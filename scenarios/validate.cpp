#include "scenarios/validate.hpp"

#include <chrono>
#include <cmath>

#include "postprocess/sha256.hpp"
#include "postprocess/summary.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"
#include "scenarios/solve_solid.hpp"
#include "solver/base/memory.hpp"

namespace nerveload {
namespace {

/// One different thing to solve.
struct Job {
  std::string id, run;  ///< of the first who asks for it
  std::string key;      ///< what is solved, whoever asks
  std::optional<Scenario> scenario;
  std::optional<SolidModel> solid;
  RunFigures figures;
};

/// What decides the outcome of a leg: everything resolved but its name.
std::string key_of(const Scenario& scenario) {
  std::string key;
  for (const ResolvedEntry& e : scenario.resolved)
    if (!(e.table.empty() && (e.key == "name" || e.key == "description")) && e.table != "output") key += e.table + "." + e.key + "=" + e.text + "\n";
  return key;
}

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

Job read_job(const ValidationCase& c, const ValidationRun& run, const std::string& fidelity) {
  const std::filesystem::path file = c.path / run.file;
  const std::string& text = c.texts.at(run.file);
  Job job{c.id, run.name, {}, {}, {}, {}};
  if (input_kind(parse_toml(text, file.string())) == "solid") {
    job.solid = read_solid_text(text, file, run.settings);
    job.key = key_of(*job.solid, text, run.settings);
  } else {
    std::vector<std::string> settings{"mesh.fidelity=" + fidelity, "output.pictures=false"};
    settings.insert(settings.end(), run.settings.begin(), run.settings.end());
    job.scenario = read_scenario_text(text, file, settings);
    job.key = "leg\n" + key_of(*job.scenario);
  }
  return job;
}

RunFigures solve_leg(const Scenario& scenario, const ValidationOptions& options, BaselineStore& baselines) {
  SimulationOptions s;
  s.threads = options.threads;
  s.baselines = &baselines;
  const auto going_on = [&](const auto&) { return !options.stopped || !options.stopped(); };
  s.observer = going_on;
  s.iteration_observer = going_on;
  const Simulation sim = simulate(scenario, s);
  const Results& r = sim.results;
  return {r.complete, r.reason, summary_json(r), profile_columns(r.steps[r.governing_step].nerve)};
}

RunFigures solve_model(SolidModel model, const ValidationOptions& options) {
  SolidOptions s;
  s.threads = options.threads;
  s.observer = [&](const SolidStep&, int) { return !options.stopped || !options.stopped(); };
  s.iteration_observer = [&](const NewtonIteration&) { return !options.stopped || !options.stopped(); };
  const SolidSolution solution = solve_solid(std::move(model), s);
  return {solution.results.complete, solution.results.reason, solid_summary_json(solution.results), {}};
}

/// All different jobs of the cases, and which of them each run is.
class Jobs {
 public:
  Jobs(const std::vector<ValidationCase>& cases, const std::string& fidelity) {
    std::vector<InputFault> faults;
    for (const ValidationCase& c : cases)
      for (const ValidationRun& run : c.runs) {
        try {
          Job job = read_job(c, run, fidelity);
          const auto [known, added] = index_.try_emplace(job.key, jobs_.size());
          of_run_[c.id + "\n" + run.name] = known->second;
          if (added) jobs_.push_back(std::move(job));
        } catch (const InputError& e) {
          faults.insert(faults.end(), e.faults.begin(), e.faults.end());
        }
      }
    if (!faults.empty()) throw InputError(std::move(faults));
  }
  std::vector<Job>& all() { return jobs_; }
  const RunFigures& figures(const std::string& id, const std::string& run) const { return jobs_[of_run_.at(id + "\n" + run)].figures; }

 private:
  std::vector<Job> jobs_;
  std::map<std::string, std::size_t> index_, of_run_;
};

/// A figure in internal units.
double internal_value(const RunFigures& run, const std::string& figure) {
  const Unit* unit = known_unit(unit_suffix(figure)).unit;
  return (unit ? unit->factor : 1.0) * figure_of(run, figure);
}

/// Evaluates one quantity of a case.
class Evaluation {
 public:
  Evaluation(const ValidationCase& c, const ValidationQuantity& q, const Jobs& jobs) : case_(c), q_(q), jobs_(jobs) {}

  /// In the quantity's unit. @throws UnknownFigure; Missing
  double value() const {
    // A figure whose name carries no unit is taken in the quantity's own.
    const double factor = unit_suffix(q_.figure.figure).empty() && q_.kind != ValidationQuantity::Kind::change ? 1.0 : q_.factor;
    switch (q_.kind) {
      case ValidationQuantity::Kind::value: return first() / factor;
      case ValidationQuantity::Kind::difference: return (first() - second()) / factor;
      case ValidationQuantity::Kind::ratio: return first() / second();
      case ValidationQuantity::Kind::change: return (first() / second() - 1.0) / factor;
      case ValidationQuantity::Kind::crossing: return crossing();
    }
    return 0.0;
  }

 private:
  double at(const std::string& run, const std::string& figure) const {
    const RunFigures& figures = jobs_.figures(case_.id, run);
    if (!figures.complete) throw std::runtime_error("run " + run + " did not reach its end: " + figures.reason);
    return internal_value(figures, figure);
  }
  double first() const { return at(q_.figure.run, q_.figure.figure); }
  double second() const { return at(q_.other->run, q_.other->figure); }
  double crossing() const {
    const Crossing& c = *q_.crossing;
    std::vector<double> v;
    for (const std::string& run : c.runs) v.push_back(at(run, q_.figure.figure) - c.level);
    for (std::size_t k = 0; k + 1 < v.size(); ++k)
      if ((v[k] < 0.0) != (v[k + 1] < 0.0)) return c.at[k] + (c.at[k + 1] - c.at[k]) * v[k] / (v[k] - v[k + 1]);
    throw std::runtime_error(v.front() < 0.0 ? "the level is not reached within the series" : "the level is exceeded from the start of the series");
  }

  const ValidationCase& case_;
  const ValidationQuantity& q_;
  const Jobs& jobs_;
};

/// A bound of a range with two ends is allowed; a lone one is a sign or an order, and no effect at all has neither.
bool accepts(const ValidationQuantity& q, double v) {
  if (std::isinf(q.accept_high)) return v > q.accept_low;
  if (std::isinf(q.accept_low)) return v < q.accept_high;
  return v >= q.accept_low && v <= q.accept_high;
}

void judge(const ValidationQuantity& q, const std::string& fidelity, ValidatedQuantity& v) {
  if (q.not_comparable.empty()) v.status = accepts(q, *v.model) ? ValidationStatus::inside : ValidationStatus::outside;
  else v.reason = q.not_comparable;
  if (v.status == ValidationStatus::outside) v.reason = q.finding;
  const auto recorded = q.recorded.find(fidelity);
  if (recorded == q.recorded.end()) return;
  const RecordedBand& band = recorded->second;
  const bool same_outcome = v.status == ValidationStatus::not_comparable || band.inside == (v.status == ValidationStatus::inside);
  v.within_record = same_outcome && *v.model >= band.low && *v.model <= band.high;
}

ValidatedQuantity evaluate(const ValidationCase& c, const ValidationQuantity& q, const Jobs& jobs, const std::string& fidelity) {
  ValidatedQuantity v;
  v.name = q.name;
  v.title = q.title;
  v.unit = q.unit;
  v.source = q.source;
  v.published = q.published;
  v.spread = q.spread;
  v.accept_low = q.accept_low;
  v.accept_high = q.accept_high;
  if (const auto recorded = q.recorded.find(fidelity); recorded != q.recorded.end()) {
    v.band_low = recorded->second.low;
    v.band_high = recorded->second.high;
  }
  v.reason = q.not_comparable;
  if (q.figure.figure.empty()) return v;
  try {
    const double value = Evaluation(c, q, jobs).value();
    if (!std::isfinite(value)) throw std::runtime_error("the figure is not a finite number");
    v.model = value;
  } catch (const UnknownFigure& e) {
    throw InputError({InputFault{q.place, "figure", q.figure.figure, e.what()}});
  } catch (const std::runtime_error& e) {
    v.status = ValidationStatus::failed;
    v.reason = e.what();
    v.within_record = false;
    return v;
  }
  judge(q, fidelity, v);
  return v;
}

}  // namespace

Validation validate(const std::vector<ValidationCase>& cases, const ValidationOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  Jobs jobs(cases, options.fidelity);
  BaselineStore baselines;
  Validation result;
  const int count = static_cast<int>(jobs.all().size());
  for (int i = 0; i < count && !result.stopped; ++i) {
    Job& job = jobs.all()[i];
    ValidationProgress progress{job.id, job.run, i + 1, count, nullptr, seconds()};
    const auto kept = options.kept ? options.kept(job.key) : std::nullopt;
    if (kept) {
      job.figures = *kept;
      continue;
    }
    if (options.observer && !options.observer(progress)) result.stopped = true;
    if (result.stopped) break;
    try {
      job.figures = job.scenario ? solve_leg(*job.scenario, options, baselines) : solve_model(std::move(*job.solid), options);
    } catch (const MeshRefusal& e) {
      job.figures.reason = e.what();
    } catch (const InsufficientMemory& e) {
      job.figures.reason = e.what();
    }
    job.scenario.reset();
    job.solid.reset();
    progress.figures = &job.figures;
    progress.elapsed_s = seconds();
    result.stopped = options.stopped && options.stopped();
    if (!result.stopped && job.figures.complete && options.keep) options.keep(job.key, job.figures);
    if (options.observer && !options.observer(progress)) result.stopped = true;
  }
  if (result.stopped)
    for (Job& job : jobs.all())
      if (job.figures.reason.empty() && !job.figures.complete) job.figures.reason = "interrupted";
  for (const ValidationCase& c : cases) {
    ValidatedTarget target{c.id, c.title, to_string(c.role), c.folder, {}};
    for (const ValidationQuantity& q : c.quantities) target.quantities.push_back(evaluate(c, q, jobs, options.fidelity));
    result.targets.push_back(std::move(target));
  }
  return result;
}

}  // namespace nerveload
