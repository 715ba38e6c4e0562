#include "scenarios/critical_force.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "postprocess/headline_figures.hpp"
#include "scenarios/force_search.hpp"
#include "scenarios/resolved_quantities.hpp"
#include "scenarios/uncertainty.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr double tolerance = 0.005;       ///< of the force, for the search
constexpr double index_tolerance = 1e-4;  ///< for what is differentiated: Newton's last step then is exact to 1e-8

double index_of(const ResultStep& step) { return headline_values(step.nerve)[headline_combined]; }

/// The resolved load: "load.force_N", "load.body_weight_fraction".
std::optional<ResolvedQuantity> load_of(const Scenario& s) {
  for (const ResolvedQuantity& q : resolved_quantities(s))
    if (q.key.starts_with("load.")) return q;
  return {};
}

/// Why there is no such force, as far as the run tells.
std::string reason_against_search(const Scenario& s, const Simulation& simulation) {
  if (!s.roller.present) return "there is no roller";
  if (s.load.kind != LoadGoal::Kind::force) return "the load is not given as a force";
  if (s.roller.friction > 0.0 || s.motion.relaxation) return "friction and relaxation remember the way";
  if (!simulation.results.complete) return "the run did not reach its end";
  for (const ResultStep& step : simulation.results.steps)
    if (step.phase == ResultStep::Phase::pose && index_of(step) >= 1.0) return "the pose alone reaches the level";
  return {};
}

/// How the scenario's own force changes with a parameter, N per unit: a share of body weight grows with the weight.
double force_by(const Scenario& s, const std::string& key, double value) {
  const double step = 1e-6 * std::max(std::abs(value), 1e-3);
  return (with_value(s, key, value + step).load.value - s.load.value) / step / mN_per_N;
}

/// The run's own pose and load: where the search begins.
std::vector<LoadPoint> curve_of(const Simulation& simulation, double force) {
  double pose = 0.0;
  for (const ResultStep& step : simulation.results.steps)
    if (step.phase == ResultStep::Phase::pose) pose = index_of(step);
  return {{0.0, pose}, {force, index_of(simulation.results.steps[simulation.results.governing_step])}};
}

}  // namespace

CriticalForce measure_critical_force(const Scenario& scenario, const Simulation& simulation, const SimulationOptions& how,
                                     const std::function<bool(std::size_t done, std::size_t of)>& observer) {
  CriticalForce out;
  out.reason = reason_against_search(scenario, simulation);
  const std::optional<ResolvedQuantity> load = load_of(scenario);
  if (!load && out.reason.empty()) out.reason = "the load is not resolved";
  if (!out.reason.empty()) return out;
  Scenario still = scenario;
  still.motion.kind = Motion::Kind::hold;
  const double force = scenario.load.value, most = force / load->value * load->high;
  const std::vector<LoadPoint> curve = curve_of(simulation, force);
  ForceSearch search(curve, most, tolerance);
  std::optional<Simulation> found;
  Scenario pressed = still;
  double before_force = 0.0, before = curve.front().utilisation, at_force = 0.0, at = before;
  const auto wanted = [&] { return search.done() ? before_force + (at_force - before_force) * (1.0 - before) / (at - before) : search.next(); };
  while ((!search.done() || (search.reached() && std::abs(at - 1.0) > index_tolerance)) && out.solves < ForceSearch::most_forces) {
    pressed = with_value(still, load->key, wanted() / force * load->value);
    SimulationOptions options = how;
    options.keep_baseline = true;
    options.earlier = found ? &*found : nullptr;
    Simulation next = simulate(pressed, options);
    ++out.solves;
    if (!next.results.complete) {
      out.reason = next.results.reason;
      return out;
    }
    found = std::move(next);
    before_force = std::exchange(at_force, pressed.load.value);
    before = std::exchange(at, index_of(found->results.steps[found->results.governing_step]));
    if (!search.done()) search.add({at_force, at});
  }
  if (!search.done() || !search.reached()) {
    out.reason = search.done() ? "not even the greatest load reaches the level"
                               : "it was not found within " + std::to_string(ForceSearch::most_forces) + " forces";
    return out;
  }
  const Sensitivities s = measure_sensitivities(pressed, *found, {.threads = how.threads, .observer = observer});
  if (!s.reason.empty()) {
    out.reason = s.reason;
    return out;
  }
  const auto by_load = std::find_if(s.parameters.begin(), s.parameters.end(), [&](const ParameterDerivative& d) { return d.key == load->key; });
  if (by_load == s.parameters.end()) {
    out.reason = "the index does not depend on the load";
    return out;
  }
  const double by_force = by_load->figures[headline_combined] / force_by(pressed, load->key, by_load->value);
  out.force.value = pressed.load.value / mN_per_N + (1.0 - s.figures[headline_combined]) / by_force;
  for (const ParameterDerivative& d : s.parameters)
    if (d.key != load->key) out.parameters.push_back({d.key, d.value, {force_by(pressed, d.key, d.value) - d.figures[headline_combined] / by_force}});
  double variance = 0.0;
  for (const UncertainQuantity& q : uncertain_quantities(scenario))
    for (const ParameterDerivative& d : out.parameters)
      if (d.key == q.quantity.key) variance += std::pow(d.figures[0] * q.spread(), 2);
  out.force = interval_of(out.force.value, std::sqrt(variance));
  return out;
}

}  // namespace nerveload
