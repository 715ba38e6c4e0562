#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/input_error.hpp"
#include "scenarios/run_figures.hpp"

namespace nerveload {

/// A figure of a run: a column of nerve_profile.csv at a station, "nerve_profile.strain_percent@172", or a dotted path into summary.json,
/// "steps.last.indenter.0.mean_pressure_kPa".
struct FigureOfRun {
  std::string run, figure;
};

/// Where a figure reaches a level along a series of runs, linear between them.
struct Crossing {
  std::vector<std::string> runs;
  std::vector<double> at;  ///< value of what the series varies, one per run, ascending, in the quantity's unit
  double level = 0.0;      ///< of the figure, internal units
};

/// What is worked out from one run or several.
struct ComparedFigure {
  enum class Kind { value, difference, ratio, change, crossing };
  Kind kind = Kind::value;
  FigureOfRun figure;                ///< none where nothing can be compared; without a run for a crossing
  std::optional<FigureOfRun> other;  ///< what is taken off, divided by, or the change is counted from
  std::optional<Crossing> crossing;
  std::string unit;     ///< suffix; empty for a plain number
  double factor = 1.0;  ///< internal units in one of `unit`
  Place place;          ///< in its file
};

/// The figure in its unit.
/// @param figures  of a run by its name
/// @throws InputError  when no run has such a figure
/// @throws std::runtime_error  when a run did not reach its end, a level is not crossed, or it is not a finite number
double value_of(const ComparedFigure& compared, const std::function<const RunFigures&(const std::string& run)>& figures);

/// Whether a figure lies in a span. A bound of a span with two ends is allowed; a lone one is a sign or an order, and no effect at all has
/// neither. Without a span (no number) nothing does.
bool is_within(double value, double low, double high);

/// What uncertain parameters do to the compared figure, in its unit, for one standard deviation each. A parameter that several of its runs share moves
/// them all at once: of a difference its effect is the difference of the effects, of a ratio r = a/b it is r (Δa/a − Δb/b).
/// @param figures  of a run by its name, with the effects that were asked for
/// @throws std::runtime_error  saying why there are none
std::map<std::string, double> effects_on(const ComparedFigure& compared, const std::function<const RunFigures&(const std::string& run)>& figures);

}  // namespace nerveload
