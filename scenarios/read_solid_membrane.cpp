#include <algorithm>

#include "scenarios/read_solid_parts.hpp"
#include "solver/block.hpp"

namespace nerveload {
namespace {

constexpr double stiffest_kPa = 1e7, usual_toe = 0.03;

std::string listed_regions(const Mesh& mesh) {
  std::string text;
  for (const std::string& name : mesh.region_names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Facets between two named regions.
std::vector<Facet> read_between(TableReader& t, const Mesh& mesh) {
  const auto names = t.texts("between", mesh.cells.empty() ? std::vector<std::string>{} : mesh.region_names);
  if (!names || mesh.cells.empty()) return {};
  if (names->size() != 2 || names->front() == names->back()) {
    t.fault("between", "expected the names of two regions; the mesh has " + listed_regions(mesh));
    return {};
  }
  auto index = [&](const std::string& name) {
    return static_cast<int>(std::find(mesh.region_names.begin(), mesh.region_names.end(), name) - mesh.region_names.begin());
  };
  auto facets = interface_facets(mesh, index(names->front()), index(names->back()));
  if (facets.empty()) t.fault("between", "no facet lies between " + names->front() + " and " + names->back());
  return facets;
}

/// Whether a direction can be projected on every facet.
bool lies_along(const Mesh& mesh, const std::vector<Facet>& facets, const Vec3& direction) {
  constexpr double least_sine = 0.05;
  return std::all_of(facets.begin(), facets.end(), [&](const Facet& f) {
    const Vec3 normal = (mesh.X[f[2]] - mesh.X[f[0]]).cross(mesh.X[f[3]] - mesh.X[f[1]]).normalized();
    return normal.cross(direction).norm() > least_sine;
  });
}

}  // namespace

void read_solid_membrane(TableReader t, SolidModel& model) {
  const Mesh& mesh = model.mesh;
  SolidMembrane membrane;
  t.require_one_of({"set", "between"});
  std::vector<Facet> facets;
  if (t.has("between")) {
    facets = read_between(t, mesh);
  } else if (t.has("set")) {
    if (const auto set = read_set_name(t, "set", model)) {
      const auto own = mesh.facet_sets.find(*set);
      facets = own != mesh.facet_sets.end() ? own->second : boundary_facets(mesh, mesh.node_sets.at(*set));
      if (facets.empty()) t.fault("set", "holds no whole facet, so there is nothing to line");
    }
  }
  const double thickness = t.required_quantity("thickness", Dimension::length, positive(100.0));
  membrane.along.modulus = t.required_quantity("modulus_along", Dimension::pressure, {0.0, stiffest_kPa, {}});
  membrane.across.modulus = t.required_quantity("modulus_across", Dimension::pressure, {0.0, stiffest_kPa, {}});
  membrane.along.toe = membrane.across.toe =
      t.quantity_or("toe", Dimension::none, usual_toe, positive(1.0, "the strain from which the modulus holds"));
  const auto along = read_vector(t, "along", Dimension::none, 1e6);
  if (!t.has("along")) t.fault("along", "missing: expected along = [x, y, z], the direction of its first fibres");
  const bool directed = along && along->norm() > 0.0;
  if (along && !directed) t.fault("along", "expected a direction, not the zero vector");
  t.finish();
  if (facets.empty() || !directed) return;
  if (std::any_of(facets.begin(), facets.end(), [](const Facet& f) { return f.size() != 4; }))
    return t.fault(t.has("set") ? "set" : "between", "has triangles: a membrane lies on facets of hexahedra");
  const Vec3 direction = along->normalized();
  if (!lies_along(mesh, facets, direction)) return t.fault("along", "stands upright on a facet of the membrane: expected a direction in it");
  for (const Facet& f : facets) membrane.facets.push_back({Quad{f[0], f[1], f[2], f[3]}, direction, thickness});
  model.membranes.push_back(std::move(membrane));
}

}  // namespace nerveload
