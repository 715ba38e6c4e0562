#include "scenarios/compared_figure.hpp"

#include <cmath>

#include "scenarios/dimension.hpp"

namespace nerveload {
namespace {

using FiguresOf = std::function<const RunFigures&(const std::string& run)>;
using Kind = ComparedFigure::Kind;

/// Internal units in one of a figure's own.
double internal_factor(const std::string& figure) {
  const Unit* unit = known_unit(unit_suffix(figure)).unit;
  return unit ? unit->factor : 1.0;
}

double internal_value(const RunFigures& run, const std::string& figure) { return internal_factor(figure) * figure_of(run, figure); }

/// Internal units in one of the quantity's. A figure whose name carries no unit is taken in the quantity's own.
double factor_of(const ComparedFigure& c) { return unit_suffix(c.figure.figure).empty() && c.kind != Kind::change ? 1.0 : c.factor; }

double at(const FiguresOf& figures, const std::string& run, const std::string& figure) {
  const RunFigures& of_run = figures(run);
  if (!of_run.complete) throw std::runtime_error("run " + run + " did not reach its end: " + of_run.reason);
  return internal_value(of_run, figure);
}

double crossing_of(const ComparedFigure& compared, const FiguresOf& figures) {
  const Crossing& c = *compared.crossing;
  std::vector<double> v;
  for (const std::string& run : c.runs) v.push_back(at(figures, run, compared.figure.figure) - c.level);
  for (std::size_t k = 0; k + 1 < v.size(); ++k)
    if ((v[k] < 0.0) != (v[k + 1] < 0.0)) return c.at[k] + (c.at[k + 1] - c.at[k]) * v[k] / (v[k] - v[k + 1]);
  throw std::runtime_error(v.front() < 0.0 ? "the level is not reached within the series" : "the level is exceeded from the start of the series");
}

double worked_out(const ComparedFigure& c, const FiguresOf& figures) {
  const double factor = factor_of(c);
  const auto first = [&] { return at(figures, c.figure.run, c.figure.figure); };
  const auto second = [&] { return at(figures, c.other->run, c.other->figure); };
  switch (c.kind) {
    case Kind::value: return first() / factor;
    case Kind::difference: return (first() - second()) / factor;
    case Kind::ratio: return first() / second();
    case Kind::change: return (first() / second() - 1.0) / factor;
    case Kind::crossing: return crossing_of(c, figures);
  }
  return 0.0;
}

/// Adds `weight` times what parameters do to a run's figure (internal units).
void add_effects(const FiguresOf& figures, const FigureOfRun& of, double weight, std::map<std::string, double>& sum) {
  const FigureEffects& effects = figures(of.run).effects;
  if (const auto none = effects.without.find(of.figure); none != effects.without.end())
    throw std::runtime_error("run " + of.run + ": " + none->second);
  const auto found = effects.by_figure.find(of.figure);
  if (found == effects.by_figure.end()) throw std::runtime_error("no derivative is taken of " + of.figure);
  for (const auto& [parameter, change] : found->second) sum[parameter] += weight * internal_factor(of.figure) * change;
}

}  // namespace

std::map<std::string, double> effects_on(const ComparedFigure& c, const FiguresOf& figures) {
  if (c.kind == Kind::crossing) throw std::runtime_error("a crossing has no derivative");
  const bool relative = c.kind == Kind::ratio || c.kind == Kind::change;
  const double unit = c.kind == Kind::ratio ? 1.0 : factor_of(c);
  const double second = relative ? at(figures, c.other->run, c.other->figure) : 1.0;
  std::map<std::string, double> sum;
  add_effects(figures, c.figure, 1.0 / second / unit, sum);
  if (!c.other) return sum;
  const double weight = relative ? at(figures, c.figure.run, c.figure.figure) / (second * second) : 1.0;
  add_effects(figures, *c.other, -weight / unit, sum);
  return sum;
}

bool is_within(double value, double low, double high) {
  if (std::isnan(low) || std::isnan(high)) return false;
  if (std::isinf(high)) return value > low;
  if (std::isinf(low)) return value < high;
  return value >= low && value <= high;
}

double value_of(const ComparedFigure& compared, const FiguresOf& figures) {
  try {
    const double value = worked_out(compared, figures);
    if (!std::isfinite(value)) throw std::runtime_error("the figure is not a finite number");
    return value;
  } catch (const UnknownFigure& e) {
    throw InputError({InputFault{compared.place, "figure", compared.figure.figure, e.what()}});
  }
}

}  // namespace nerveload
