#include "scenarios/read_material.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/tissues.hpp"

namespace nerveload {
namespace {

const Range modulus = positive(1e6, "a shear modulus is positive");
const Range exponent{-40.0, 40.0, "soft tissues have -30 to 30"};

int model_index(const Matrix& m) { return static_cast<int>(m.index()); }

Matrix read_ogden(TableReader& table, const Matrix& base) {
  if (table.has("mu")) {
    const auto mu = table.quantities("mu", Dimension::pressure, {-1e6, 1e6, {}}, 1, 8);
    const auto alpha = table.quantities("alpha", Dimension::none, exponent, 1, 8);
    if (!mu || !alpha) {
      if (mu && !table.has("alpha")) table.fault("mu", "the exponents are missing: expected alpha = [..] of the same length");
      return base;
    }
    Ogden ogden;
    double sum = 0.0;
    for (std::size_t i = 0; i < std::min(mu->size(), alpha->size()); ++i) {
      ogden.terms.push_back({(*mu)[i], (*alpha)[i]});
      sum += (*mu)[i];
      if ((*alpha)[i] == 0.0) {
        table.fault("alpha", "expected exponents other than 0");
        return base;
      }
    }
    if (mu->size() != alpha->size()) table.fault("alpha", "expected as many exponents as moduli in mu");
    else if (!(sum > 0.0)) table.fault("mu", "expected a positive sum: it is the initial shear modulus");
    else return ogden;
    return base;
  }
  const Ogden* old = std::get_if<Ogden>(&base);
  const double mu = table.quantity_or("shear_modulus", Dimension::pressure, initial_shear_modulus(base), modulus);
  const double alpha = table.quantity_or("alpha", Dimension::none, old && !old->terms.empty() ? old->terms.front().alpha : 2.0, exponent);
  if (alpha == 0.0) {
    table.fault("alpha", "expected an exponent other than 0");
    return base;
  }
  if (old && old->terms.size() > 1 && !table.has("shear_modulus") && !table.has("alpha")) return base;
  return Ogden{{{mu, alpha}}};
}

std::string number_list(const std::vector<double>& values) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i ? ", " : "") + written_number(values[i]);
  return text + "]";
}

/// A law as entries of its table, where they come from still to be said.
std::vector<ResolvedEntry> constants_of(const TissueLaw& law) {
  std::vector<ResolvedEntry> all;
  auto add = [&](const char* key, const std::string& text) { all.push_back({"materials." + law.name, key, text, {}}); };
  add("model", std::string("\"") + matrix_models()[model_index(law.matrix)] + "\"");
  if (const auto* m = std::get_if<NeoHookean>(&law.matrix)) add("shear_modulus_kPa", written_number(m->shear_modulus));
  if (const auto* m = std::get_if<MooneyRivlin>(&law.matrix)) {
    add("c10_kPa", written_number(m->c10));
    add("c01_kPa", written_number(m->c01));
  }
  if (const auto* m = std::get_if<Ogden>(&law.matrix)) {
    if (m->terms.size() == 1) {
      add("shear_modulus_kPa", written_number(m->terms[0].mu));
      add("alpha", written_number(m->terms[0].alpha));
    } else {
      std::vector<double> mu, alpha;
      for (const Ogden::Term& term : m->terms) {
        mu.push_back(term.mu);
        alpha.push_back(term.alpha);
      }
      add("mu_kPa", number_list(mu));
      add("alpha", number_list(alpha));
    }
  }
  add("bulk_modulus_kPa", written_number(law.bulk_modulus_kPa));
  std::string terms;
  for (const Prony::Term& term : law.relaxation.terms)
    terms += (terms.empty() ? "{ g = " : ", { g = ") + written_number(term.g) + ", tau_s = " + written_number(term.tau_s) + " }";
  add("prony", "[" + terms + "]");
  return all;
}

TissueLaw default_law(const TissueConstants& t) {
  TissueLaw law{t.name, Ogden{{{t.shear_modulus, t.alpha}}}, tissue_bulk_modulus_kPa, t.relaxation, {}};
  law.resolved = constants_of(law);
  for (ResolvedEntry& e : law.resolved) {
    e.origin = "default: " + (e.key == "prony" ? t.relaxation_source : e.key == "bulk_modulus_kPa" ? "assumed (K/G of at least 500)" : t.source);
    e.is_default = true;
  }
  return law;
}

/// Each constant where its own key says it, else as in the law that this one was begun with, else at the table, something in which decided it.
void resolve_constants(TissueLaw& law, const TissueLaw& base, TableReader& table, const ListedDefaults& defaults) {
  law.resolved = constants_of(law);
  const std::vector<std::string> keys = table.keys();
  for (ResolvedEntry& e : law.resolved) {
    const auto said = std::find_if(keys.begin(), keys.end(), [&](const std::string& k) { return split_key(k).stem == split_key(e.key).stem; });
    const auto before =
        std::find_if(base.resolved.begin(), base.resolved.end(), [&](const ResolvedEntry& b) { return b.key == e.key && b.text == e.text; });
    if (said == keys.end() && before != base.resolved.end()) {
      e.origin = before->origin;
      e.is_default = before->is_default;
      continue;
    }
    e.origin = to_string(said != keys.end() ? table.raw(*said)->place : table.place());
    e.is_default = counts_as_default(e, defaults);
  }
}

/// The group whose constants a tissue of the mesh starts from.
std::string group_of(const std::string& tissue) {
  if (tissue == "fascicles" || tissue == "epineurium") return "nerve";
  return "muscle";
}

}  // namespace

const std::vector<std::string>& matrix_models() {
  static const std::vector<std::string> names = {NeoHookean::name, MooneyRivlin::name, Ogden::name};
  return names;
}

double initial_shear_modulus(const Matrix& matrix) {
  if (const auto* m = std::get_if<NeoHookean>(&matrix)) return m->shear_modulus;
  if (const auto* m = std::get_if<MooneyRivlin>(&matrix)) return 2.0 * (m->c10 + m->c01);
  double sum = 0.0;
  for (const Ogden::Term& t : std::get<Ogden>(matrix).terms) sum += t.mu;
  return sum;
}

Matrix stiffened(const Matrix& matrix, double factor) {
  Matrix out = matrix;
  if (auto* m = std::get_if<NeoHookean>(&out)) m->shear_modulus *= factor;
  if (auto* m = std::get_if<MooneyRivlin>(&out)) *m = {factor * m->c10, factor * m->c01};
  if (auto* m = std::get_if<Ogden>(&out))
    for (Ogden::Term& t : m->terms) t.mu *= factor;
  return out;
}

Prony read_prony(TableReader& table) {
  constexpr std::size_t most_terms = 20;
  Prony prony;
  double sum = 0.0;
  std::vector<TableReader> terms = table.tables("prony");
  for (TableReader& t : terms) {
    const double g = t.required_quantity("g", Dimension::none, {0.0, 1.0, "a share of the stress under sudden load", true});
    const double tau_s = t.required_quantity("tau", Dimension::time, positive(1e12));
    t.finish();
    prony.terms.push_back({g, tau_s});
    sum += g;
  }
  if (!(sum < 1.0)) table.fault("prony", "the shares g come to " + written_number(sum) + ": expected less than 1, for some stress has to stay");
  if (terms.size() > most_terms) table.fault("prony", "expected at most " + std::to_string(most_terms) + " terms");
  return prony;
}

Matrix read_matrix(TableReader& table, const Matrix& base) {
  const int model = table.choice("model", matrix_models()).value_or(model_index(base));
  if (model == 0) return NeoHookean{table.quantity_or("shear_modulus", Dimension::pressure, initial_shear_modulus(base), modulus)};
  if (model == 2) return read_ogden(table, base);
  const MooneyRivlin* old = std::get_if<MooneyRivlin>(&base);
  const Range any{-1e6, 1e6, {}};
  const double c10 = table.quantity_or("c10", Dimension::pressure, old ? old->c10 : 0.5 * initial_shear_modulus(base), any);
  const double c01 = table.quantity_or("c01", Dimension::pressure, old ? old->c01 : 0.0, any);
  if (c10 + c01 > 0.0) return MooneyRivlin{c10, c01};
  table.fault("c10", "expected c10 + c01 > 0: twice their sum is the initial shear modulus");
  return base;
}

void read_tissues(TableReader* materials, const ListedDefaults& defaults, Scenario& scenario) {
  std::vector<std::string> names;
  for (const TissueConstants& t : tissue_defaults()) {
    names.push_back(t.name);
    scenario.tissues.push_back(default_law(t));
  }
  std::vector<std::string> regions = {"gluteus_maximus",      "hamstrings",  "piriformis", "deep_rotators",
                                      "quadriceps_adductors", "deep_muscle", "fascicles",  "epineurium"};
  auto read = [&](const std::string& name, const TissueLaw& base) {
    TissueLaw law = base;
    law.name = name;
    if (auto table = materials ? materials->table(name) : std::nullopt) {
      law.matrix = read_matrix(*table, law.matrix);
      const double shear = initial_shear_modulus(law.matrix);
      law.bulk_modulus_kPa = table->quantity_or("bulk_modulus", Dimension::pressure, law.bulk_modulus_kPa, positive(1e8));
      if (law.bulk_modulus_kPa < 100.0 * shear)
        table->fault(table->has("bulk_modulus") ? "bulk_modulus" : "shear_modulus",
                     "expected a bulk modulus of at least 100 times the shear modulus (tissue hardly changes its volume; here " +
                         written_number(law.bulk_modulus_kPa) + " and " + written_number(shear) + " kPa)");
      if (table->has("prony")) law.relaxation = read_prony(*table);
      resolve_constants(law, base, *table, defaults);
      table->finish();
    }
    return law;
  };
  for (std::size_t i = 0; i < names.size(); ++i) scenario.tissues[i] = read(names[i], scenario.tissues[i]);
  for (const std::string& region : regions) {
    if (!materials || !materials->has(region)) {
      if (materials) materials->raw(region);  // so that a misspelt name finds it
      continue;
    }
    const std::string group = group_of(region);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == group) scenario.tissues.push_back(read(region, scenario.tissues[i]));
  }
  for (const TissueLaw& law : scenario.tissues) scenario.resolved.insert(scenario.resolved.end(), law.resolved.begin(), law.resolved.end());
}

}  // namespace nerveload
