#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "postprocess/nerve_profile.hpp"

namespace nerveload {

/// What uncertain parameters do to figures of a run (figure_effects.hpp).
struct FigureEffects {
  /// By figure, then by parameter (dotted, with its unit): the change for one standard deviation of the parameter, in the figure's unit.
  std::map<std::string, std::map<std::string, double>> by_figure;
  std::map<std::string, std::string> without;  ///< figures that have none, and why
  bool answers(const std::string& figure) const { return by_figure.contains(figure) || without.contains(figure); }
};

/// What a finished run offers to those who look a figure up by name.
struct RunFigures {
  bool complete = false;
  std::string reason;                                  ///< why it is not
  std::string summary;                                 ///< summary.json
  std::map<std::string, std::vector<double>> profile;  ///< columns of nerve_profile.csv, stations ascending; empty for a solid model
  FigureEffects effects = {};                          ///< of the figures that they were asked for
};

/// The columns of a profile; a value that means nothing outside the mesh is left out with its station (NaN).
std::map<std::string, std::vector<double>> profile_columns(const NerveProfile& profile);

/// No run has a figure of that name; `what()` says what there is instead.
struct UnknownFigure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What is wrong with a figure's name in itself, before any run; empty = nothing.
std::string fault_of_figure(std::string_view figure);

/// The unit that a figure's name carries, "kPa"; empty = none.
std::string_view unit_suffix(std::string_view figure);

/// A figure in its own unit: "nerve_profile.COLUMN@STATION" (linear between stations, mm) or a dotted path into summary.json, where a list
/// takes a number from 0 or "last". @throws UnknownFigure, also when the figure is null
double figure_of(const RunFigures& run, std::string_view figure);

}  // namespace nerveload
