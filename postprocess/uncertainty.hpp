#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "postprocess/thresholds.hpp"

namespace nerveload {

/// By one parameter, all other resolved ones left as they are.
struct ParameterDerivative {
  std::string key;              ///< dotted, with its unit: "roller.position_mm"
  double value;                 ///< of the parameter, in that unit
  std::vector<double> figures;  ///< derivative of each figure per that unit
};

/// Derivatives at the governing state of the headline figures (headline_figures.hpp), or of others that were asked for.
struct Sensitivities {
  std::string reason;  ///< why there are none; empty = there are
  std::string method;
  std::vector<double> figures;                               ///< the figures themselves
  std::vector<ParameterDerivative> parameters;               ///< those that change something
  std::vector<std::pair<std::string, std::string>> without;  ///< parameters that have no derivative, and why
  double wall_s = 0.0;
};

/// What one uncertain parameter does.
struct Contribution {
  std::string key;
  double value, spread;        ///< of the parameter and its standard deviation, in the key's unit
  std::string source;          ///< of the spread
  std::vector<double> effect;  ///< on each headline figure by one standard deviation
};

/// A figure with the range that holds nine tenths.
struct Interval {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// The force that brings the smoothed combined index to 1, the first level: its range and its derivatives.
struct CriticalForce {
  std::string reason;                           ///< why there is none; empty = there is
  Interval force;                               ///< N, with the range that holds nine tenths
  std::vector<ParameterDerivative> parameters;  ///< one figure each: N per the key's unit
  int solves = 0;
};

/// First order: the parameters' standard deviations through the derivatives, taken for independent.
struct Uncertainty {
  std::vector<Contribution> contributions;  ///< by falling effect on compression
  std::vector<Interval> figures;            ///< per headline figure
  /// How likely the person's load reaches each level by compression and by tension (entry 0 unused).
  std::array<double, ladder_levels> by_compression{}, by_tension{};
  std::vector<std::string> remarks;  ///< what was truncated
};

/// value ± 1.645 standard deviations.
Interval normal_interval(double value, double standard_deviation);

/// How a figure above zero scatters: by_factor is lognormal, value · exp(± 1.645 s/value); by_amount normal, value ± 1.645 s, cut off at zero.
enum class Scatter { by_factor, by_amount };

/// The range that holds nine tenths. A figure that is not above zero is taken for normal; s its standard deviation.
Interval interval_of(double value, double standard_deviation, Scatter scatter = Scatter::by_factor);

/// Probability that a figure so distributed exceeds a limit.
double probability_above(double limit, double value, double standard_deviation, Scatter scatter = Scatter::by_factor);

}  // namespace nerveload
