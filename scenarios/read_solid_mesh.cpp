#include "scenarios/read_solid_mesh.hpp"

#include <algorithm>
#include <array>

#include "scenarios/limb_mesh.hpp"
#include "scenarios/mesh_file.hpp"
#include "scenarios/read_solid_parts.hpp"
#include "solver/base/units.hpp"
#include "solver/block.hpp"
#include "solver/elements/shapes.hpp"
#include "solver/quadratic.hpp"

namespace nerveload {
namespace {

constexpr double most_cells = 4e6;
const char* const too_many_cells = "expected at most 4 000 000 cells in all";
constexpr int most_divisions = 10000;
const Range gradings{0.001, 1000.0, "the last cell's length over the first one's"};

void read_block(TableReader& block, Mesh& mesh) {
  const auto size = block.quantities("size", Dimension::length, positive(1e5), 3, 3);
  const auto cells = block.integers("cells", 1, most_divisions, 3);
  const auto grading = block.quantities("grading", Dimension::none, gradings, 3, 3);
  const int shape = block.choice("element", {"hex8", "tet10", "tet4"}).value_or(0);
  if (!block.has("size")) block.fault("size", "missing: expected size_mm = [x, y, z]");
  if (!block.has("cells")) block.fault("cells", "missing: expected cells = [nx, ny, nz]");
  block.finish();
  if (!size || !cells) return;
  if ((shape == 0 ? 1.0 : 6.0) * (*cells)[0] * (*cells)[1] * (*cells)[2] > most_cells) return block.fault("cells", too_many_cells);
  const std::array<double, 3> sizes{(*size)[0], (*size)[1], (*size)[2]};
  const std::array<int, 3> boxes{(*cells)[0], (*cells)[1], (*cells)[2]};
  std::array<double, 3> ratios{1.0, 1.0, 1.0};
  if (grading) std::copy(grading->begin(), grading->end(), ratios.begin());
  mesh = shape == 0 ? block_mesh(sizes, boxes, ratios) : tet_block_mesh(sizes, boxes, ratios);
  if (shape == 1) mesh = to_quadratic(mesh);
}

void read_limb_cells(TableReader cells, LimbShape& limb) {
  auto count = [&](const char* key, int least, int& value) { value = cells.integer(key, least, most_divisions).value_or(value); };
  count("skin", 1, limb.skin_cells);
  count("fat", 1, limb.fat_cells);
  count("muscle", 1, limb.muscle_cells);
  count("length", 1, limb.length_cells);
  count("girth", 3, limb.girth_cells);
  cells.finish();
}

void read_limb(TableReader& table, Mesh& mesh) {
  LimbShape limb;
  const Range extent = positive(1e4), layer{0.0, 1e3, {}};
  limb.radius = table.quantity_or("radius", Dimension::length, limb.radius, extent);
  limb.length = table.quantity_or("length", Dimension::length, limb.length, extent);
  limb.skin = table.quantity_or("skin", Dimension::length, limb.skin, layer);
  limb.fat = table.quantity_or("fat", Dimension::length, limb.fat, layer);
  limb.bone_radius = table.quantity_or("bone_radius", Dimension::length, limb.bone_radius, positive(1e3));
  limb.bone_offset = table.quantity_or("bone_offset", Dimension::length, limb.bone_offset, {-1e3, 1e3, {}});
  limb.part = static_cast<LimbPart>(table.choice("part", {"whole", "half", "quarter"}).value_or(static_cast<int>(limb.part)));
  limb.grading = table.quantity_or("grading", Dimension::none, limb.grading, gradings);
  if (auto cells = table.table("cells")) read_limb_cells(std::move(*cells), limb);
  table.finish();
  const double room = limb.muscle_radius() - limb.bone_radius - std::abs(limb.bone_offset);
  if (!(room > 0.0))
    return table.fault("bone_radius", "the bone does not lie inside the muscle: expected bone_radius + |bone_offset| below radius - skin - fat = " +
                                          written_number(limb.muscle_radius()) + " mm");
  const double all = (limb.skin_cells + limb.fat_cells + limb.muscle_cells) * (limb.part == LimbPart::whole ? 4.0 : 2.0) * limb.length_cells;
  if (all * limb.girth_cells > most_cells) return table.fault("cells", too_many_cells);
  mesh = limb_mesh(limb);
}

/// Linear tetrahedra lock near incompressibility: they become quadratic ones where that is asked for, and are warned of else.
void check_linear_tetrahedra(TableReader& table, bool convert, SolidModel& model) {
  const auto& cells = model.mesh.cells;
  const auto linear = std::count_if(cells.begin(), cells.end(), [](const Cell& c) { return c.size() == Tet4Shape::nodes; });
  if (convert && linear > 0) model.mesh = to_quadratic(model.mesh);
  else if (convert && !cells.empty()) table.fault("convert", "the mesh has no tetrahedra of four nodes to convert");
  else if (linear > 0)
    model.warnings.push_back(std::to_string(linear) +
                             " tetrahedra of four nodes: they lock where the bulk modulus is far above the shear modulus and are then much too "
                             "stiff. Set convert = \"tet10\" in [mesh] to solve with quadratic ones on the same corners.");
}

/// Which nodes a [[set]] takes: a box, or all within a radius of a centre.
struct Region {
  Vec3 low = Vec3::Zero(), high = Vec3::Zero(), centre = Vec3::Zero();
  std::optional<double> radius;
  bool holds(const Vec3& X) const {
    constexpr double slack = 1e-6;  // mm
    if (radius) return (X - centre).norm() <= *radius + slack;
    return ((X - low).array() >= -slack).all() && ((X - high).array() <= slack).all();
  }
};

std::optional<Region> read_region(TableReader& t) {
  if (!t.has("box") && !t.has("radius") && !t.has("centre")) {
    t.fault("box", "missing: expected box_mm = [[x0, y0, z0], [x1, y1, z1]], or centre_mm = [x, y, z] and radius_mm");
    return {};
  }
  t.require_one_of({"box", "radius"});
  Region region;
  if (t.has("box")) {
    if (t.has("centre")) t.fault("centre", "goes with radius_mm, not with a box");
    const auto box = t.quantity_rows("box", Dimension::length, {-1e6, 1e6, {}}, 2, 3);
    if (!box) return {};
    const Vec3 a((*box)[0].data()), b((*box)[1].data());
    region.low = a.cwiseMin(b);
    region.high = a.cwiseMax(b);
    return region;
  }
  const auto centre = read_vector(t, "centre", Dimension::length, 1e6);
  if (!t.has("centre")) t.fault("centre", "missing: expected centre_mm = [x, y, z]");
  region.radius = t.required_quantity("radius", Dimension::length, positive(1e6));
  if (!centre) return {};
  region.centre = *centre;
  return region;
}

Vec3 middle(const Mesh& mesh, const Facet& facet) {
  Vec3 sum = Vec3::Zero();
  const int corners = facet.size() == 4 ? 4 : 3;
  for (int i = 0; i < corners; ++i) sum += mesh.X[facet[i]] / corners;
  return sum;
}

/// Facets of the new set: of a box those with all nodes in it, of a radius those whose middle is in it, so that the area is the disc's.
std::vector<Facet> facets_within(const Mesh& mesh, const std::vector<Facet>& from, const Region& region) {
  std::vector<Facet> within;
  for (const Facet& f : from)
    if (region.radius ? region.holds(middle(mesh, f)) : std::all_of(f.begin(), f.end(), [&](int n) { return region.holds(mesh.X[n]); }))
      within.push_back(f);
  return within;
}

}  // namespace

void read_solid_mesh(TableReader& top, const std::filesystem::path& folder, SolidModel& model) {
  auto mesh = top.table("mesh");
  if (!mesh) {
    if (!top.has("mesh")) top.fault("mesh", "missing: expected [mesh] with file, block or limb");
    return;
  }
  mesh->require_one_of({"file", "block", "limb"});
  const auto file = mesh->text("file");
  constexpr double scale[] = {1.0, mm_per_cm, mm_per_m, mm_per_inch};
  const int unit = mesh->choice("length_unit", {"mm", "cm", "m", "in"}).value_or(0);
  if (auto block = mesh->table("block")) read_block(*block, model.mesh);
  if (auto limb = mesh->table("limb")) read_limb(*limb, model.mesh);
  const bool convert = mesh->choice("convert", {"tet10"}).has_value();
  mesh->finish();
  if (file && !mesh->has("block") && !mesh->has("limb")) {
    try {
      model.mesh = read_mesh_file(folder / *file, scale[unit]);
    } catch (const InputError& e) {
      const InputFault& f = e.faults.front();
      mesh->fault("file", (f.place.line > 0 ? "line " + std::to_string(f.place.line) + " of it: " : "") + f.message);
    } catch (const FileError& e) {
      mesh->fault("file", e.what());
    }
  }
  check_linear_tetrahedra(*mesh, convert, model);
}

void read_solid_set(TableReader t, SolidModel& model) {
  const auto name = t.text("name");
  if (!name || name->empty()) t.fault("name", "expected a name");
  const auto on = t.has("on") ? read_set_name(t, "on", model) : std::optional<std::string>("all");
  const auto region = read_region(t);
  t.finish();
  Mesh& mesh = model.mesh;
  if (!name || !on || !region || mesh.cells.empty()) return;
  if (mesh.node_sets.contains(*name)) return t.fault("name", "there is a set of this name already");
  std::vector<int> inside;
  for (const int n : mesh.node_sets.at(*on))
    if (region->holds(mesh.X[n])) inside.push_back(n);
  if (inside.empty()) return t.fault(region->radius ? "radius" : "box", "no node of " + *on + " lies in it");
  const auto own = mesh.facet_sets.find(*on);
  if (own != mesh.facet_sets.end()) mesh.facet_sets[*name] = facets_within(mesh, own->second, *region);
  mesh.node_sets[*name] = std::move(inside);
}

}  // namespace nerveload
