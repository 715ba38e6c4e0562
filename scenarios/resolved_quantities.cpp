#include "scenarios/resolved_quantities.hpp"

#include <cmath>
#include <map>
#include <variant>

#include "scenarios/input.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/read_material.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

/// A resolved number.
struct ResolvedNumber {
  double value;
  bool said;
};

std::map<std::string, ResolvedNumber> resolved_numbers(const Scenario& s) {
  std::map<std::string, ResolvedNumber> numbers;
  for (const ResolvedEntry& e : s.resolved) {
    if (const auto v = number_of(e.text)) numbers[e.table + "." + e.key] = {*v, !e.is_default};
  }
  return numbers;
}

/// A parameter as it is resolved: what it is, and under which key it stands (a user may have chosen another unit than the table's).
struct ResolvedParameter {
  const Parameter* parameter;
  std::string key;
  double value, factor;  ///< in the key's unit; internal = value · factor
  bool said;
  bool follows;  ///< nothing of its own: it is what Parameter::follows is
  double internal() const { return value * factor; }
};

std::vector<ResolvedParameter> resolved_parameters(const Scenario& s) {
  std::vector<ResolvedParameter> found;
  const std::map<std::string, ResolvedNumber> numbers = resolved_numbers(s);
  for (const Parameter& p : scenario_parameters()) {
    if (p.kind != Parameter::Kind::quantity) continue;
    for (const auto& [key, number] : numbers) {
      const std::string dotted = p.dotted();
      if (key == dotted) found.push_back({&p, key, number.value, 1.0, number.said, false});
      if (!key.starts_with(dotted + "_")) continue;
      if (const Unit* u = find_unit(p.dimension, key.substr(dotted.size() + 1)))
        found.push_back({&p, key, number.value, u->factor, number.said, false});
    }
  }
  for (ResolvedParameter& r : found) {
    if (r.said || r.parameter->follows.empty()) continue;
    for (const ResolvedParameter& like : found)
      r.follows = r.follows || (like.parameter->dotted() == r.parameter->follows && std::abs(like.internal() / r.internal() - 1.0) < 1e-12);
  }
  return found;
}

/// materials.NAME.shear_modulus_kPa and, of an Ogden law of one term, materials.NAME.alpha.
struct TissueConstant {
  std::string key;
  std::size_t tissue;
  bool is_exponent;
  double value;
};

std::vector<TissueConstant> tissue_constants(const Scenario& s) {
  std::vector<TissueConstant> found;
  for (std::size_t i = 0; i < s.tissues.size(); ++i) {
    const TissueLaw& law = s.tissues[i];
    found.push_back({"materials." + law.name + ".shear_modulus_kPa", i, false, initial_shear_modulus(law.matrix)});
    if (const auto* ogden = std::get_if<Ogden>(&law.matrix); ogden && ogden->terms.size() == 1)
      found.push_back({"materials." + law.name + ".alpha", i, true, ogden->terms[0].alpha});
  }
  return found;
}

}  // namespace

bool is_of_mechanics(const std::string& table) {
  return !table.starts_with("thresholds") && table != "motion" && table != "mesh" && table != "output" && table != "expect";
}

Scenario with_value(const Scenario& scenario, const std::string& key, double value) {
  Scenario s = scenario;
  for (const TissueConstant& t : tissue_constants(scenario)) {
    if (t.key != key) continue;
    Matrix& matrix = s.tissues[t.tissue].matrix;
    if (t.is_exponent) std::get<Ogden>(matrix).terms[0].alpha = value;
    else matrix = stiffened(matrix, value / t.value);
    return s;
  }
  bool known = false;
  // All anew, in the order in which they are decided: some make use of others, as a share of body weight does.
  std::map<std::string, double> decided;  // internal, by dotted name
  for (const ResolvedParameter& r : resolved_parameters(scenario)) {
    known = known || r.key == key;
    const double now = r.key == key ? value * r.factor : r.follows ? decided.at(r.parameter->follows) : r.internal();
    r.parameter->set(s, decided[r.parameter->dotted()] = now);
    if (now == r.internal()) continue;
    for (ResolvedEntry& e : s.resolved)
      if (e.table + "." + e.key == r.key) e.text = written_number(r.key == key ? value : now / r.factor);
  }
  NL_EXPECT(known, "a resolved quantity: " + key);
  return s;
}

std::vector<ResolvedQuantity> resolved_quantities(const Scenario& scenario) {
  std::vector<ResolvedQuantity> all;
  for (const ResolvedParameter& r : resolved_parameters(scenario)) {
    if (!is_of_mechanics(r.parameter->table) || r.follows) continue;
    const Range range = r.parameter->range(scenario);
    const double scale = r.parameter->factor() / r.factor;
    all.push_back({r.key, r.value, range.low * scale, range.high * scale, r.said});
  }
  const std::map<std::string, ResolvedNumber> numbers = resolved_numbers(scenario);
  for (const TissueConstant& t : tissue_constants(scenario)) {
    const auto known = numbers.find(t.key);  // no number of its own: a law of several constants, which somebody chose
    all.push_back({t.key, t.value, t.is_exponent ? -30.0 : 1e-3, t.is_exponent ? 30.0 : 1e4, known == numbers.end() || known->second.said});
  }
  return all;
}

}  // namespace nerveload
