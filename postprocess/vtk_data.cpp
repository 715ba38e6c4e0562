#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnstructuredGrid.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "postprocess/tissue_fields.hpp"
#include "postprocess/vtk_writer.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

float f32(double v) { return static_cast<float>(v); }

template <class Value>
void add_floats(vtkFieldData* to, const char* name, int components, std::size_t count, Value&& value) {
  auto array = vtkSmartPointer<vtkFloatArray>::New();
  array->SetName(name);
  array->SetNumberOfComponents(components);
  array->SetNumberOfTuples(static_cast<vtkIdType>(count));
  float* at = array->GetPointer(0);
  for (std::size_t i = 0; i < count; ++i)
    for (int c = 0; c < components; ++c) *at++ = f32(value(i, c));
  if (components == 6) {
    int c = 0;
    for (const char* component : {"XX", "YY", "ZZ", "XY", "YZ", "XZ"}) array->SetComponentName(c++, component);
  }
  to->AddArray(array);
}

template <class Value>
void add_ints(vtkFieldData* to, const char* name, std::size_t count, Value&& value) {
  auto array = vtkSmartPointer<vtkIntArray>::New();
  array->SetName(name);
  array->SetNumberOfTuples(static_cast<vtkIdType>(count));
  for (std::size_t i = 0; i < count; ++i) array->SetValue(static_cast<vtkIdType>(i), value(i));
  to->AddArray(array);
}

void add_names(vtkDataSet* to, const char* name, const std::vector<std::string>& values) {
  auto array = vtkSmartPointer<vtkStringArray>::New();
  array->SetName(name);
  for (const std::string& v : values) array->InsertNextValue(v);
  to->GetFieldData()->AddArray(array);
}

void add_time(vtkDataSet* to, double time_s) {
  auto array = vtkSmartPointer<vtkDoubleArray>::New();
  array->SetName("TimeValue");
  array->InsertNextValue(time_s);
  to->GetFieldData()->AddArray(array);
}

void add_vector(vtkDataSet* to, const char* name, const Vec3& v) {
  auto array = vtkSmartPointer<vtkDoubleArray>::New();
  array->SetName(name);
  array->SetNumberOfComponents(3);
  array->InsertNextTuple(v.data());
  to->GetFieldData()->AddArray(array);
}

template <class Place>
vtkSmartPointer<vtkPoints> points(std::size_t count, Place&& place) {
  auto result = vtkSmartPointer<vtkPoints>::New();
  result->SetDataTypeToFloat();
  result->SetNumberOfPoints(static_cast<vtkIdType>(count));
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3 x = place(i);
    result->SetPoint(static_cast<vtkIdType>(i), x.data());
  }
  return result;
}

/// Offsets and connectivity in 32 bits.
vtkSmartPointer<vtkCellArray> cells(const std::vector<std::vector<int>>& lists) {
  auto result = vtkSmartPointer<vtkCellArray>::New();
  result->Use32BitStorage();
  for (const auto& list : lists) {
    result->InsertNextCell(static_cast<int>(list.size()));
    for (const int n : list) result->InsertCellPoint(n);
  }
  return result;
}

/// Rings of points joined into a tube with closed ends, facing outwards however the rings run; rings of another size than the
/// one before start a new tube.
struct Tubes {
  std::vector<Vec3> X;
  std::vector<std::vector<int>> faces;
  std::vector<int> body;  ///< per face

  void add(const std::vector<std::vector<Vec3>>& rings, int number, bool mirrored) {
    std::size_t first = 0;
    while (first < rings.size()) {
      std::size_t last = first;
      while (last + 1 < rings.size() && rings[last + 1].size() == rings[first].size()) ++last;
      if (rings[first].size() >= 3) add_tube(rings, first, last, number, mirrored);
      first = last + 1;
    }
  }

 private:
  void add_tube(const std::vector<std::vector<Vec3>>& rings, std::size_t first, std::size_t last, int number, bool mirrored) {
    const int base = static_cast<int>(X.size()), m = static_cast<int>(rings[first].size());
    const std::size_t first_face = faces.size();
    for (std::size_t r = first; r <= last; ++r) X.insert(X.end(), rings[r].begin(), rings[r].end());
    const int count = static_cast<int>(last - first);
    for (int r = 0; r < count; ++r)
      for (int i = 0; i < m; ++i) {
        const int a = base + r * m + i, b = base + r * m + (i + 1) % m;
        faces.push_back({a, b, b + m, a + m});
      }
    std::vector<int> start, end;
    for (int i = 0; i < m; ++i) {
      start.push_back(base + m - 1 - i);
      end.push_back(base + count * m + i);
    }
    faces.push_back(start);
    faces.push_back(end);
    body.resize(faces.size(), number);
    if ((enclosed(first_face) < 0.0) != mirrored)
      for (std::size_t f = first_face; f < faces.size(); ++f) std::reverse(faces[f].begin(), faces[f].end());
  }

  /// Volume inside the faces from one on, negative when they face inwards.
  double enclosed(std::size_t from) const {
    double volume = 0.0;
    for (std::size_t f = from; f < faces.size(); ++f)
      for (std::size_t i = 1; i + 1 < faces[f].size(); ++i) volume += X[faces[f][0]].dot(X[faces[f][i]].cross(X[faces[f][i + 1]])) / 6.0;
    return volume;
  }
};

vtkSmartPointer<vtkPolyData> surface(const Tubes& tubes, const OutputFrame& frame) {
  auto poly = vtkSmartPointer<vtkPolyData>::New();
  poly->SetPoints(points(tubes.X.size(), [&](std::size_t i) { return frame(tubes.X[i]); }));
  poly->SetPolys(cells(tubes.faces));
  return poly;
}

/// Outline of a cylinder with rounded ends: place along the axis and radius.
std::vector<std::pair<double, double>> outline(const Cylinder& c) {
  std::vector<std::pair<double, double>> p;
  constexpr int arc = 6;
  const double half = 0.5 * c.length, e = std::min({c.edge_radius, half, c.radius});
  for (const double side : {-1.0, 1.0})
    for (int i = 0; i <= arc; ++i) {
      const double angle = 0.5 * std::numbers::pi * (side < 0.0 ? i : arc - i) / arc;
      p.emplace_back(side * (half - e + e * std::cos(angle)), c.radius - e + e * std::sin(angle));
    }
  return p;
}

/// Rings of the walls of a cylinder about its own centre.
std::vector<std::vector<Vec3>> rings_of(const Cylinder& c) {
  constexpr int around = 72;
  const Vec3 a = c.axis.unitOrthogonal(), b = c.axis.cross(a);
  std::vector<std::vector<Vec3>> rings;
  for (const auto& [along, radius] : outline(c)) {
    rings.emplace_back();
    for (int i = 0; i < around; ++i) {
      const double angle = 2.0 * std::numbers::pi * i / around;
      rings.back().push_back(along * c.axis + radius * (std::cos(angle) * a + std::sin(angle) * b));
    }
  }
  return rings;
}

/// A plane as a plate that is seen, below the surface that touches.
std::vector<std::vector<Vec3>> rings_of(const Plane& p) {
  constexpr double half_width = 200.0, thickness = 15.0;  // mm
  const Vec3 a = p.normal.unitOrthogonal(), b = p.normal.cross(a);
  std::vector<std::vector<Vec3>> rings;
  for (const double level : {-thickness, 0.0}) {
    rings.emplace_back();
    for (const auto& [u, v] : {std::pair{1.0, 1.0}, {-1.0, 1.0}, {-1.0, -1.0}, {1.0, -1.0}})
      rings.back().push_back(level * p.normal + half_width * (u * a + v * b));
  }
  return rings;
}

/// Travel that is drawn: before it touches, the roller waits a little way off.
double drawn_travel(const Results& r, int step) {
  constexpr double clear_mm = 30.0;
  const double travel = r.steps[step].state->unknowns[r.roller->travel_unknown()];
  for (const ResultStep& s : r.steps)
    if (s.phase == ResultStep::Phase::press) return std::max(travel, s.contact.travel - s.indentation_mm - clear_mm);
  return std::max(travel, -clear_mm);
}

}  // namespace

vtkSmartPointer<vtkUnstructuredGrid> mesh_grid(const Mesh& mesh, const OutputFrame& frame) {
  auto grid = vtkSmartPointer<vtkUnstructuredGrid>::New();
  grid->SetPoints(points(mesh.X.size(), [&](std::size_t i) { return frame(mesh.X[i]); }));
  std::vector<std::vector<int>> lists;
  std::vector<int> types;
  for (const Cell& cell : mesh.cells) {
    const Cell c = frame(cell);
    lists.emplace_back(c.begin(), c.end());
    types.push_back(c.size() == 8 ? VTK_HEXAHEDRON : c.size() == 4 ? VTK_TETRA : VTK_QUADRATIC_TETRA);
  }
  grid->SetCells(types.data(), cells(lists));
  const std::size_t count = mesh.cells.size();
  vtkFieldData* at_cells = grid->GetCellData();
  add_ints(at_cells, "region", count, [&](std::size_t i) { return mesh.region[i]; });
  add_floats(at_cells, "fibre", 3, count, [&](std::size_t i, int c) { return mesh.fibre.empty() ? 0.0 : frame(mesh.fibre[i])[c]; });
  add_names(grid, "region_names", mesh.region_names);
  return grid;
}

vtkSmartPointer<vtkUnstructuredGrid> solid_grid(const ElasticBody& body, const State& state, const OutputFrame& frame, double time) {
  const Mesh& mesh = body.mesh();
  const TissueFields f = tissue_fields(body, state);
  const auto grid = mesh_grid(mesh, frame);
  vtkFieldData *at_points = grid->GetPointData(), *at_cells = grid->GetCellData();
  add_floats(at_points, "displacement_mm", 3, mesh.X.size(),
             [&](std::size_t i, int c) { return frame(Vec3(state.unknowns.segment<3>(3 * static_cast<Eigen::Index>(i))))[c]; });
  add_floats(at_points, "pressure_kPa", 1, mesh.X.size(), [&](std::size_t i, int) { return f.node_pressure_kPa[i]; });
  const std::size_t count = mesh.cells.size();
  add_floats(at_cells, "cauchy_stress_kPa", 6, count, [&](std::size_t i, int c) { return frame.sign(c) * f.cauchy_stress_kPa[i][c]; });
  add_floats(at_cells, "pressure_kPa", 1, count, [&](std::size_t i, int) { return f.pressure_kPa[i]; });
  add_floats(at_cells, "von_mises_kPa", 1, count, [&](std::size_t i, int) { return f.von_mises_kPa[i]; });
  add_floats(at_cells, "min_principal_stretch", 1, count, [&](std::size_t i, int) { return f.min_principal_stretch[i]; });
  add_time(grid, time);
  return grid;
}

vtkSmartPointer<vtkUnstructuredGrid> tissue_grid(const Results& r, int step) {
  return solid_grid(*r.body, *r.steps[step].state, r.frame, r.steps[step].time_s);
}

vtkSmartPointer<vtkPolyData> nerve_line(const Results& r, int step) {
  const auto& s = r.steps[step].nerve.stations;
  auto poly = vtkSmartPointer<vtkPolyData>::New();
  poly->SetPoints(points(s.size(), [&](std::size_t i) { return r.frame(s[i].position); }));
  std::vector<int> line(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) line[i] = static_cast<int>(i);
  poly->SetLines(cells({line}));
  vtkFieldData* at = poly->GetPointData();
  for (const NerveColumn& column : nerve_columns()) add_floats(at, column.name, 1, s.size(), [&](std::size_t i, int) { return s[i].*column.value; });
  add_ints(at, "irritation_level", s.size(), [&](std::size_t i) { return s[i].irritation_level; });
  add_ints(at, "in_mesh", s.size(), [&](std::size_t i) { return s[i].in_mesh ? 1 : 0; });
  add_floats(at, "width_mm", 1, s.size(), [&](std::size_t i, int) { return s[i].width_mm; });
  add_floats(at, "thickness_mm", 1, s.size(), [&](std::size_t i, int) { return s[i].thickness_mm; });
  add_floats(at, "radius_mm", 1, s.size(), [&](std::size_t i, int) { return 0.5 * std::sqrt(s[i].width_mm * s[i].thickness_mm); });
  add_time(poly, r.steps[step].time_s);
  return poly;
}

vtkSmartPointer<vtkPolyData> roller_surface(const Results& r, int step) {
  NL_EXPECT(r.roller, "a roller");
  const IndenterShape& shape = r.roller->options().shape;
  NL_EXPECT(!std::holds_alternative<Sphere>(shape), "a cylinder or a plane");
  const IndenterPlacement place = r.roller->placement(r.steps[step].state->path);
  const Vec3 centre = place.centre + drawn_travel(r, step) * place.direction;
  const auto* plane = std::get_if<Plane>(&shape);
  auto rings = plane ? rings_of(*plane) : rings_of(std::get<Cylinder>(shape));
  for (auto& ring : rings)
    for (Vec3& x : ring) x += centre;
  Tubes tubes;
  tubes.add(rings, 0, r.frame.mirrored);
  auto poly = surface(tubes, r.frame);
  add_vector(poly, "centre_mm", r.frame(centre));
  add_vector(poly, "direction", r.frame(place.direction));
  if (!plane) add_vector(poly, "axis", r.frame(std::get<Cylinder>(shape).axis));
  add_time(poly, r.steps[step].time_s);
  return poly;
}

vtkSmartPointer<vtkPolyData> bone_surfaces(const Results& r) {
  Tubes tubes;
  for (int b = 0; b < 2; ++b) tubes.add(r.anatomy->bone_outlines[b], b, r.frame.mirrored);
  auto poly = surface(tubes, r.frame);
  add_ints(poly->GetCellData(), "bone", tubes.body.size(), [&](std::size_t i) { return tubes.body[i]; });
  add_names(poly, "bone_names", {"pelvis", "femur"});
  return poly;
}

}  // namespace nerveload
