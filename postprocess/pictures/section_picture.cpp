#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellData.h>
#include <vtkColorTransferFunction.h>
#include <vtkCutter.h>
#include <vtkDataArray.h>
#include <vtkFeatureEdges.h>
#include <vtkLookupTable.h>
#include <vtkPlane.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkThreshold.h>
#include <vtkUnstructuredGrid.h>
#include <vtkWarpVector.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/drawings.hpp"
#include "postprocess/vtk_writer.hpp"

namespace nerveload {
namespace {

/// The plane of the cut in the written frame; `up` is the way the roller presses, so that it stands at the bottom.
struct CutPlane {
  Vec3 origin, normal, up;
  std::string words;
};

CutPlane choose_plane(const Results& r) {
  const auto& stations = r.steps[r.governing_step].nerve.stations;
  const auto& sections = r.anatomy->nerve.sections;
  const double s = peak_of(r.steps[r.governing_step].nerve, &NerveStation::compression_kPa).at_mm;
  const auto station = std::find_if(stations.begin(), stations.end(), [&](const NerveStation& n) { return n.arc_length_mm == s; });
  const auto section = std::min_element(sections.begin(), sections.end(), [&](const NerveSection& a, const NerveSection& b) {
    return std::abs(a.station_mm - s) < std::abs(b.station_mm - s);
  });
  if (r.roller) {
    const IndenterPlacement place = r.roller->placement(r.steps[r.governing_step].state->path);
    const auto* cylinder = std::get_if<Cylinder>(&r.roller->options().shape);
    if (cylinder) {
      Vec3 normal = place.direction.cross(cylinder->axis).normalized();
      if (normal.dot(section->tangent) < 0.0) normal = -normal;
      return {r.frame(place.centre), r.frame(normal), r.frame(place.direction), "Cut across the leg through the middle of the roller"};
    }
  }
  return {r.frame(station->position), r.frame(section->tangent), r.frame(Vec3(-section->thickness_dir)),
          "Cut across the leg where the nerve is pressed most"};
}

vtkSmartPointer<vtkPlane> implicit(const CutPlane& p) {
  auto plane = vtkSmartPointer<vtkPlane>::New();
  plane->SetOrigin(p.origin.x(), p.origin.y(), p.origin.z());
  plane->SetNormal(p.normal.x(), p.normal.y(), p.normal.z());
  return plane;
}

template <class Data>
vtkSmartPointer<vtkPolyData> cut(Data* data, const CutPlane& p) {
  auto cutter = vtkSmartPointer<vtkCutter>::New();
  cutter->SetInputData(data);
  cutter->SetCutFunction(implicit(p));
  cutter->GenerateTrianglesOff();
  cutter->Update();
  return cutter->GetOutput();
}

vtkSmartPointer<vtkActor> unlit(vtkPolyDataMapper* mapper) {
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  return actor;
}

vtkSmartPointer<vtkPolyDataMapper> mapper_of(vtkPolyData* data) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(data);
  mapper->ScalarVisibilityOff();
  return mapper;
}

vtkSmartPointer<vtkActor> tissues(vtkPolyData* slice) {
  auto table = vtkSmartPointer<vtkLookupTable>::New();
  table->SetNumberOfTableValues(tissue_count);
  table->SetTableRange(0, tissue_count - 1);
  for (int t = 0; t < tissue_count; ++t) {
    const Colour c = tissue_colour(static_cast<Tissue>(t));
    table->SetTableValue(t, c[0], c[1], c[2]);
  }
  auto mapper = mapper_of(slice);
  mapper->ScalarVisibilityOn();
  mapper->SetScalarModeToUseCellFieldData();
  mapper->SelectColorArray("region");
  mapper->SetLookupTable(table);
  mapper->UseLookupTableScalarRangeOn();
  return unlit(mapper);
}

vtkSmartPointer<vtkActor> pressure(vtkPolyData* slice, double low, double high) {
  auto mapper = mapper_of(slice);
  mapper->ScalarVisibilityOn();
  mapper->SetScalarModeToUsePointFieldData();
  mapper->SelectColorArray("pressure_kPa");
  mapper->SetLookupTable(even_colours(low, high));
  mapper->InterpolateScalarsBeforeMappingOn();
  mapper->UseLookupTableScalarRangeOn();
  return unlit(mapper);
}

vtkSmartPointer<vtkActor> outline(vtkPolyData* lines, const Colour& colour, float pixels, const Vec3& shift) {
  auto actor = unlit(mapper_of(lines));
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  actor->GetProperty()->SetLineWidth(pixels);
  actor->SetPosition(shift.x(), shift.y(), shift.z());
  return actor;
}

/// Boundary of the part of a slice that holds some regions.
vtkSmartPointer<vtkPolyData> border(vtkPolyData* slice, Tissue first, Tissue last) {
  auto part = vtkSmartPointer<vtkThreshold>::New();
  part->SetInputData(slice);
  part->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "region");
  part->SetThresholdFunction(vtkThreshold::THRESHOLD_BETWEEN);
  part->SetLowerThreshold(static_cast<int>(first));
  part->SetUpperThreshold(static_cast<int>(last));
  part->Update();
  auto cells = vtkSmartPointer<vtkPolyData>::New();
  cells->SetPoints(part->GetOutput()->GetPoints());
  cells->SetPolys(part->GetOutput()->GetCells());
  auto edges = vtkSmartPointer<vtkFeatureEdges>::New();
  edges->SetInputData(cells);
  edges->FeatureEdgesOff();
  edges->NonManifoldEdgesOff();
  edges->ManifoldEdgesOff();
  edges->ColoringOff();
  edges->Update();
  return edges->GetOutput();
}

/// Value below which 99 % of the slice's points lie, and at least 1 kPa: single cells do not set the scale.
double upper_scale(vtkPolyData* slice) {
  vtkDataArray* p = slice->GetPointData()->GetArray("pressure_kPa");
  std::vector<double> values;
  for (vtkIdType i = 0; p && i < p->GetNumberOfTuples(); ++i) values.push_back(p->GetTuple1(i));
  if (values.empty()) return 1.0;
  const auto at = values.begin() + static_cast<long>(0.99 * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return std::max(1.0, *at);
}

/// Seen from the knee towards the hip, the roller below.
void aim(vtkRenderer* view, const CutPlane& p, vtkPolyData* slice) {
  const Vec3 right = p.up.cross(p.normal);
  double low[2] = {1e30, 1e30}, high[2] = {-1e30, -1e30};
  for (vtkIdType i = 0; i < slice->GetNumberOfPoints(); ++i) {
    Vec3 x;
    slice->GetPoint(i, x.data());
    const double v[2] = {(x - p.origin).dot(right), (x - p.origin).dot(p.up)};
    for (int d = 0; d < 2; ++d) {
      low[d] = std::min(low[d], v[d]);
      high[d] = std::max(high[d], v[d]);
    }
  }
  // Some room below shows the roller.
  low[1] -= 30.0;
  const Vec3 focus = p.origin + 0.5 * (low[0] + high[0]) * right + 0.5 * (low[1] + high[1]) * p.up;
  const Vec3 eye = focus + 1000.0 * p.normal;
  vtkCamera* camera = view->GetActiveCamera();
  camera->ParallelProjectionOn();
  camera->SetFocalPoint(focus.x(), focus.y(), focus.z());
  camera->SetPosition(eye.x(), eye.y(), eye.z());
  camera->SetViewUp(p.up.x(), p.up.y(), p.up.z());
  const double* box = view->GetViewport();
  const double aspect = (box[2] - box[0]) * Canvas::width / ((box[3] - box[1]) * Canvas::height);
  camera->SetParallelScale(0.53 * std::max(high[1] - low[1], (high[0] - low[0]) / aspect));
  view->ResetCameraClippingRange();
}

std::vector<std::pair<Colour, std::string>> tissue_key(vtkPolyData* slice) {
  std::set<int> there;
  vtkDataArray* region = slice->GetCellData()->GetArray("region");
  for (vtkIdType i = 0; region && i < region->GetNumberOfTuples(); ++i) there.insert(static_cast<int>(region->GetTuple1(i)));
  std::vector<std::pair<Colour, std::string>> key;
  for (const int t : there)
    if (t >= 0 && t < tissue_count) key.emplace_back(tissue_colour(static_cast<Tissue>(t)), tissue_words(static_cast<Tissue>(t)));
  return key;
}

}  // namespace

void draw_section(const Results& r, const std::filesystem::path& path) {
  auto grid = tissue_grid(r, r.governing_step);
  grid->GetPointData()->SetActiveVectors("displacement_mm");
  auto warp = vtkSmartPointer<vtkWarpVector>::New();
  warp->SetInputData(grid);
  warp->Update();
  const CutPlane plane = choose_plane(r);
  auto slice = cut(warp->GetOutputDataObject(0), plane);
  const double top = upper_scale(slice);

  Canvas canvas;
  vtkRenderer *left = canvas.add_view({0.01, 0.22, 0.495, 0.86}), *right = canvas.add_view({0.505, 0.22, 0.99, 0.86});
  const Vec3 towards = 0.5 * plane.normal;  // lines lie a little before the faces
  left->AddActor(tissues(slice));
  right->AddActor(pressure(slice, 0.0, top));
  for (vtkRenderer* view : {left, right}) {
    view->AddActor(outline(border(slice, Tissue::fascicles, Tissue::epineurium), ink, 2.5f, towards));
    view->AddActor(outline(border(slice, Tissue::skin, Tissue::paraneurium), {0.35, 0.35, 0.35}, 1.5f, towards));
    if (r.roller) {
      auto ring = cut(roller_surface(r, r.governing_step).Get(), plane);
      view->AddActor(outline(ring, roller_colour, 4.0f, towards));
    }
    aim(view, plane, slice);
  }
  canvas.text(0.02, 0.965, plane.words + ": " + r.name, 28, Canvas::Align::left, ink, true);
  canvas.text(0.02, 0.922, headline(r), 22);
  canvas.text(0.25, 0.875, "tissues (the nerve has a black outline)", 20, Canvas::Align::centre);
  canvas.text(0.75, 0.875, "pressure in the tissue", 20, Canvas::Align::centre);
  const auto key = tissue_key(slice);
  const std::size_t rows = 5;
  for (std::size_t from = 0; from < key.size(); from += rows)
    canvas.key(0.02 + 0.165 * double(from / rows), 0.185,
               {key.begin() + static_cast<long>(from), key.begin() + static_cast<long>(std::min(from + rows, key.size()))});
  canvas.colour_bar({0.56, 0.13, 0.94, 0.155}, 0.0, top, "pressure (kPa)", {});
  canvas.text(0.56, 0.035, r.roller ? "Seen from the knee; the roller (thick line) presses from below." : "Seen from the knee.", 17);
  canvas.save(path);
}

}  // namespace nerveload
