#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkColorTransferFunction.h>
#include <vtkDataSetSurfaceFilter.h>
#include <vtkFeatureEdges.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkThreshold.h>
#include <vtkTubeFilter.h>
#include <vtkUnstructuredGrid.h>
#include <vtkWarpVector.h>

#include <algorithm>

#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/drawings.hpp"
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace {

/// How a tissue is shown; deep layers are more solid, so that one looks through skin and superficial muscle on the nerve.
double opacity(Tissue t) {
  switch (t) {
    case Tissue::skin: return 0.13;  // with the fat under it, as one hull
    case Tissue::gluteus_maximus:
    case Tissue::hamstrings: return 0.22;
    case Tissue::piriformis: return 0.75;
    case Tissue::deep_rotators: return 0.45;
    case Tissue::hamstring_tendon: return 0.6;
    case Tissue::quadriceps_adductors:
    case Tissue::deep_muscle: return 0.10;
    default: return 0.0;  // the nerve is drawn as a tube
  }
}

vtkSmartPointer<vtkActor> smooth(vtkPolyData* data, const Colour& colour, double alpha, double feature_angle = 75.0) {
  auto normals = vtkSmartPointer<vtkPolyDataNormals>::New();
  normals->SetInputData(data);
  normals->SetFeatureAngle(feature_angle);
  normals->Update();
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(normals->GetOutput());
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  vtkProperty* p = actor->GetProperty();
  p->SetColor(colour[0], colour[1], colour[2]);
  p->SetOpacity(alpha);
  p->SetAmbient(0.25);
  p->SetDiffuse(0.75);
  p->SetSpecular(0.0);
  return actor;
}

std::vector<vtkSmartPointer<vtkActor>> tissue_actors(const RunFolder& run) {
  auto warp = vtkSmartPointer<vtkWarpVector>::New();
  auto grid = read_grid(run.governing_frame().tissue);
  grid->GetPointData()->SetActiveVectors("displacement_mm");
  warp->SetInputData(grid);
  std::vector<vtkSmartPointer<vtkActor>> actors;
  for (int t = 0; t < tissue_count; ++t) {
    const auto tissue = static_cast<Tissue>(t);
    if (opacity(tissue) == 0.0) continue;
    auto part = vtkSmartPointer<vtkThreshold>::New();
    part->SetInputConnection(warp->GetOutputPort());
    part->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "region");
    part->SetThresholdFunction(vtkThreshold::THRESHOLD_BETWEEN);
    part->SetLowerThreshold(t);
    part->SetUpperThreshold(tissue == Tissue::skin ? static_cast<int>(Tissue::fat) : t);
    auto surface = vtkSmartPointer<vtkDataSetSurfaceFilter>::New();
    surface->SetInputConnection(part->GetOutputPort());
    surface->Update();
    if (surface->GetOutput()->GetNumberOfCells() > 0) actors.push_back(smooth(surface->GetOutput(), tissue_colour(tissue), opacity(tissue)));
  }
  return actors;
}

/// The part of the nerve that lies in the mesh, as a tube of its section's size coloured by compression.
vtkSmartPointer<vtkActor> nerve_actor(const RunFolder& run) {
  auto whole = read_surface(run.governing_frame().nerve_line);
  auto line = vtkSmartPointer<vtkPolyData>::New();
  std::vector<vtkIdType> inside;
  for (std::size_t i = 0; i < run.governing_frame().nerve.stations.size(); ++i)
    if (run.governing_frame().nerve.stations[i].in_mesh) inside.push_back(static_cast<vtkIdType>(i));
  auto places = vtkSmartPointer<vtkPoints>::New();
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  cells->InsertNextCell(static_cast<int>(inside.size()));
  line->GetPointData()->CopyAllocate(whole->GetPointData());
  for (const vtkIdType i : inside) {
    const vtkIdType at = places->InsertNextPoint(whole->GetPoint(i));
    line->GetPointData()->CopyData(whole->GetPointData(), i, at);
    cells->InsertCellPoint(at);
  }
  line->SetPoints(places);
  line->SetLines(cells);
  line->GetPointData()->SetActiveScalars("radius_mm");
  auto tube = vtkSmartPointer<vtkTubeFilter>::New();
  tube->SetInputData(line);
  tube->SetVaryRadiusToVaryRadiusByAbsoluteScalar();
  tube->SetNumberOfSides(24);
  tube->CappingOn();
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputConnection(tube->GetOutputPort());
  mapper->SetScalarModeToUsePointFieldData();
  mapper->SelectColorArray("compression_kPa");
  mapper->SetLookupTable(even_colours(0.0, compression_scale(run)));
  mapper->UseLookupTableScalarRangeOn();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetAmbient(0.45);
  actor->GetProperty()->SetDiffuse(0.6);
  return actor;
}

std::vector<vtkSmartPointer<vtkActor>> roller_actors(const RunFolder& run, const Look& look) {
  if (!run.has_roller()) return {};
  auto surface = read_surface(run.governing_frame().roller);
  auto edges = vtkSmartPointer<vtkFeatureEdges>::New();
  edges->SetInputData(surface);
  edges->SetFeatureAngle(10.0);
  edges->BoundaryEdgesOff();
  edges->NonManifoldEdgesOff();
  edges->ColoringOff();
  edges->Update();
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(edges->GetOutput());
  mapper->ScalarVisibilityOff();
  auto rim = vtkSmartPointer<vtkActor>::New();
  rim->SetMapper(mapper);
  rim->GetProperty()->SetColor(look.roller[0], look.roller[1], look.roller[2]);
  rim->GetProperty()->SetOpacity(0.35);
  return {smooth(surface, look.roller, 0.28), rim};
}

/// Looks from a direction so that everything in the view just fits.
void aim(vtkRenderer* view, const Vec3& from, const Vec3& up, const std::vector<vtkSmartPointer<vtkActor>>& actors) {
  const Vec3 right = up.cross(from).normalized(), top = from.cross(right).normalized();
  double low[2] = {1e30, 1e30}, high[2] = {-1e30, -1e30};
  Vec3 middle = Vec3::Zero();
  vtkIdType count = 0;
  for (const auto& a : actors) {
    vtkPolyData* data = vtkPolyDataMapper::SafeDownCast(a->GetMapper())->GetInput();
    for (vtkIdType i = 0; i < data->GetNumberOfPoints(); ++i) {
      Vec3 x;
      data->GetPoint(i, x.data());
      middle += x;
      ++count;
      const double v[2] = {x.dot(right), x.dot(top)};
      for (int d = 0; d < 2; ++d) {
        low[d] = std::min(low[d], v[d]);
        high[d] = std::max(high[d], v[d]);
      }
    }
  }
  middle /= double(std::max<vtkIdType>(count, 1));
  const Vec3 focus = 0.5 * (low[0] + high[0]) * right + 0.5 * (low[1] + high[1]) * top + middle.dot(from) * from;
  const Vec3 eye = focus + 1000.0 * from;
  vtkCamera* camera = view->GetActiveCamera();
  camera->ParallelProjectionOn();
  camera->SetFocalPoint(focus.x(), focus.y(), focus.z());
  camera->SetPosition(eye.x(), eye.y(), eye.z());
  camera->SetViewUp(up.x(), up.y(), up.z());
  const double* box = view->GetViewport();
  const double aspect = (box[2] - box[0]) * Canvas::width / ((box[3] - box[1]) * Canvas::height);
  camera->SetParallelScale(0.52 * std::max(high[1] - low[1], (high[0] - low[0]) / aspect));
  view->ResetCameraClippingRange();
}

}  // namespace

void draw_scene(const RunFolder& run, const Look& look, const std::filesystem::path& path) {
  Canvas canvas(Canvas::height, look);
  vtkRenderer *behind = canvas.add_view({0.01, 0.19, 0.495, 0.86}), *side = canvas.add_view({0.505, 0.19, 0.99, 0.86});
  std::vector<vtkSmartPointer<vtkActor>> actors = tissue_actors(run);
  actors.push_back(smooth(read_surface(run.bones), bone_colour, 1.0, 60.0));
  for (const auto& a : roller_actors(run, look)) actors.push_back(a);
  for (vtkRenderer* view : {behind, side})
    for (const auto& a : actors) view->AddActor(a);
  // The nerve shows through whatever lies before it, so that its colours are those of the bar.
  const auto nerve = nerve_actor(run);
  for (vtkRenderer* view : {behind, side}) {
    canvas.add_sheet_over(view)->AddActor(nerve);
    view->AddActor(nerve);
  }
  const LimbAxes axes = limb_axes(run);
  aim(behind, axes.posterior, -axes.distal, actors);
  aim(side, run.outwards(), up_from_the_floor(run), actors);

  canvas.text(0.02, 0.965, "What presses on the sciatic nerve: " + summary_text(run, "name"), 28, Canvas::Align::left, look.ink, true);
  canvas.text(0.02, 0.922, headline(run), 22);
  canvas.text(0.25, 0.875, "from behind the thigh (the nerve shows through)", 20, Canvas::Align::centre);
  canvas.text(0.75, 0.875, "from the outer side (the nerve shows through)", 20, Canvas::Align::centre);
  std::vector<Canvas::Mark> marks;
  const std::string column = governing_column(run);
  for (int k = 1; k <= 3; ++k) marks.push_back({level_figures(run, k, column).compression_kPa, level_name(run, k), look.level(k)});
  canvas.colour_bar({0.28, 0.085, 0.72, 0.11}, 0.0, compression_scale(run), "pressure on the nerve (kPa)", marks);
  canvas.key(0.02, 0.12, {{bone_colour, "bone"}, {look.roller, "roller"}, {tissue_colour(Tissue::piriformis), "piriformis"}});
  canvas.key(0.12, 0.12,
             {{tissue_colour(Tissue::gluteus_maximus), "gluteus maximus"},
              {tissue_colour(Tissue::hamstrings), "hamstrings"},
              {tissue_colour(Tissue::skin), "skin"}});
  canvas.save(path);
}

}  // namespace nerveload
