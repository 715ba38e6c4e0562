#include "scenarios/read_solid_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/nearest.hpp"
#include "scenarios/read_material.hpp"
#include "solver/base/units.hpp"
#include "solver/block.hpp"

namespace nerveload {
namespace {

constexpr double farthest_mm = 1e6;

/// Facets of the outside in a set: those that it names itself (a surface), or all whose nodes are in it. A sheet within the mesh has none.
std::vector<Facet> facets_of(const Mesh& mesh, const std::string& set) {
  const auto own = mesh.facet_sets.find(set);
  if (own == mesh.facet_sets.end()) return boundary_facets(mesh, mesh.node_sets.at(set));
  std::vector<int> nodes;  // of a disc's facets some lie beyond its rim
  std::vector<Facet> sorted;
  for (const Facet& f : own->second) {
    nodes.insert(nodes.end(), f.begin(), f.end());
    sorted.push_back(f.sorted());
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<Facet> outside = boundary_facets(mesh, nodes);
  std::erase_if(outside, [&](const Facet& f) { return !std::binary_search(sorted.begin(), sorted.end(), f.sorted()); });
  return outside;
}

constexpr double usual_penalty = 80.0;       ///< over the least shear modulus and an edge of the facets
constexpr double usual_penetration = 0.001;  ///< of an edge

/// Mean edge of facets, mm.
double edge_of(const Mesh& mesh, const std::vector<Facet>& facets) {
  double sum = 0.0;
  for (const Facet& f : facets) {
    const int corners = f.size() == 4 ? 4 : 3;
    for (int i = 0; i < corners; ++i) sum += (mesh.X[f[(i + 1) % corners]] - mesh.X[f[i]]).norm() / corners;
  }
  return sum / double(facets.size());
}

/// The softest part decides how a body gives way as a whole; a penalty after a stiff skin would take three times the iterations (slab.toml).
double least_shear_modulus(const SolidModel& model) {
  double least = std::numeric_limits<double>::infinity();
  for (const Material& m : model.materials) least = std::min(least, initial_shear_modulus(m.matrix));
  return least;
}

std::string listed_sets(const Mesh& mesh) {
  std::string text;
  for (const auto& [name, nodes] : mesh.node_sets) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// A ridged cylinder: rings on a core.
void read_rings(TableReader& table, Cylinder& c) {
  if (!table.has("ring_spacing") && !table.has("ring_width") && !table.has("groove_depth")) return;
  c.ring_spacing = table.required_quantity("ring_spacing", Dimension::length, positive(1e4));
  c.ring_width = table.required_quantity("ring_width", Dimension::length, positive(1e4));
  c.groove_depth = table.required_quantity("groove_depth", Dimension::length, positive(1e4));
  if (c.ring_width >= c.ring_spacing) table.fault("ring_width", "expected less than ring_spacing: there is a groove between two rings");
  if (c.groove_depth >= c.radius) table.fault("groove_depth", "expected less than the radius");
  if (c.ring_width > c.length) table.fault("ring_width", "expected at most the length");
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
  read_rings(table, c);
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
  if (model.mesh.cells.empty()) return {};
  if (model.mesh.node_sets.contains(*name)) return name;
  std::vector<std::string> names;
  for (const auto& [n, nodes] : model.mesh.node_sets) names.push_back(n);
  table.fault(key, "no such set; the mesh has " + listed_sets(model.mesh) + did_you_mean(*name, names));
  return {};
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
  if (in.options.turning && in.options.friction == 0.0)
    model.warnings.emplace_back("a cylinder with turning = true and no friction: nothing turns it");
  in.slide_mm = read_vector(table, "slide", Dimension::length, 1e4).value_or(Vec3::Zero());
  if (table.has("foam_modulus") || table.has("foam_thickness")) {
    FoamLayer foam;
    foam.modulus = table.required_quantity("foam_modulus", Dimension::pressure, positive(highest_kPa));
    foam.thickness = table.required_quantity("foam_thickness", Dimension::length, positive(1e4));
    in.options.foam = foam;
  }
  const auto penalty = table.quantity("penalty", Dimension::pressure_per_length, positive(1e9));
  const auto penetration = table.quantity("penetration", Dimension::length, positive(1e3));
  const auto set = table.has("set") ? read_set_name(table, "set", model) : std::optional<std::string>("all");
  table.finish();
  if (!set || model.mesh.cells.empty()) return;
  for (const Facet& f : facets_of(model.mesh, *set)) {
    const auto& X = model.mesh.X;
    const int last = f.size() == 4 ? 3 : 0;  // diagonals of a quadrilateral, edges of a triangle
    if ((X[f[2]] - X[f[0]]).cross(X[f[last]] - X[f[1]]).dot(in.direction) < 0.0) in.facets.push_back(f);
  }
  if (in.facets.empty())
    return table.fault(table.has("set") ? "set" : "direction", "no facet of " + *set + " lies outside and faces an indenter that moves this way");
  const double edge = edge_of(model.mesh, in.facets), shear = least_shear_modulus(model);
  if (penalty) in.options.penalty = penalty->value;
  else if (shear > 0.0 && std::isfinite(shear)) in.options.penalty = usual_penalty * shear / edge;
  in.options.max_penetration = penetration ? penetration->value : usual_penetration * edge;
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
  if (!at || model.mesh.cells.empty()) return;
  probe.at = *at;
  const auto point = locate(model.mesh, *at, 1e-3);
  if (!point) return table.fault("at", "lies outside the mesh");
  probe.point = *point;
  model.probes.push_back(std::move(probe));
}

void read_solid_gauge(TableReader table, SolidModel& model) {
  SolidGauge gauge;
  gauge.name = table.text("name").value_or("");
  if (gauge.name.empty()) table.fault("name", "expected a name");
  else if (std::any_of(model.gauges.begin(), model.gauges.end(), [&](const auto& g) { return g.name == gauge.name; }))
    table.fault("name", "there is a gauge of this name already");
  const auto from = read_vector(table, "from", Dimension::length, farthest_mm), to = read_vector(table, "to", Dimension::length, farthest_mm);
  if (!table.has("from")) table.fault("from", "missing: expected from_mm = [x, y, z] in the reference state");
  if (!table.has("to")) table.fault("to", "missing: expected to_mm = [x, y, z] in the reference state");
  table.finish();
  if (!from || !to || model.mesh.cells.empty()) return;
  if ((*to - *from).norm() < 1e-3) return table.fault("to", "expected another point than from_mm");
  gauge.at = {*from, *to};
  for (int i = 0; i < 2; ++i) {
    const auto point = locate(model.mesh, gauge.at[i], 1e-3);
    if (!point) return table.fault(i == 0 ? "from" : "to", "lies outside the mesh");
    gauge.points[i] = *point;
  }
  model.gauges.push_back(std::move(gauge));
}

}  // namespace nerveload
