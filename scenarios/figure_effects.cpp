#include "scenarios/figure_effects.hpp"

#include <algorithm>
#include <array>

#include "postprocess/headline_figures.hpp"
#include "scenarios/sensitivity.hpp"
#include "scenarios/uncertainty.hpp"

namespace nerveload {
namespace {

constexpr const char* root_excursion = "nerve.root_excursion_mm";
constexpr std::string_view on_profile = "nerve_profile.";

/// Peaks as the summary calls them, in the order of their smoothed kin.
constexpr std::array<const char*, headline_count> peaks = {"nerve.peak_compression_kPa", "nerve.peak_strain_percent", "nerve.peak_tension_N",
                                                           "verdict.combined_index"};

const auto* headline_of(const std::string& figure) {
  const auto* found = std::find(peaks.begin(), peaks.end(), figure);
  return found == peaks.end() ? nullptr : found;
}

double peak_value(const Simulation& simulation, Headline headline) {
  const ResultStep& step = simulation.results.steps[simulation.results.governing_step];
  switch (headline) {
    case headline_compression: return peak_of(step.nerve, &NerveStation::compression_kPa).value;
    case headline_strain: return peak_of(step.nerve, &NerveStation::strain_percent).value;
    case headline_tension: return peak_of(step.nerve, &NerveStation::tension_N).value;
    default: return step.verdict.combined_index;
  }
}

double on_nerve(const NerveProfile& profile, const std::string& figure) {
  return figure == root_excursion ? profile.root_excursion_mm : figure_of({true, {}, {}, profile_columns(profile)}, figure);
}

/// Why a figure has no effects; empty = it has.
std::string fault_of(const Simulation& simulation, const std::string& figure) {
  if (!has_effects(figure)) return "no derivative is taken of it: it is no smooth figure of the nerve";
  try {
    if (!headline_of(figure)) on_nerve(simulation.results.steps[simulation.results.governing_step].nerve, figure);
    return {};
  } catch (const UnknownFigure& e) {
    return e.what();
  }
}

/// Headlines first, then what is asked for beside them.
std::vector<double> measure_figures(const std::vector<std::string>& others, const Scenario& scenario, const LegModel& leg, const State& state,
                                    std::span<const NerveCompression> neutral) {
  const NerveProfile profile = judged_profile(scenario, leg, state, neutral);
  std::vector<double> values = headline_values(profile);
  for (const std::string& figure : others) values.push_back(on_nerve(profile, figure));
  return values;
}

}  // namespace

bool has_effects(const std::string& figure) { return headline_of(figure) || figure == root_excursion || figure.starts_with(on_profile); }

FigureEffects measure_effects(const Scenario& scenario, const Simulation& simulation, const std::vector<std::string>& figures, int threads) {
  FigureEffects out;
  std::vector<std::string> others, keys;
  for (const std::string& f : figures) {
    if (const std::string fault = fault_of(simulation, f); !fault.empty()) out.without[f] = fault;
    else if (!headline_of(f)) others.push_back(f);
  }
  const std::vector<UncertainQuantity> uncertain = uncertain_quantities(scenario);
  for (const UncertainQuantity& q : uncertain) keys.push_back(q.quantity.key);
  const auto measured = [&](const auto&... at) { return measure_figures(others, at...); };
  const Sensitivities s = measure_sensitivities(scenario, simulation, {threads, measured, keys});
  if (!s.reason.empty()) {
    for (const std::string& f : figures) out.without.try_emplace(f, s.reason);
    return out;
  }
  for (const std::string& f : figures) {
    if (out.without.contains(f)) continue;
    std::size_t column = headline_count + (std::find(others.begin(), others.end(), f) - others.begin());
    double scale = 1.0;
    if (const auto* headline = headline_of(f)) {
      column = headline - peaks.begin();
      scale = s.figures[column] > 0.0 ? peak_value(simulation, static_cast<Headline>(column)) / s.figures[column] : 1.0;
    }
    auto& effects = out.by_figure[f];
    for (const ParameterDerivative& d : s.parameters) {
      const auto q = std::find_if(uncertain.begin(), uncertain.end(), [&](const UncertainQuantity& u) { return u.quantity.key == d.key; });
      effects[d.key] = scale * d.figures[column] * q->spread();
    }
  }
  return out;
}

}  // namespace nerveload
