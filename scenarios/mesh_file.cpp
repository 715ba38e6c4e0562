#include "scenarios/mesh_file.hpp"

#include <vtkCell.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkObject.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkUnstructuredGrid.h>
#include <vtkUnstructuredGridReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <cmath>
#include <numeric>

#include "scenarios/input_error.hpp"
#include "solver/block.hpp"
#include "solver/elements/hex8.hpp"

namespace nerveload {
namespace {

/// VTK prints to the screen what it does not like; here it becomes an error of ours.
class QuietVtk {
 public:
  QuietVtk() : shown_(vtkObject::GetGlobalWarningDisplay()) { vtkObject::GlobalWarningDisplayOff(); }
  ~QuietVtk() { vtkObject::SetGlobalWarningDisplay(shown_); }
  QuietVtk(const QuietVtk&) = delete;
  QuietVtk& operator=(const QuietVtk&) = delete;

 private:
  int shown_;
};

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& message) {
  throw InputError(Place{path.string(), 0, 0}, message);
}

vtkSmartPointer<vtkUnstructuredGrid> load(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) throw FileError(path.string() + ": no such file");
  const QuietVtk quiet;
  vtkSmartPointer<vtkUnstructuredGrid> grid;
  if (path.extension() == ".vtu") {
    auto reader = vtkSmartPointer<vtkXMLUnstructuredGridReader>::New();
    if (reader->CanReadFile(path.c_str()) == 0) throw FileError(path.string() + ": not a VTK XML file of an unstructured grid");
    reader->SetFileName(path.c_str());
    reader->Update();
    if (reader->GetErrorCode() != 0) throw FileError(path.string() + ": damaged, VTK cannot read it");
    grid = reader->GetOutput();
  } else if (path.extension() == ".vtk") {
    auto reader = vtkSmartPointer<vtkUnstructuredGridReader>::New();
    reader->SetFileName(path.c_str());
    reader->ReadAllScalarsOn();
    reader->ReadAllVectorsOn();
    reader->ReadAllFieldsOn();
    if (reader->IsFileUnstructuredGrid() == 0) throw FileError(path.string() + ": not a legacy VTK file of an unstructured grid");
    reader->Update();
    if (reader->GetErrorCode() != 0) throw FileError(path.string() + ": damaged, VTK cannot read it");
    grid = reader->GetOutput();
  } else {
    refuse(path, "a mesh file ends in .vtu or .vtk");
  }
  return grid;
}

void read_cells(vtkUnstructuredGrid& grid, const std::filesystem::path& path, Mesh& mesh) {
  constexpr int of_voxel[8] = {0, 1, 3, 2, 4, 5, 7, 6};
  for (vtkIdType c = 0; c < grid.GetNumberOfCells(); ++c) {
    const int type = grid.GetCellType(c);
    if (type != VTK_HEXAHEDRON && type != VTK_VOXEL)
      refuse(path, "cell " + std::to_string(c) + " is of VTK type " + std::to_string(type) + ": expected hexahedra (12)");
    vtkIdList* ids = grid.GetCell(c)->GetPointIds();
    Hex hex;
    for (int n = 0; n < 8; ++n) {
      const vtkIdType id = ids->GetId(type == VTK_VOXEL ? of_voxel[n] : n);
      if (id < 0 || id >= grid.GetNumberOfPoints()) refuse(path, "cell " + std::to_string(c) + " names a point that does not exist");
      hex[n] = static_cast<int>(id);
    }
    mesh.hexes.push_back(hex);
  }
  if (mesh.hexes.empty()) refuse(path, "there is no cell in it");
}

/// New number per point, −1 = used by no cell.
std::vector<int> drop_unused_points(vtkUnstructuredGrid& grid, const std::filesystem::path& path, double scale, Mesh& mesh) {
  std::vector<int> number(static_cast<std::size_t>(grid.GetNumberOfPoints()), -1);
  for (const Hex& hex : mesh.hexes)
    for (const int n : hex) number[n] = 0;
  for (std::size_t n = 0; n < number.size(); ++n) {
    if (number[n] < 0) continue;
    double x[3];
    grid.GetPoint(static_cast<vtkIdType>(n), x);
    const Vec3 X = scale * Vec3(x[0], x[1], x[2]);
    if (!X.allFinite() || X.cwiseAbs().maxCoeff() > 1e6)
      refuse(path, "point " + std::to_string(n) + " lies beyond 1e6 mm or is not a number");
    number[n] = static_cast<int>(mesh.X.size());
    mesh.X.push_back(X);
  }
  for (Hex& hex : mesh.hexes)
    for (int& n : hex) n = number[n];
  return number;
}

void check_shapes(const std::filesystem::path& path, const Mesh& mesh) {
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c) {
    hex8::Positions X;
    for (int n = 0; n < 8; ++n)
      for (int i = 0; i < 3; ++i) X[n][i] = mesh.X[mesh.hexes[c][n]][i];
    for (const auto& p : hex8::motion(X, {}).at)
      if (!(p.weight > 0.0))
        refuse(path, "cell " + std::to_string(c) + " is inverted or flat (its Jacobian is not positive everywhere)");
  }
}

vtkDataArray* cell_array(vtkUnstructuredGrid& grid, const char* name, int components) {
  vtkDataArray* a = grid.GetCellData()->GetArray(name);
  return a && a->GetNumberOfComponents() == components ? a : nullptr;
}

void read_regions(vtkUnstructuredGrid& grid, Mesh& mesh) {
  vtkDataArray* region = cell_array(grid, "region", 1);
  auto* names = vtkStringArray::SafeDownCast(grid.GetFieldData()->GetAbstractArray("region_names"));
  std::map<int, int> number;
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c)
    number[region ? static_cast<int>(std::lround(region->GetComponent(static_cast<vtkIdType>(c), 0))) : 1] = 0;
  for (auto& [written, own] : number) {
    own = static_cast<int>(mesh.region_names.size());
    const bool named = region && names && written >= 0 && written < names->GetNumberOfValues();
    mesh.region_names.push_back(named ? std::string(names->GetValue(written)) : std::to_string(written));
  }
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c)
    mesh.region.push_back(number[region ? static_cast<int>(std::lround(region->GetComponent(static_cast<vtkIdType>(c), 0))) : 1]);
}

void read_fibres(vtkUnstructuredGrid& grid, const std::filesystem::path& path, Mesh& mesh) {
  vtkDataArray* fibre = cell_array(grid, "fibre", 3);
  if (!fibre) return;
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c) {
    const double* f = fibre->GetTuple(static_cast<vtkIdType>(c));
    const Vec3 v(f[0], f[1], f[2]);
    if (!v.allFinite()) refuse(path, "the fibre of cell " + std::to_string(c) + " is not a number");
    mesh.fibre.push_back(v.norm() > 0.0 ? Vec3(v.normalized()) : Vec3(Vec3::UnitX()));
  }
}

void read_sets(vtkUnstructuredGrid& grid, const std::vector<int>& number, Mesh& mesh) {
  vtkPointData* data = grid.GetPointData();
  for (int a = 0; a < data->GetNumberOfArrays(); ++a) {
    vtkDataArray* array = data->GetArray(a);
    const std::string name = array && array->GetName() ? array->GetName() : "";
    if (!name.starts_with("set_") || array->GetNumberOfComponents() != 1) continue;
    auto& set = mesh.node_sets[name.substr(4)];
    for (std::size_t n = 0; n < number.size(); ++n)
      if (number[n] >= 0 && array->GetComponent(static_cast<vtkIdType>(n), 0) != 0.0) set.push_back(number[n]);
  }
  auto& all = mesh.node_sets["all"];
  all.resize(mesh.X.size());
  std::iota(all.begin(), all.end(), 0);
}

}  // namespace

Mesh read_mesh_file(const std::filesystem::path& path, double mm_per_unit) {
  const vtkSmartPointer<vtkUnstructuredGrid> grid = load(path);
  Mesh mesh;
  read_cells(*grid, path, mesh);
  const std::vector<int> number = drop_unused_points(*grid, path, mm_per_unit, mesh);
  check_shapes(path, mesh);
  read_regions(*grid, mesh);
  read_fibres(*grid, path, mesh);
  read_sets(*grid, number, mesh);
  return mesh;
}

}  // namespace nerveload
