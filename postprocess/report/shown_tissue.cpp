#include "postprocess/report/shown_tissue.hpp"

#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkIdList.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include <algorithm>
#include <cmath>

#include "postprocess/report/model_surfaces.hpp"
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace {

template <class Array, class Value>
void add_points_array(vtkUnstructuredGrid& grid, const char* name, Value&& value) {
  auto array = vtkSmartPointer<Array>::New();
  array->SetName(name);
  array->SetNumberOfTuples(grid.GetNumberOfPoints());
  for (vtkIdType i = 0; i < grid.GetNumberOfPoints(); ++i) array->SetTuple1(i, value(i));
  grid.GetPointData()->AddArray(array);
}

/// Means over the cells around each point.
std::vector<float> at_points(vtkUnstructuredGrid& grid, vtkDataArray& cells) {
  std::vector<float> sum(static_cast<std::size_t>(grid.GetNumberOfPoints()), 0.0f), count = sum;
  auto corners = vtkSmartPointer<vtkIdList>::New();
  for (vtkIdType c = 0; c < grid.GetNumberOfCells(); ++c) {
    if (!std::isfinite(cells.GetTuple1(c))) continue;
    grid.GetCellPoints(c, corners);
    for (vtkIdType k = 0; k < corners->GetNumberOfIds(); ++k) {
      const auto n = static_cast<std::size_t>(corners->GetId(k));
      sum[n] += static_cast<float>(cells.GetTuple1(c));
      count[n] += 1.0f;
    }
  }
  for (std::size_t n = 0; n < sum.size(); ++n) sum[n] /= std::max(1.0f, count[n]);
  return sum;
}

}  // namespace

void add_side(vtkUnstructuredGrid& grid, const NerveProfile& nerve, double outwards) {
  std::vector<Vec3> axis;
  for (const NerveStation& s : nerve.stations)
    if (s.in_mesh) axis.push_back(s.position);
  add_points_array<vtkFloatArray>(grid, "side_mm", [&](vtkIdType i) {
    Vec3 x;
    grid.GetPoint(i, x.data());
    double sum = 0.0, weights = 0.0;
    for (const Vec3& a : axis) {
      const double d2 = (x - a).squaredNorm() + 1.0, weight = 1.0 / (d2 * d2);
      sum += weight * outwards * (x.x() - a.x());
      weights += weight;
    }
    return sum / weights;
  });
}

void add_node_numbers(vtkUnstructuredGrid& grid) {
  add_points_array<vtkIntArray>(grid, "node", [](vtkIdType i) { return double(i); });
}

vtkSmartPointer<vtkUnstructuredGrid> read_shown_tissue(const Frame& frame) {
  vtkSmartPointer<vtkUnstructuredGrid> grid = read_grid(frame.tissue);
  const long points = grid->GetNumberOfPoints(), cells = grid->GetNumberOfCells();
  needed_array(*grid->GetCellData(), "region", 1, cells, frame.tissue);
  sound_array(*grid->GetPointData(), "displacement_mm", 3, points, frame.tissue);
  for (const ShownField& f : shown_fields) {
    vtkFieldData& data = f.of_cells ? static_cast<vtkFieldData&>(*grid->GetCellData()) : static_cast<vtkFieldData&>(*grid->GetPointData());
    vtkDataArray* array = sound_array(data, f.array, 1, f.of_cells ? cells : points, frame.tissue);
    if (!array) continue;
    const bool percent = std::string(f.unit) == "%";
    const std::vector<float> means = f.of_cells ? at_points(*grid, *array) : std::vector<float>();
    add_points_array<vtkFloatArray>(*grid, f.title, [&](vtkIdType i) {
      const double v = f.of_cells ? double(means[static_cast<std::size_t>(i)]) : array->GetTuple1(i);
      return !std::isfinite(v) ? 0.0 : percent ? 100.0 * (1.0 - v) : v;
    });
  }
  return grid;
}

}  // namespace nerveload
