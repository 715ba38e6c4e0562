#include "scenarios/read_solid_parts.hpp"

#include <algorithm>

#include "scenarios/nearest.hpp"
#include "scenarios/read_material.hpp"
#include "solver/base/units.hpp"
#include "solver/block.hpp"

namespace nerveload {
namespace {

constexpr double farthest_mm = 1e6, highest_kPa = 1e6;
const Range any_pressure{-highest_kPa, highest_kPa, {}};

struct MaterialEntry {
  Material material;
  std::optional<Vec3> fibre;
  bool needs_fibre = false;
};

void require(TableReader& table, const std::string& stem) {
  if (!table.has(stem)) table.fault(stem, "missing: expected " + accepted_keys(stem, Dimension::pressure));
}

MaterialEntry read_material(TableReader& table) {
  MaterialEntry entry;
  Material& m = entry.material;
  std::vector<std::string> models = matrix_models();
  models.emplace_back("transversely_isotropic");
  if (!table.has("model")) table.fault("model", "missing: expected \"neo_hookean\", \"mooney_rivlin\", \"ogden\" or \"transversely_isotropic\"");
  const DocumentValue* word = table.raw("model");
  const auto* name = word ? std::get_if<std::string>(&word->data()) : nullptr;
  if (name && *name == models[3]) {
    const double c10 = table.required_quantity("c10", Dimension::pressure, any_pressure);
    const double c01 = table.quantity_or("c01", Dimension::pressure, 0.0, any_pressure);
    if (!(c10 + c01 > 0.0) && table.has("c10")) table.fault("c10", "expected c10 + c01 > 0: twice their sum is the initial shear modulus");
    m.matrix = MooneyRivlin{c10, c01};
    FibreFamily f;
    f.c3 = table.required_quantity("c3", Dimension::pressure, {0.0, highest_kPa, {}});
    f.c4 = table.quantity_or("c4", Dimension::none, 1.0, positive(500.0));
    f.c5 = table.required_quantity("c5", Dimension::pressure, {0.0, 1e3 * highest_kPa, {}});
    f.lambda_max = table.quantity_or("lambda_max", Dimension::none, f.lambda_max, {1.0, 5.0, "a stretch beyond 1", true});
    m.fibres = f;
  } else {
    if (name && *name == models[0]) require(table, "shear_modulus");
    if (name && *name == models[1]) require(table, "c10");
    if (name && *name == models[2] && !table.has("shear_modulus")) require(table, "mu");
    if (name && std::find(models.begin(), models.end(), *name) == models.end()) {
      const auto near = nearest_word(*name, models);
      table.fault("model", "expected \"neo_hookean\", \"mooney_rivlin\", \"ogden\" or \"transversely_isotropic\"" +
                               (near ? "; did you mean \"" + *near + "\"?" : std::string()));
    } else {
      m.matrix = read_matrix(table, NeoHookean{});
    }
  }
  m.volumetric.bulk_modulus = table.required_quantity("bulk_modulus", Dimension::pressure, positive(1e9));
  if (table.choice("volumetric", {"quadratic", "log"}).value_or(0) == 1) m.volumetric.law = Volumetric::Law::logarithmic;
  if (const auto active = table.quantity("active_stress", Dimension::pressure, {0.0, highest_kPa, {}})) {
    if (!m.fibres) m.fibres = FibreFamily{};
    m.fibres->active_stress = active->value;
  }
  entry.needs_fibre = m.fibres.has_value();
  entry.fibre = read_vector(table, "fibre", Dimension::none, farthest_mm);
  if (entry.fibre && !(entry.fibre->norm() > 0.0)) {
    table.fault("fibre", "expected a direction, not the zero vector");
    entry.fibre = Vec3::UnitX();
  }
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

/// Facets of a set: those that it names itself (a surface), or all of the outside whose nodes are in it.
std::vector<Quad> facets_of(const Mesh& mesh, const std::string& set) {
  const auto own = mesh.facet_sets.find(set);
  return own != mesh.facet_sets.end() ? own->second : boundary_facets(mesh, mesh.node_sets.at(set));
}

std::string listed_sets(const Mesh& mesh) {
  std::string text;
  for (const auto& [name, nodes] : mesh.node_sets) text += (text.empty() ? "" : ", ") + name;
  return text;
}

IndenterShape read_shape(TableReader& table, const Vec3& direction) {
  const int shape = table.choice("shape", {"cylinder", "sphere", "plane"}).value_or(0);
  if (!table.has("shape")) table.fault("shape", "missing: expected \"cylinder\", \"sphere\" or \"plane\"");
  if (shape == 2) return Plane{direction};
  const double radius = table.required_quantity("radius", Dimension::length, positive(1e5));
  if (shape == 1) return Sphere{radius};
  Cylinder c;
  c.radius = radius;
  c.length = table.quantity_or("length", Dimension::length, 1e5, positive(1e6));
  c.edge_radius = table.quantity_or("edge_radius", Dimension::length, std::min({10.0, 0.5 * radius, 0.25 * c.length}), positive(1e4));
  if (c.edge_radius > radius || 2.0 * c.edge_radius > c.length) table.fault("edge_radius", "expected at most the radius and half the length");
  if (const auto axis = read_vector(table, "axis", Dimension::none, farthest_mm)) {
    if (!(axis->norm() > 0.0)) table.fault("axis", "expected a direction, not the zero vector");
    else c.axis = axis->normalized();
  } else if (!table.has("axis")) {
    table.fault("axis", "missing: expected axis = [x, y, z]");
  }
  return c;
}

}  // namespace

std::optional<Vec3> read_vector(TableReader& table, std::string_view stem, Dimension dimension, double most) {
  const auto v = table.quantities(stem, dimension, {-most, most, {}}, 3, 3);
  if (!v) return {};
  return Vec3((*v)[0], (*v)[1], (*v)[2]);
}

std::optional<std::string> read_set_name(TableReader& table, std::string_view key, const SolidModel& model) {
  const auto name = table.text(key);
  if (!name) {
    if (!table.has(key)) table.fault(key, "missing: expected the name of a set");
    return {};
  }
  if (model.mesh.hexes.empty()) return {};
  if (model.mesh.node_sets.contains(*name)) return name;
  std::vector<std::string> names;
  for (const auto& [n, nodes] : model.mesh.node_sets) names.push_back(n);
  const auto near = nearest_word(*name, names);
  table.fault(key, "no such set; the mesh has " + listed_sets(model.mesh) + (near ? "; did you mean " + *near + "?" : ""));
  return {};
}

void read_solid_materials(TableReader& top, SolidModel& model) {
  Mesh& mesh = model.mesh;
  std::vector<bool> given(mesh.region_names.size(), false);
  model.materials.resize(mesh.region_names.size());
  const std::vector<Vec3> from_file = mesh.fibre;
  auto tables = top.tables("material");
  for (TableReader& table : tables) {
    const MaterialEntry entry = read_material(table);
    if (mesh.hexes.empty()) table.raw("region");
    const int region = mesh.hexes.empty() ? -1 : find_region(table, mesh);
    if (entry.needs_fibre && !entry.fibre && from_file.empty() && !mesh.hexes.empty())
      table.fault("fibre", "missing: expected fibre = [x, y, z] (or a cell array \"fibre\" in the mesh file)");
    table.finish();
    if (region < 0) continue;
    if (given[region]) table.fault("region", "this region has a material already");
    given[region] = true;
    model.materials[region] = entry.material;
    if (!entry.fibre) continue;
    if (mesh.fibre.empty()) mesh.fibre.assign(mesh.hexes.size(), Vec3::UnitX());
    for (std::size_t c = 0; c < mesh.hexes.size(); ++c)
      if (mesh.region[c] == region) mesh.fibre[c] = entry.fibre->normalized();
  }
  std::string without;
  for (std::size_t r = 0; r < given.size(); ++r)
    if (!given[r]) without += (without.empty() ? "" : ", ") + mesh.region_names[r];
  if (!without.empty()) top.fault("material", "no material for region " + without);
  if (mesh.hexes.empty() && tables.empty()) top.fault("material", "missing: expected a [[material]] for each region");
}

void read_solid_traction(TableReader table, SolidModel& model) {
  SolidTraction t;
  const auto set = read_set_name(table, "set", model);
  table.require_one_of({"pressure", "traction"});
  t.pressure_kPa = table.quantity_or("pressure", Dimension::pressure, 0.0, any_pressure);
  t.dead_kPa = read_vector(table, "traction", Dimension::pressure, highest_kPa).value_or(Vec3::Zero());
  table.finish();
  if (!set) return;
  t.set = *set;
  t.facets = facets_of(model.mesh, *set);
  if (t.facets.empty()) return table.fault("set", "holds no whole facet of the surface, so there is nothing to load");
  model.tractions.push_back(std::move(t));
}

void read_solid_indenter(TableReader table, SolidModel& model) {
  SolidIndenter in;
  if (const auto d = read_vector(table, "direction", Dimension::none, farthest_mm)) {
    if (!(d->norm() > 0.0)) table.fault("direction", "expected a direction, not the zero vector");
    else in.direction = d->normalized();
  } else if (!table.has("direction")) {
    table.fault("direction", "missing: expected direction = [x, y, z], the way it presses");
  }
  in.options.shape = read_shape(table, in.direction);
  if (const auto c = read_vector(table, "centre", Dimension::length, farthest_mm)) in.centre = *c;
  else if (!table.has("centre")) table.fault("centre", "missing: expected centre_mm = [x, y, z], at zero travel");
  table.require_one_of({"travel", "force"});
  if (const auto travel = table.quantity("travel", Dimension::length, {-1e4, 1e4, {}})) in.travel_mm = travel->value;
  if (const auto force = table.quantity("force", Dimension::force, positive(1e9, "a force presses"))) in.force_mN = force->value;
  in.options.friction = table.quantity_or("friction", Dimension::none, 0.0, {0.0, 2.0, "a coefficient of friction"});
  in.options.turning = table.boolean("turning").value_or(false);
  if (in.options.turning && !std::holds_alternative<Cylinder>(in.options.shape)) {
    table.fault("turning", "only a cylinder turns: it has an axis");
    in.options.turning = false;
  }
  in.slide_mm = read_vector(table, "slide", Dimension::length, 1e4).value_or(Vec3::Zero());
  if (table.has("foam_modulus") || table.has("foam_thickness")) {
    FoamLayer foam;
    foam.modulus = table.required_quantity("foam_modulus", Dimension::pressure, positive(highest_kPa));
    foam.thickness = table.required_quantity("foam_thickness", Dimension::length, positive(1e4));
    in.options.foam = foam;
  }
  in.options.penalty = table.quantity_or("penalty", Dimension::pressure_per_length, in.options.penalty, positive(1e9));
  in.options.max_penetration = table.quantity_or("penetration", Dimension::length, in.options.max_penetration, positive(1e3));
  const auto set = table.has("set") ? read_set_name(table, "set", model) : std::optional<std::string>("all");
  table.finish();
  if (!set || model.mesh.hexes.empty()) return;
  for (const Quad& q : facets_of(model.mesh, *set)) {
    const auto& X = model.mesh.X;
    if ((X[q[2]] - X[q[0]]).cross(X[q[3]] - X[q[1]]).dot(in.direction) < 0.0) in.facets.push_back(q);
  }
  if (in.facets.empty()) return table.fault("direction", "no facet of the surface faces an indenter that moves this way");
  model.indenters.push_back(std::move(in));
}

void read_solid_probe(TableReader table, SolidModel& model) {
  SolidProbe probe;
  probe.name = table.text("name").value_or("");
  if (probe.name.empty()) table.fault("name", "expected a name");
  else if (std::any_of(model.probes.begin(), model.probes.end(), [&](const auto& p) { return p.name == probe.name; }))
    table.fault("name", "there is a probe of this name already");
  else if (probe.name.find_first_of(",\"\n\r") != std::string::npos)
    table.fault("name", "expected a name without commas, quotes and line ends: it heads columns of probes.csv");
  if (!table.has("field")) table.fault("field", "missing: expected displacement, cauchy_stress, pressure or deformation_gradient");
  probe.field = static_cast<ProbeField>(table.choice("field", {"displacement", "cauchy_stress", "pressure", "deformation_gradient"}).value_or(0));
  const auto at = read_vector(table, "at", Dimension::length, farthest_mm);
  if (!table.has("at")) table.fault("at", "missing: expected at_mm = [x, y, z] in the reference state");
  table.finish();
  if (!at || model.mesh.hexes.empty()) return;
  probe.at = *at;
  const auto point = locate(model.mesh, *at, 1e-3);
  if (!point) return table.fault("at", "lies outside the mesh");
  probe.point = *point;
  model.probes.push_back(std::move(probe));
}

}  // namespace nerveload
