#include "scenarios/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "postprocess/headline_figures.hpp"
#include "scenarios/leg_results.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/resolved_quantities.hpp"
#include "solver/base/caught_in_parallel.hpp"
#include "solver/base/clock.hpp"
#include "solver/linearisation.hpp"

namespace nerveload {
namespace {

/// From none at all friction would bring a memory with it.
constexpr const char* friction_key = "roller.friction";

/// How far a parameter is moved for the difference, over its range and over itself. So little, because the bulk modulus answers the square of
/// an increment: turning a cell by 5e-4 changes its pressure by 0.002 kPa, as much as the load does that turns it. Meshes of the same
/// shape repeat to 1e-11 mm, residuals to 1e-6 mN.
constexpr double step_over_range = 5e-7, step_over_value = 5e-6;

double step_of(const ResolvedQuantity& q) {
  const double width = step_over_range * (q.high - q.low);
  const double step = q.value != 0.0 ? std::min(width, step_over_value * std::abs(q.value)) : width;
  return q.value + step > q.high ? -step : step;
}

/// A changed leg and how its equilibrium moves: displacements per whole step of the parameter.
struct Variant {
  std::unique_ptr<LegModel> leg;  ///< none: the change does not reach this leg
  Eigen::VectorXd forces;         ///< −(R(u, p + h) − R(u, p)), mN
  State state;                    ///< of the changed leg
};

/// One leg at equilibrium, to be differentiated.
class Equilibrium {
 public:
  Equilibrium(const LegModel& leg, const State& state, int threads)
      : leg_(leg), state_(state), problem_(leg.model, make_linear_solver(LinearSolverKind::best_available, threads)),
        linear_(problem_, state, std::vector<bool>(problem_.assembly.layout().borders().size(), touches(leg, state))) {
    residual_ = residual_of_variant(problem_, leg.model, state);
  }
  const std::string& fault() const { return linear_.fault(); }
  const LegModel& leg() const { return leg_; }
  const State& state() const { return state_; }

  /// Sets the states of variants whose legs are there; takes away the legs of those that a change does not reach.
  void solve(std::span<Variant> variants) {
    std::vector<Variant*> changed;
    for (Variant& v : variants) {
      v.forces = residual_ - residual_of_variant(problem_, v.leg->model, state_);
      if (v.forces.isZero(0.0) && v.leg->shape == leg_.shape) v.leg.reset();
      else changed.push_back(&v);
    }
    if (changed.empty()) return;
    Eigen::MatrixXd forces(state_.unknowns.size(), static_cast<Eigen::Index>(changed.size()));
    for (std::size_t i = 0; i < changed.size(); ++i) forces.col(static_cast<Eigen::Index>(i)) = changed[i]->forces;
    const Eigen::MatrixXd du = linear_.solve(forces);
    for (std::size_t i = 0; i < changed.size(); ++i) {
      changed[i]->state = state_;
      changed[i]->state.unknowns += du.col(static_cast<Eigen::Index>(i));
    }
  }

 private:
  /// A roller that does not touch has no equation of its own: its travel is held.
  static bool touches(const LegModel& leg, const State& state) { return leg.roller && leg.roller->report(state).pressing_force > 0.0; }
  const LegModel& leg_;
  const State& state_;
  Problem problem_;
  Linearisation linear_;
  Eigen::VectorXd residual_;
};

/// Why the equilibrium at the governing step does not depend on the parameters alone.
std::string reason_against(const Scenario& s, const Simulation& simulation) {
  if (!simulation.results.complete) return "the run did not reach its end";
  if (s.roller.present && s.roller.friction > 0.0) return "friction remembers the way";
  if (s.motion.relaxation) return "tissue that relaxes remembers the way";
  if (s.roller.present && s.load.kind != LoadGoal::Kind::force) return "the load is not given as a force";
  if (needs_baseline(s) && !simulation.baseline) return "the neutral pose was not kept";
  return {};
}

struct Change {
  std::string key;
  double value, step;
  Scenario scenario;
};

/// Legs of changed scenarios beside the leg they are like, several at a time: their meshes are most of the price.
std::vector<Variant> build_variants(std::span<const Change> changes, const LegModel& like, LegInput (*input)(const Scenario&), int threads) {
  std::vector<Variant> variants(changes.size());
  CaughtInParallel caught;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (std::size_t i = 0; i < changes.size(); ++i)
    caught.run([&] { variants[i].leg = std::make_unique<LegModel>(input(changes[i].scenario), &like, Likeness::follow); });
  caught.rethrow();
  return variants;
}

std::vector<Change> parameter_changes(const Scenario& scenario, const std::vector<std::string>& keys) {
  const auto wanted = [&](const std::string& key) { return keys.empty() || std::find(keys.begin(), keys.end(), key) != keys.end(); };
  std::vector<Change> changes;
  for (const ResolvedQuantity& q : resolved_quantities(scenario)) {
    if (q.key == friction_key || !wanted(q.key)) continue;
    const double step = step_of(q);
    if (step != 0.0) changes.push_back({q.key, q.value, step, with_value(scenario, q.key, q.value + step)});
  }
  return changes;
}

/// Enumerations, switches and what only bounds the computation.
std::vector<std::pair<std::string, std::string>> undifferentiable(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> without;
  std::set<std::string> there;
  for (const ResolvedEntry& e : scenario.resolved) there.insert(e.table + "." + e.key);
  for (const Parameter& p : scenario_parameters())
    if (p.kind != Parameter::Kind::quantity && is_of_mechanics(p.table) && there.contains(p.dotted()))
      without.emplace_back(p.dotted(), p.kind == Parameter::Kind::boolean ? "it is on or off" : "it is one of a few");
  if (scenario.roller.present) without.emplace_back(friction_key, "friction remembers the way");
  return without;
}

}  // namespace

NerveProfile judged_profile(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral) {
  NerveProfile profile = measure_nerve(scenario, leg, state, neutral);
  judge(profile, scenario.thresholds, judgement_context(scenario));
  return profile;
}

std::vector<double> measure_headlines(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral) {
  return headline_values(judged_profile(scenario, leg, state, neutral));
}

Sensitivities measure_sensitivities(const Scenario& scenario, const Simulation& simulation, const SensitivityOptions& how) {
  const Clock clock;
  Sensitivities out;
  out.reason = reason_against(scenario, simulation);
  if (!out.reason.empty()) return out;
  const State& governing = *simulation.results.steps[simulation.results.governing_step].state;
  Equilibrium loaded(*simulation.leg, governing, how.threads);
  std::optional<Equilibrium> neutral;
  if (simulation.baseline) neutral.emplace(*simulation.baseline->leg, simulation.baseline->state, how.threads);
  if (!loaded.fault().empty() || (neutral && !neutral->fault().empty())) {
    out.reason = loaded.fault().empty() ? neutral->fault() : loaded.fault();
    return out;
  }
  const std::vector<double> values = how.measure(scenario, *simulation.leg, governing, simulation.neutral);
  out.method = "implicit differentiation of the equilibrium";
  out.figures = values;
  out.without = undifferentiable(scenario);

  const std::vector<Change> changes = parameter_changes(scenario, how.keys);
  constexpr std::size_t at_once = 8;  // right-hand sides for which the factor is read once
  for (std::size_t from = 0; from < changes.size(); from += at_once) {
    if (how.observer && !how.observer(from, changes.size())) {
      out.parameters.clear();
      out.reason = "interrupted";
      return out;
    }
    const std::size_t count = std::min(at_once, changes.size() - from);
    const std::span<const Change> these = std::span(changes).subspan(from, count);
    std::vector<Variant> there = build_variants(these, loaded.leg(), leg_input, how.threads);
    loaded.solve(there);
    std::vector<Variant> before(count);
    if (neutral) {
      before = build_variants(these, neutral->leg(), baseline_leg_input, how.threads);
      neutral->solve(before);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Change& c = changes[from + i];
      if (!there[i].leg && !before[i].leg) continue;
      std::vector<NerveCompression> reference = simulation.neutral;
      if (before[i].leg) reference = measure_compression(before[i].leg->anatomy, *before[i].leg->body, before[i].state);
      const LegModel& leg = there[i].leg ? *there[i].leg : loaded.leg();
      const std::vector<double> moved = how.measure(c.scenario, leg, there[i].leg ? there[i].state : governing, reference);
      ParameterDerivative d{c.key, c.value, {}};
      for (std::size_t k = 0; k < values.size(); ++k) d.figures.push_back((moved[k] - values[k]) / c.step);
      out.parameters.push_back(std::move(d));
    }
  }
  out.wall_s = clock.seconds();
  return out;
}

}  // namespace nerveload
