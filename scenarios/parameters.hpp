#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/input.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// Values that the user gave, internal units, by dotted name without unit ("subject.thigh_girth").
using GivenValues = std::map<std::string, double>;

struct ParameterDefault {
  double value;        ///< in the parameter's own unit; 0/1 for true or false, an index for a choice
  std::string source;  ///< key of docs/theory/references.bib, or "assumed"
};

/// One thing a user may say. The table of all of them drives the reader's defaults and checks, `nerveload list` and the
/// reference page.
struct Parameter {
  enum class Kind { quantity, boolean, choice };
  std::string table, name;
  Kind kind = Kind::quantity;
  Dimension dimension = Dimension::none;
  std::string unit;                             ///< preferred suffix, empty for a plain number
  std::function<Range(const Scenario&)> range;  ///< in `unit`
  std::vector<std::string> choices;
  /// What holds when nothing is said; parameters earlier in the table are decided. Empty: stays unsaid.
  std::function<std::optional<ParameterDefault>(const Scenario&, const GivenValues&)> fallback;
  std::function<void(Scenario&, double)> set;  ///< internal units
  std::string follows;                         ///< dotted: by default the same as this one, and no uncertainty of its own; empty: it is by itself
  std::string meaning;

  std::string dotted() const { return table + "." + name; }
  std::string key() const { return unit.empty() ? name : name + "_" + unit; }
  double factor() const;  ///< of `unit`
};

/// In the order in which they are decided.
const std::vector<Parameter>& scenario_parameters();

/// The pieces of that table.
std::vector<Parameter> subject_parameters();
std::vector<Parameter> condition_parameters();
std::vector<Parameter> pose_parameters();
std::vector<Parameter> roller_parameters();
std::vector<Parameter> load_and_motion_parameters();
std::vector<Parameter> muscle_fibre_parameters();
std::vector<Parameter> muscle_film_parameters();
std::vector<Parameter> nerve_parameters();
std::vector<Parameter> threshold_parameters();
std::vector<Parameter> run_parameters();

/// Makers of rows.
struct QuantityRow {
  const char* table;
  const char* name;
  Dimension dimension;
  const char* unit;
  Range range;   ///< in `unit`
  double value;  ///< default, in `unit`
  const char* source;
  const char* meaning;
};
Parameter quantity_parameter(const QuantityRow& row, std::function<double&(Scenario&)> member);
Parameter boolean_parameter(const char* table, const char* name, bool value, const char* source, const char* meaning,
                            std::function<bool&(Scenario&)> member);
Parameter choice_parameter(const char* table, const char* name, std::vector<std::string> choices, int value, const char* source, const char* meaning,
                           std::function<void(Scenario&, int)> set);

/// Rounded so that a resolved file reads well and reads back to the same value.
double readable(double value, double step);

}  // namespace nerveload
