#include "postprocess/report/model_surfaces.hpp"

#include <vtkCellData.h>
#include <vtkContourFilter.h>
#include <vtkDataSetSurfaceFilter.h>
#include <vtkFieldData.h>
#include <vtkIdList.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStaticPointLocator.h>
#include <vtkStringArray.h>
#include <vtkThreshold.h>
#include <vtkTriangleFilter.h>
#include <vtkUnstructuredGrid.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "postprocess/files.hpp"
#include "postprocess/report/shown_tissue.hpp"
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace {

using Grid = vtkSmartPointer<vtkUnstructuredGrid>;
using Poly = vtkSmartPointer<vtkPolyData>;

/// Cuts along the nerve, from outside to inside.
constexpr double cuts_mm[] = {60.0, 40.0, 20.0, 0.0, -20.0, -40.0};
/// A face with all corners so near to a bone is the bone's own side of the tissue.
constexpr double on_bone_mm = 2.0;

Poly triangles_of(vtkPolyData* faces) {
  auto triangles = vtkSmartPointer<vtkTriangleFilter>::New();
  triangles->SetInputData(faces);
  triangles->PassLinesOff();
  triangles->PassVertsOff();
  triangles->Update();
  return triangles->GetOutput();
}

Poly outside_of(vtkUnstructuredGrid* grid) {
  auto surface = vtkSmartPointer<vtkDataSetSurfaceFilter>::New();
  surface->SetInputData(grid);
  surface->Update();
  return triangles_of(surface->GetOutput());
}

Grid part_of(vtkUnstructuredGrid* grid, int first, int last) {
  auto part = vtkSmartPointer<vtkThreshold>::New();
  part->SetInputData(grid);
  part->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "region");
  part->SetThresholdFunction(vtkThreshold::THRESHOLD_BETWEEN);
  part->SetLowerThreshold(first);
  part->SetUpperThreshold(last);
  part->Update();
  return part->GetOutput();
}

Poly cut_along(vtkUnstructuredGrid* grid, double side_mm) {
  grid->GetPointData()->SetActiveScalars("side_mm");
  auto contour = vtkSmartPointer<vtkContourFilter>::New();
  contour->SetInputData(grid);
  contour->ComputeNormalsOff();
  contour->ComputeScalarsOn();
  contour->SetValue(0, side_mm);
  contour->Update();
  return triangles_of(contour->GetOutput());
}

/// Which points of a VTK surface the vertices of a shown one are: a point on the border of two regions becomes two vertices, since a
/// vertex has one colour.
std::vector<vtkIdType> lay_out(vtkPolyData& poly, const std::vector<bool>& left_out, ShownSurface& s) {
  vtkDataArray* region = poly.GetCellData()->GetArray("region");
  std::map<std::pair<int, vtkIdType>, std::uint32_t> known;
  std::vector<vtkIdType> points;
  auto corners = vtkSmartPointer<vtkIdList>::New();
  for (vtkIdType c = 0; c < poly.GetNumberOfCells(); ++c) {
    if (!left_out.empty() && left_out[static_cast<std::size_t>(c)]) continue;
    poly.GetCellPoints(c, corners);
    if (corners->GetNumberOfIds() != 3) continue;
    const int of = region ? static_cast<int>(region->GetTuple1(c)) : 0;
    for (vtkIdType k = 0; k < 3; ++k) {
      const auto [at, added] = known.try_emplace({of, corners->GetId(k)}, static_cast<std::uint32_t>(points.size()));
      if (added) {
        points.push_back(corners->GetId(k));
        if (region) s.region.push_back(static_cast<std::uint8_t>(of));
      }
      s.triangles.push_back(at->second);
    }
  }
  vtkDataArray* side = poly.GetPointData()->GetArray("side_mm");
  for (const vtkIdType p : points)
    if (side) s.side_mm.push_back(static_cast<float>(side->GetTuple1(p)));
  return points;
}

/// Adds a frame: where the points are now, and the values of the fields there.
void add_frame(ShownSurface& s, vtkPointSet& source, const std::vector<vtkIdType>& points) {
  vtkDataArray* moved = source.GetPointData()->GetArray("displacement_mm");
  s.xyz.emplace_back();
  for (const vtkIdType p : points) {
    double x[3];
    source.GetPoint(p, x);
    for (int d = 0; d < 3; ++d) s.xyz.back().push_back(static_cast<float>(x[d] + (moved ? moved->GetComponent(p, d) : 0.0)));
  }
  for (int f = 0; f < 3; ++f) {
    vtkDataArray* values = source.GetPointData()->GetArray(shown_fields[f].title);
    if (!values) continue;
    s.values[f].emplace_back();
    for (const vtkIdType p : points) s.values[f].back().push_back(static_cast<float>(values->GetTuple1(p)));
  }
}

std::vector<bool> on_bone(vtkPolyData& faces, vtkPolyData& bones) {
  auto locator = vtkSmartPointer<vtkStaticPointLocator>::New();
  locator->SetDataSet(&bones);
  locator->BuildLocator();
  std::vector<bool> near(static_cast<std::size_t>(faces.GetNumberOfPoints()));
  for (std::size_t i = 0; i < near.size(); ++i) {
    double x[3], distance2 = 0.0;
    faces.GetPoint(static_cast<vtkIdType>(i), x);
    near[i] = locator->FindClosestPointWithinRadius(on_bone_mm, x, distance2) >= 0;
  }
  std::vector<bool> on(static_cast<std::size_t>(faces.GetNumberOfCells()));
  auto corners = vtkSmartPointer<vtkIdList>::New();
  for (std::size_t c = 0; c < on.size(); ++c) {
    faces.GetCellPoints(static_cast<vtkIdType>(c), corners);
    on[c] = true;
    for (vtkIdType k = 0; k < corners->GetNumberOfIds(); ++k) on[c] = on[c] && near[static_cast<std::size_t>(corners->GetId(k))];
  }
  return on;
}

std::vector<std::string> names_of(vtkUnstructuredGrid& grid) {
  std::vector<std::string> names;
  if (auto* array = vtkStringArray::SafeDownCast(grid.GetFieldData()->GetAbstractArray("region_names")))
    for (vtkIdType i = 0; i < array->GetNumberOfValues(); ++i) names.push_back(array->GetValue(i));
  return names;
}

int region_number(const std::vector<std::string>& names, Tissue tissue, const std::filesystem::path& file) {
  const auto at = std::find(names.begin(), names.end(), to_string(tissue));
  if (at == names.end()) throw OutputError("'" + file.string() + "' has no region " + to_string(tissue) + " among its region_names");
  return static_cast<int>(at - names.begin());
}

std::uint32_t nearest_station(const NerveProfile& nerve, const double* x) {
  std::size_t best = 0;
  double least = 1e300;
  for (std::size_t i = 0; i < nerve.stations.size(); ++i) {
    const double d2 = (nerve.stations[i].position - Vec3(x[0], x[1], x[2])).squaredNorm();
    if (nerve.stations[i].in_mesh && d2 < least) {
      least = d2;
      best = i;
    }
  }
  return static_cast<std::uint32_t>(best);
}

/// A surface without fields from a file.
ShownSurface rigid(const std::string& name, const std::vector<std::filesystem::path>& files) {
  ShownSurface s;
  s.name = name;
  std::vector<vtkIdType> points;
  for (const std::filesystem::path& file : files) {
    const Poly poly = triangles_of(read_surface(file));
    if (s.xyz.empty()) points = lay_out(*poly, {}, s);
    if (!points.empty() && *std::max_element(points.begin(), points.end()) >= poly->GetNumberOfPoints())
      throw OutputError("'" + file.string() + "' is damaged: it has fewer points than the step before it");
    add_frame(s, *poly, points);
  }
  return s;
}

/// What belongs to the tissue: skin, nerve and cuts, laid out on the first frame and filled frame by frame.
class TissueSurfaces {
 public:
  TissueSurfaces(const RunFolder& run, vtkPolyData& bones) : run_(run), bones_(bones) {}

  void add(const Frame& frame, ModelSurfaces& model) {
    const Grid grid = read_shown_tissue(frame);
    const NerveProfile& reference = run_.frames.front().nerve;
    add_side(*grid, reference, run_.outwards().x());
    if (skin_.xyz.empty()) lay_out_first(*grid, frame, model);
    if (grid->GetNumberOfPoints() != points_)
      throw OutputError("'" + frame.tissue.string() + "' has another number of points than the step before it");
    model.displaced = model.displaced && grid->GetPointData()->HasArray("displacement_mm");
    add_frame(skin_, *grid, skin_points_);
    add_frame(nerve_, *grid, nerve_points_);
    for (Cut& cut : cuts_) {
      const Poly poly = cut_along(grid, cut.surface.cut_mm);
      if (cut.surface.xyz.empty()) cut.points = lay_out(*poly, {}, cut.surface);
      if (!cut.points.empty() && *std::max_element(cut.points.begin(), cut.points.end()) < poly->GetNumberOfPoints())
        add_frame(cut.surface, *poly, cut.points);
    }
  }

  void hand_over(ModelSurfaces& model) {
    model.surfaces.push_back(std::move(skin_));
    for (Cut& cut : cuts_)
      if (!cut.surface.triangles.empty() && cut.surface.xyz.size() == model.surfaces.front().xyz.size())
        model.surfaces.push_back(std::move(cut.surface));
    model.surfaces.push_back(std::move(nerve_));
  }

 private:
  struct Cut {
    ShownSurface surface;
    std::vector<vtkIdType> points;
  };

  void lay_out_first(vtkUnstructuredGrid& grid, const Frame& frame, ModelSurfaces& model) {
    points_ = grid.GetNumberOfPoints();
    model.region_names = names_of(grid);
    add_node_numbers(grid);
    const Poly outside = outside_of(&grid);
    skin_.name = "skin";
    skin_points_ = nodes(*outside, lay_out(*outside, on_bone(*outside, bones_), skin_));
    const Poly nerve = outside_of(part_of(&grid, region_number(model.region_names, Tissue::fascicles, frame.tissue),
                                          region_number(model.region_names, Tissue::epineurium, frame.tissue)));
    nerve->GetCellData()->RemoveArray("region");  // one colour, no borders
    nerve_.name = "nerve";
    nerve_points_ = nodes(*nerve, lay_out(*nerve, {}, nerve_));
    for (const vtkIdType p : nerve_points_) nerve_.station.push_back(nearest_station(run_.frames.front().nerve, grid.GetPoint(p)));
    for (const double side : cuts_mm) {
      cuts_.emplace_back();
      cuts_.back().surface.name = "cut";
      cuts_.back().surface.cut_mm = side;
    }
  }

  /// From points of a surface to nodes of the grid.
  static std::vector<vtkIdType> nodes(vtkPolyData& poly, std::vector<vtkIdType> points) {
    vtkDataArray* node = poly.GetPointData()->GetArray("node");
    for (vtkIdType& p : points) p = static_cast<vtkIdType>(node->GetTuple1(p));
    return points;
  }

  const RunFolder& run_;
  vtkPolyData& bones_;
  ShownSurface skin_, nerve_;
  std::vector<Cut> cuts_;
  std::vector<vtkIdType> skin_points_, nerve_points_;
  vtkIdType points_ = 0;
};

}  // namespace

ModelSurfaces model_surfaces(const RunFolder& run) {
  ModelSurfaces model;
  const Poly bones = read_surface(run.bones);
  TissueSurfaces tissue(run, *bones);
  for (const Frame& frame : run.frames) tissue.add(frame, model);
  tissue.hand_over(model);
  model.surfaces.push_back(rigid("bones", {run.bones}));
  if (run.has_roller()) {
    std::vector<std::filesystem::path> files;
    for (const Frame& f : run.frames) files.push_back(f.roller);
    model.surfaces.push_back(rigid("roller", files));
  }
  return model;
}

}  // namespace nerveload
