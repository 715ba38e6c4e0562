#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellData.h>
#include <vtkCellDataToPointData.h>
#include <vtkColorTransferFunction.h>
#include <vtkContourTriangulator.h>
#include <vtkCutter.h>
#include <vtkDataArray.h>
#include <vtkFeatureEdges.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
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
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace {

/// The plane of the cut in the written frame; `up` is the way the roller presses, so that it stands at the bottom.
struct CutPlane {
  Vec3 origin, normal, up;
  std::string words;
};

Vec3 field_vector(vtkPolyData& data, const char* name, const std::filesystem::path& file) {
  Vec3 v;
  needed_array(*data.GetFieldData(), name, 3, 1, file).GetTuple(0, v.data());
  return v;
}

CutPlane choose_plane(const RunFolder& run) {
  const auto& stations = run.governing_frame().nerve.stations;
  const double s = peak_of(run.governing_frame().nerve, &NerveStation::compression_kPa).at_mm;
  const auto at = std::find_if(stations.begin(), stations.end(), [&](const NerveStation& n) { return n.arc_length_mm == s; });
  const NerveStation &before = at == stations.begin() ? *at : *(at - 1), &after = at + 1 == stations.end() || !(at + 1)->in_mesh ? *at : *(at + 1);
  const Vec3 tangent = (after.position - before.position).normalized();
  if (run.has_roller()) {
    const std::filesystem::path& file = run.governing_frame().roller;
    const auto roller = read_surface(file);
    if (roller->GetFieldData()->HasArray("axis")) {
      const Vec3 direction = field_vector(*roller, "direction", file);
      Vec3 normal = direction.cross(field_vector(*roller, "axis", file)).normalized();
      if (normal.dot(tangent) < 0.0) normal = -normal;
      return {field_vector(*roller, "centre_mm", file), normal, direction, "Cut across the leg through the middle of the roller"};
    }
  }
  const Vec3 back = limb_axes(run).posterior;
  return {at->position, tangent, Vec3(tangent.dot(back) * tangent - back).normalized(), "Cut across the leg where the nerve is pressed most"};
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

/// Compression across the plane's normal, −½ (tr σ − n·σn), the measure that the nerve is judged by, as a cell array.
void add_compression(vtkUnstructuredGrid* grid, const Vec3& n) {
  vtkDataArray* sigma = grid->GetCellData()->GetArray("cauchy_stress_kPa");
  auto p = vtkSmartPointer<vtkFloatArray>::New();
  p->SetName("compression_kPa");
  p->SetNumberOfTuples(sigma->GetNumberOfTuples());
  for (vtkIdType i = 0; i < sigma->GetNumberOfTuples(); ++i) {
    double s[6];
    sigma->GetTuple(i, s);
    const double along = s[0] * n.x() * n.x() + s[1] * n.y() * n.y() + s[2] * n.z() * n.z() +
                         2.0 * (s[3] * n.x() * n.y() + s[4] * n.y() * n.z() + s[5] * n.x() * n.z());
    p->SetValue(i, static_cast<float>(-0.5 * (s[0] + s[1] + s[2] - along)));
  }
  grid->GetCellData()->AddArray(p);
}

/// Slice of some regions with the compression averaged to their own nodes, so that nerve and muscle do not blur into each other.
vtkSmartPointer<vtkPolyData> field_slice(vtkUnstructuredGrid* grid, Tissue first, Tissue last, const CutPlane& plane) {
  auto part = vtkSmartPointer<vtkThreshold>::New();
  part->SetInputData(grid);
  part->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "region");
  part->SetThresholdFunction(vtkThreshold::THRESHOLD_BETWEEN);
  part->SetLowerThreshold(static_cast<int>(first));
  part->SetUpperThreshold(static_cast<int>(last));
  auto nodes = vtkSmartPointer<vtkCellDataToPointData>::New();
  nodes->SetInputConnection(part->GetOutputPort());
  nodes->Update();
  return cut(nodes->GetOutputDataObject(0), plane);
}

vtkSmartPointer<vtkActor> compression(vtkPolyData* slice, double low, double high) {
  auto mapper = mapper_of(slice);
  mapper->ScalarVisibilityOn();
  mapper->SetScalarModeToUsePointFieldData();
  mapper->SelectColorArray("compression_kPa");
  mapper->SetLookupTable(even_colours(low, high));
  mapper->InterpolateScalarsBeforeMappingOn();
  mapper->UseLookupTableScalarRangeOn();
  return unlit(mapper);
}

vtkSmartPointer<vtkActor> outline_actor(vtkPolyData* lines, const Colour& colour, float pixels, const Vec3& shift) {
  auto actor = unlit(mapper_of(lines));
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  actor->GetProperty()->SetLineWidth(pixels);
  actor->SetPosition(shift.x(), shift.y(), shift.z());
  return actor;
}

/// The cut through a closed surface, filled.
vtkSmartPointer<vtkActor> filled(vtkPolyData* surface, const CutPlane& plane, const Colour& colour) {
  auto lines = cut(surface, plane);
  auto fill = vtkSmartPointer<vtkContourTriangulator>::New();
  fill->SetInputData(lines);
  fill->Update();
  auto actor = unlit(mapper_of(fill->GetOutput()));
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  const Vec3 behind = -0.5 * plane.normal;
  actor->SetPosition(behind.x(), behind.y(), behind.z());
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
  vtkDataArray* p = slice->GetPointData()->GetArray("compression_kPa");
  std::vector<double> values;
  for (vtkIdType i = 0; p && i < p->GetNumberOfTuples(); ++i) values.push_back(p->GetTuple1(i));
  if (values.empty()) return 1.0;
  const auto at = values.begin() + static_cast<long>(0.99 * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return std::max(1.0, *at);
}

/// Seen from the knee towards the hip, the roller below.
void aim_at_slice(vtkRenderer* view, const CutPlane& p, vtkPolyData* slice) {
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

void draw_section(const RunFolder& run, const Look& look, const std::filesystem::path& path) {
  auto grid = read_grid(run.governing_frame().tissue);
  grid->GetPointData()->SetActiveVectors("displacement_mm");
  auto warp = vtkSmartPointer<vtkWarpVector>::New();
  warp->SetInputData(grid);
  warp->Update();
  const CutPlane plane = choose_plane(run);
  auto* bent = vtkUnstructuredGrid::SafeDownCast(warp->GetOutputDataObject(0));
  add_compression(bent, plane.normal);
  auto slice = cut(bent, plane);
  const std::vector<vtkSmartPointer<vtkPolyData>> fields = {field_slice(bent, Tissue::skin, Tissue::hamstring_tendon, plane),
                                                            field_slice(bent, Tissue::fascicles, Tissue::epineurium, plane),
                                                            field_slice(bent, Tissue::paraneurium, Tissue::paraneurium, plane)};
  const double top = upper_scale(fields.front());

  Canvas canvas(Canvas::height, look);
  vtkRenderer *left = canvas.add_view({0.01, 0.22, 0.495, 0.86}), *right = canvas.add_view({0.505, 0.22, 0.99, 0.86});
  const Vec3 towards = 0.5 * plane.normal;  // lines lie a little before the faces
  left->AddActor(tissues(slice));
  for (const auto& field : fields) right->AddActor(compression(field, 0.0, top));
  for (vtkRenderer* view : {left, right}) {
    view->AddActor(outline_actor(border(slice, Tissue::fascicles, Tissue::epineurium), ink, 2.5f, towards));
    view->AddActor(outline_actor(border(slice, Tissue::skin, Tissue::paraneurium), look.border, 1.5f, towards));
    view->AddActor(filled(read_surface(run.bones), plane, bone_colour));
    if (run.has_roller()) {
      const auto roller = read_surface(run.governing_frame().roller);
      view->AddActor(filled(roller, plane, look.foam));
      view->AddActor(outline_actor(cut(roller.Get(), plane), look.roller, 3.0f, towards));
    }
    aim_at_slice(view, plane, slice);
  }
  canvas.text(0.02, 0.965, plane.words + ": " + summary_text(run, "name"), 28, Canvas::Align::left, look.ink, true);
  canvas.text(0.02, 0.922, headline(run), 22);
  canvas.text(0.25, 0.875, "tissues (the nerve has a black outline)", 20, Canvas::Align::centre);
  canvas.text(0.75, 0.875, "pressure across the leg, as the nerve feels it", 20, Canvas::Align::centre);
  auto key = tissue_key(slice);
  key.emplace_back(bone_colour, "bone");
  if (run.has_roller()) key.emplace_back(look.foam, "roller");
  const std::size_t rows = 4;
  for (std::size_t column = 0; column * rows < key.size(); ++column)
    canvas.key(0.02 + 0.168 * double(column), 0.165,
               {key.begin() + static_cast<long>(column * rows), key.begin() + static_cast<long>(std::min((column + 1) * rows, key.size()))});
  std::vector<Canvas::Mark> marks;
  for (int k = 1; k <= 3; ++k) marks.push_back({level_figures(run, k, governing_column(run)).compression_kPa, level_name(run, k), look.level(k)});
  canvas.colour_bar({0.60, 0.105, 0.96, 0.13}, 0.0, top, "pressure (kPa), with the levels of the nerve", marks);
  canvas.text(0.60, 0.018, run.has_roller() ? "Seen from the knee; the roller presses from below." : "Seen from the knee.", 17);
  canvas.save(path);
}

}  // namespace nerveload
