/// The [[material]] tables of a solid model.
#include <algorithm>

#include "scenarios/nearest.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/read_solid_parts.hpp"

namespace nerveload {
namespace {

struct MaterialEntry {
  Material material;
  std::optional<Vec3> fibre;
  bool needs_fibre = false;
};

void require(TableReader& table, const std::string& stem) {
  if (!table.has(stem)) table.fault(stem, "missing: expected " + accepted_keys(stem, Dimension::pressure));
}

/// The direction under `fibre`, unit length.
std::optional<Vec3> read_direction(TableReader& table) {
  const auto fibre = read_vector(table, "fibre", Dimension::none, 1e6);
  if (!fibre) return {};
  if (fibre->norm() > 0.0) return fibre->normalized();
  table.fault("fibre", "expected a direction, not the zero vector");
  return Vec3::UnitX();
}

/// The law of a fibre family; what the table does not say is as in `first`, where there is one.
FibreFamily read_family(TableReader& table, const FibreFamily* first) {
  FibreFamily f = first ? *first : FibreFamily{};
  if (!first) require(table, "c3");
  if (!first) require(table, "c5");
  f.c3 = table.quantity_or("c3", Dimension::pressure, f.c3, {0.0, highest_kPa, {}});
  f.c4 = table.quantity_or("c4", Dimension::none, f.c4, positive(500.0));
  f.c5 = table.quantity_or("c5", Dimension::pressure, f.c5, {0.0, 1e3 * highest_kPa, {}});
  f.lambda_max = table.quantity_or("lambda_max", Dimension::none, f.lambda_max, {1.0, 5.0, "a stretch beyond 1", true});
  return f;
}

std::optional<double> read_active_stress(TableReader& table) {
  const auto active = table.quantity("active_stress", Dimension::pressure, {0.0, highest_kPa, {}});
  return active ? std::optional(active->value) : std::nullopt;
}

DirectedFibres read_second_family(TableReader table, const FibreFamily& first) {
  DirectedFibres second{read_family(table, &first)};
  if (const auto active = read_active_stress(table)) second.family.active_stress = *active;
  if (!table.has("fibre")) table.fault("fibre", "missing: expected fibre = [x, y, z]");
  if (const auto a0 = read_direction(table)) second.a0 = {(*a0)[0], (*a0)[1], (*a0)[2]};
  table.finish();
  return second;
}

Matrix read_ground_of_fibres(TableReader& table) {
  const double c10 = table.required_quantity("c10", Dimension::pressure, any_pressure);
  const double c01 = table.quantity_or("c01", Dimension::pressure, 0.0, any_pressure);
  if (!(c10 + c01 > 0.0) && table.has("c10")) table.fault("c10", "expected c10 + c01 > 0: twice their sum is the initial shear modulus");
  return MooneyRivlin{c10, c01};
}

/// Linear elasticity from either pair of moduli.
void read_linear_elastic(TableReader& table, Material& m) {
  m.small_strain = true;
  double shear = 1.0;
  if (table.has("young_modulus") || table.has("poisson_ratio")) {
    const double young = table.required_quantity("young_modulus", Dimension::pressure, positive(1e9));
    const double poisson = table.required_quantity("poisson_ratio", Dimension::none, {-1.0, 0.49999, "it decides the bulk modulus", true});
    for (const char* other : {"shear_modulus", "bulk_modulus"})
      if (table.quantity(other, Dimension::pressure, positive(1e9)))
        table.fault(other, "expected either shear_modulus and bulk_modulus or young_modulus and poisson_ratio");
    shear = young / (2.0 * (1.0 + poisson));
    m.volumetric.bulk_modulus = young / (3.0 * (1.0 - 2.0 * poisson));
  } else if (!table.has("shear_modulus") && !table.has("bulk_modulus")) {
    table.fault("shear_modulus", "missing: expected shear_modulus and bulk_modulus, or young_modulus and poisson_ratio");
  } else {
    shear = table.required_quantity("shear_modulus", Dimension::pressure, positive(1e9));
    m.volumetric.bulk_modulus = table.required_quantity("bulk_modulus", Dimension::pressure, positive(1e9));
  }
  m.matrix = NeoHookean{shear};
}

/// Ground substance and fibres, as `model` names them.
void read_model(TableReader& table, Material& m) {
  const std::string models = "\"neo_hookean\", \"mooney_rivlin\", \"ogden\", \"transversely_isotropic\" or \"linear_elastic\"";
  if (!table.has("model")) table.fault("model", "missing: expected " + models);
  const DocumentValue* word = table.raw("model");
  const auto* text = word ? std::get_if<std::string>(&word->data()) : nullptr;
  const std::string name = text ? *text : "";
  const auto& ground = matrix_models();
  if (name == "linear_elastic") return read_linear_elastic(table, m);
  if (name == "transversely_isotropic") {
    m.matrix = read_ground_of_fibres(table);
    m.fibres = read_family(table, nullptr);
  } else if (text && std::find(ground.begin(), ground.end(), name) == ground.end()) {
    std::vector<std::string> known = ground;
    known.insert(known.end(), {"transversely_isotropic", "linear_elastic"});
    table.fault("model", "expected " + models + did_you_mean(name, known, "\""));
  } else {
    if (name == NeoHookean::name) require(table, "shear_modulus");
    if (name == MooneyRivlin::name) require(table, "c10");
    if (name == Ogden::name && !table.has("shear_modulus")) require(table, "mu");
    m.matrix = read_matrix(table, NeoHookean{});
  }
}

MaterialEntry read_material(TableReader& table) {
  MaterialEntry entry;
  Material& m = entry.material;
  read_model(table, m);
  if (m.small_strain) return entry;
  m.volumetric.bulk_modulus = table.required_quantity("bulk_modulus", Dimension::pressure, positive(1e9));
  if (table.choice("volumetric", {"quadratic", "log"}).value_or(0) == 1) m.volumetric.law = Volumetric::Law::logarithmic;
  const bool has_law = m.fibres.has_value();
  if (const auto active = read_active_stress(table)) {
    if (!m.fibres) m.fibres = FibreFamily{};
    m.fibres->active_stress = *active;
  }
  if (auto second = table.table("second_family")) {
    if (has_law) m.second_fibres = read_second_family(*second, *m.fibres);
    else table.fault("second_family", "there is no first one: expected model = \"transversely_isotropic\"");
  }
  m.viscosity = read_prony(table);
  entry.needs_fibre = m.fibres.has_value();
  entry.fibre = read_direction(table);
  return entry;
}

/// Region of the mesh that a material says it is for; −1 after a fault.
int find_region(TableReader& table, const Mesh& mesh) {
  const DocumentValue* v = table.raw("region");
  if (!v) {
    if (mesh.region_names.size() == 1) return 0;
    table.fault("region", "missing: the mesh has more than one region");
    return -1;
  }
  std::string name = v->text;
  if (const auto* text = std::get_if<std::string>(&v->data())) name = *text;
  else if (const auto* number = std::get_if<std::int64_t>(&v->data())) name = std::to_string(*number);
  const auto& names = mesh.region_names;
  if (const auto at = std::find(names.begin(), names.end(), name); at != names.end()) return static_cast<int>(at - names.begin());
  std::string known;
  for (const std::string& n : names) known += (known.empty() ? "" : ", ") + n;
  table.fault("region", "the mesh has no such region; it has " + known);
  return -1;
}

}  // namespace

void read_solid_materials(TableReader& top, SolidModel& model) {
  Mesh& mesh = model.mesh;
  std::vector<bool> given(mesh.region_names.size(), false);
  model.materials.resize(mesh.region_names.size());
  const std::vector<Vec3> from_file = mesh.fibre;
  auto tables = top.tables("material");
  for (TableReader& table : tables) {
    const MaterialEntry entry = read_material(table);
    if (mesh.cells.empty()) table.raw("region");
    const int region = mesh.cells.empty() ? -1 : find_region(table, mesh);
    if (entry.needs_fibre && !entry.fibre && from_file.empty() && !mesh.cells.empty())
      table.fault("fibre", "missing: expected fibre = [x, y, z] (or a cell array \"fibre\" in the mesh file)");
    table.finish();
    if (region < 0) continue;
    if (given[region]) table.fault("region", "this region has a material already");
    given[region] = true;
    model.materials[region] = entry.material;
    if (!entry.fibre) continue;
    if (mesh.fibre.empty()) mesh.fibre.assign(mesh.cells.size(), Vec3::UnitX());
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      if (mesh.region[c] == region) mesh.fibre[c] = *entry.fibre;
  }
  std::string without;
  for (std::size_t r = 0; r < given.size(); ++r)
    if (!given[r]) without += (without.empty() ? "" : ", ") + mesh.region_names[r];
  if (!without.empty()) top.fault("material", "no material for region " + without);
  if (mesh.cells.empty() && tables.empty()) top.fault("material", "missing: expected a [[material]] for each region");
}

}  // namespace nerveload
