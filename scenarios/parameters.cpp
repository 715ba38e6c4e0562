#include "scenarios/parameters.hpp"

#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {

double Parameter::factor() const {
  if (unit.empty()) return 1.0;
  const Unit* u = find_unit(dimension, unit);
  NL_EXPECT(u, "a known unit for " + dotted());
  return u->factor;
}

double readable(double value, double step) { return std::round(value / step) / std::round(1.0 / step); }

Parameter quantity_parameter(const QuantityRow& row, std::function<double&(Scenario&)> member) {
  Parameter p;
  p.table = row.table;
  p.name = row.name;
  p.dimension = row.dimension;
  p.unit = row.unit;
  p.range = [range = row.range](const Scenario&) { return range; };
  p.fallback = [d = ParameterDefault{row.value, row.source}](const Scenario&, const GivenValues&) { return d; };
  p.set = [member = std::move(member)](Scenario& s, double v) { member(s) = v; };
  p.meaning = row.meaning;
  return p;
}

Parameter boolean_parameter(const char* table, const char* name, bool value, const char* source, const char* meaning,
                            std::function<bool&(Scenario&)> member) {
  Parameter p;
  p.table = table;
  p.name = name;
  p.kind = Parameter::Kind::boolean;
  p.fallback = [d = ParameterDefault{value ? 1.0 : 0.0, source}](const Scenario&, const GivenValues&) { return d; };
  p.set = [member = std::move(member)](Scenario& s, double v) { member(s) = v != 0.0; };
  p.meaning = meaning;
  return p;
}

Parameter choice_parameter(const char* table, const char* name, std::vector<std::string> choices, int value, const char* source, const char* meaning,
                           std::function<void(Scenario&, int)> set) {
  Parameter p;
  p.table = table;
  p.name = name;
  p.kind = Parameter::Kind::choice;
  p.choices = std::move(choices);
  p.fallback = [d = ParameterDefault{double(value), source}](const Scenario&, const GivenValues&) { return d; };
  p.set = [set = std::move(set)](Scenario& s, double v) { set(s, static_cast<int>(v)); };
  p.meaning = meaning;
  return p;
}

const std::vector<Parameter>& scenario_parameters() {
  static const std::vector<Parameter> all = [] {
    std::vector<Parameter> rows;
    for (auto* piece : {subject_parameters, condition_parameters, pose_parameters, roller_parameters, load_and_motion_parameters,
                        muscle_fibre_parameters, muscle_film_parameters, nerve_parameters, threshold_parameters, run_parameters}) {
      const std::vector<Parameter> some = piece();
      rows.insert(rows.end(), some.begin(), some.end());
    }
    return rows;
  }();
  return all;
}

}  // namespace nerveload
