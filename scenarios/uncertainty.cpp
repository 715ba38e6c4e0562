#include "scenarios/uncertainty.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "postprocess/headline_figures.hpp"
#include "scenarios/input.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

EmbeddedFiles embedded_distributions();  ///< "distributions.toml"

namespace {

Dimension dimension_of(const std::string& dotted) {
  for (const Parameter& p : scenario_parameters())
    if (p.dotted() == dotted) return p.dimension;
  return dotted.ends_with("modulus") ? Dimension::pressure : Dimension::none;
}

std::map<std::string, ParameterSpread> read_spreads() {
  std::map<std::string, ParameterSpread> spreads;
  const auto files = embedded_distributions();
  const DocumentTable document = parse_toml(files.front().second, "distributions.toml");
  Faults faults;
  TableReader top(document, faults);
  for (const std::string& key : top.keys()) {
    auto t = top.table(key);
    if (!t) continue;
    ParameterSpread spread;
    spread.of_logarithm = t->has("sd_ln");
    const Range range = positive(1e12);
    spread.sd = spread.of_logarithm ? t->required_quantity("sd_ln", Dimension::none, range) : t->required_quantity("sd", dimension_of(key), range);
    spread.source = t->text("source").value_or("");
    t->finish();
    spreads[key] = std::move(spread);
  }
  faults.throw_if_any();
  return spreads;
}

/// A dotted key without its unit, and the unit's factor.
std::pair<std::string, double> without_unit(const std::string& key) {
  for (const auto& [dotted, spread] : parameter_spreads()) {
    if (key == dotted) return {dotted, 1.0};
    if (!key.starts_with(dotted + "_")) continue;
    if (const Unit* u = find_unit(dimension_of(dotted), key.substr(dotted.size() + 1))) return {dotted, u->factor};
  }
  return {"", 1.0};
}

/// The (log)normal's own coordinate of a limit of the parameter.
double coordinate(const UncertainQuantity& q, double limit) {
  if (!q.of_logarithm) return (limit - q.quantity.value) / q.sd;
  return limit > 0.0 ? std::log(limit / q.quantity.value) / q.sd : -1e3;
}

/// Stretch adds up from the pre-strain and from what pose and roller do, down to a slack nerve; the other figures are products of moduli.
/// So 197 sampled runs have it (docs/uncertainty.md).
Scatter scatter_of(int headline) { return headline == headline_strain ? Scatter::by_amount : Scatter::by_factor; }

double cumulative(double x) { return boost::math::cdf(boost::math::normal(), std::clamp(x, -30.0, 30.0)); }
double density(double x) { return boost::math::pdf(boost::math::normal(), std::clamp(x, -30.0, 30.0)); }

}  // namespace

const std::map<std::string, ParameterSpread>& parameter_spreads() {
  static const std::map<std::string, ParameterSpread> spreads = read_spreads();
  return spreads;
}

double UncertainQuantity::spread() const {
  // Second moment of a standard normal between two limits.
  const double a = coordinate(*this, quantity.low), b = coordinate(*this, quantity.high), mass = cumulative(b) - cumulative(a);
  const double mean = (density(a) - density(b)) / mass;
  const double a_density = std::abs(a) < 30.0 ? a * density(a) : 0.0, b_density = std::abs(b) < 30.0 ? b * density(b) : 0.0;
  const double variance = 1.0 + (a_density - b_density) / mass - mean * mean;
  return std::sqrt(variance) * sd * (of_logarithm ? std::abs(quantity.value) : 1.0);
}

double UncertainQuantity::quantile(double probability) const {
  const double low = cumulative(coordinate(*this, quantity.low)), high = cumulative(coordinate(*this, quantity.high));
  const double inside = std::clamp(low + probability * (high - low), 1e-12, 1.0 - 1e-12);
  const double x = sd * boost::math::quantile(boost::math::normal(), inside);
  return std::clamp(of_logarithm ? quantity.value * std::exp(x) : quantity.value + x, quantity.low, quantity.high);
}

std::vector<UncertainQuantity> uncertain_quantities(const Scenario& scenario) {
  std::vector<UncertainQuantity> all;
  for (const ResolvedQuantity& r : resolved_quantities(scenario)) {
    if (r.said) continue;
    const auto [dotted, factor] = without_unit(r.key);
    const auto found = parameter_spreads().find(dotted);
    if (found == parameter_spreads().end()) continue;
    const ParameterSpread& s = found->second;
    UncertainQuantity q{r, s.of_logarithm, s.of_logarithm ? s.sd : s.sd / factor, false, s.source};
    q.cut_off = cumulative(coordinate(q, r.low)) + 1.0 - cumulative(coordinate(q, r.high)) > 0.01;
    all.push_back(std::move(q));
  }
  return all;
}

Uncertainty measure_uncertainty(const Scenario& scenario, const Results& results, const Sensitivities& sensitivities) {
  NL_EXPECT(sensitivities.reason.empty(), "derivatives");
  Uncertainty out;
  std::vector<double> variance(headline_count, 0.0);
  for (const UncertainQuantity& q : uncertain_quantities(scenario)) {
    const auto d = std::find_if(sensitivities.parameters.begin(), sensitivities.parameters.end(),
                                [&](const ParameterDerivative& p) { return p.key == q.quantity.key; });
    if (d == sensitivities.parameters.end()) continue;
    Contribution c{q.quantity.key, q.quantity.value, q.spread(), q.source, {}};
    for (int k = 0; k < headline_count; ++k) {
      c.effect.push_back(d->figures[k] * c.spread);
      variance[k] += c.effect[k] * c.effect[k];
    }
    if (q.cut_off) out.remarks.push_back(q.quantity.key + ": its spread reaches beyond what the model takes, and is cut off there");
    out.contributions.push_back(std::move(c));
  }
  std::stable_sort(out.contributions.begin(), out.contributions.end(), [](const Contribution& a, const Contribution& b) {
    return std::abs(a.effect[headline_compression]) > std::abs(b.effect[headline_compression]);
  });
  for (int k = 0; k < headline_count; ++k) out.figures.push_back(interval_of(sensitivities.figures[k], std::sqrt(variance[k]), scatter_of(k)));
  // Of the reported figure, on which verdicts rest, with the relative spread of the smoothed one.
  auto reaching = [&](double utilisation, Headline figure) {
    const double smoothed = sensitivities.figures[figure];
    if (!(smoothed > 0.0)) return utilisation >= 1.0 ? 1.0 : 0.0;
    return probability_above(1.0, utilisation, utilisation * std::sqrt(variance[figure]) / smoothed, scatter_of(figure));
  };
  for (int k = 1; k < ladder_levels; ++k) {
    const LevelUtilisation& u = results.verdict.by_level[k];
    out.by_compression[k] = reaching(u.compression, headline_compression);
    out.by_tension[k] = reaching(u.tension, headline_strain);
  }
  return out;
}

}  // namespace nerveload
