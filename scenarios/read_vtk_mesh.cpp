#include "scenarios/read_vtk_mesh.hpp"

#include <vtkAbstractArray.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkIdList.h>
#include <vtkObject.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkUnstructuredGrid.h>
#include <vtkUnstructuredGridReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <cmath>

#include "postprocess/quiet_vtk.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/text_filter.hpp"
#include "scenarios/trial_reading.hpp"
#include "scenarios/vtk_file_faults.hpp"

namespace nerveload {
namespace {

constexpr std::size_t largest_file_bytes = std::size_t(1) << 40;

[[noreturn]] void refuse_mesh(const std::filesystem::path& path, const std::string& message) {
  throw InputError(Place{path.string(), 0, 0}, message);
}

/// VTK's legacy reader takes a section of fewer values than there are points or cells.
void check_lengths(const std::filesystem::path& path, vtkFieldData& data, vtkIdType wanted, const std::string& of) {
  for (int a = 0; a < data.GetNumberOfArrays(); ++a) {
    vtkAbstractArray* array = data.GetAbstractArray(a);
    if (!array || array->GetNumberOfTuples() == wanted) continue;
    refuse_mesh(path, "the array '" + std::string(array->GetName() ? array->GetName() : "") + "' has " + std::to_string(array->GetNumberOfTuples()) +
                          " values for " + std::to_string(wanted) + " " + of);
  }
}

template <class Reader>
void update(Reader& reader, const std::filesystem::path& path) {
  try {
    reader.Update();
  } catch (const std::exception& e) {  // of sizes beyond reason
    throw FileError(path.string() + ": damaged, VTK cannot read it (" + e.what() + ")");
  }
  if (reader.GetErrorCode() != 0) throw FileError(path.string() + ": damaged, VTK cannot read it");
}

vtkSmartPointer<vtkUnstructuredGrid> load_grid(const std::filesystem::path& path) {
  const QuietVtk quiet;
  vtkSmartPointer<vtkUnstructuredGrid> grid;
  if (path.extension() == ".vtu") {
    auto reader = vtkSmartPointer<vtkXMLUnstructuredGridReader>::New();
    if (reader->CanReadFile(path.c_str()) == 0) throw FileError(path.string() + ": not a VTK XML file of an unstructured grid");
    if (const std::string fault = fault_of_xml_mesh(read_text_file(path, largest_file_bytes)); !fault.empty()) refuse_mesh(path, fault);
    reader->SetFileName(path.c_str());
    update(*reader, path);
    grid = reader->GetOutput();
  } else {
    auto reader = vtkSmartPointer<vtkUnstructuredGridReader>::New();
    reader->SetFileName(path.c_str());
    reader->ReadAllScalarsOn();
    reader->ReadAllVectorsOn();
    reader->ReadAllFieldsOn();
    if (reader->IsFileUnstructuredGrid() == 0) throw FileError(path.string() + ": not a legacy VTK file of an unstructured grid");
    if (const std::string fault = fault_of_legacy_mesh(read_text_file(path, largest_file_bytes)); !fault.empty()) refuse_mesh(path, fault);
    update(*reader, path);
    grid = reader->GetOutput();
  }
  if (!grid->GetCells() || !grid->GetCells()->IsValid()) throw FileError(path.string() + ": damaged, its cells do not hang together");
  check_lengths(path, *grid->GetPointData(), grid->GetNumberOfPoints(), "points");
  check_lengths(path, *grid->GetCellData(), grid->GetNumberOfCells(), "cells");
  return grid;
}

void read_mesh_points(vtkUnstructuredGrid& grid, LabelledMesh& mesh) {
  for (vtkIdType n = 0; n < grid.GetNumberOfPoints(); ++n) {
    double x[3];
    grid.GetPoint(n, x);
    mesh.add_node(0, n, Vec3(x[0], x[1], x[2]));
  }
}

vtkDataArray* cell_array(vtkUnstructuredGrid& grid, const char* name, int components) {
  vtkDataArray* a = grid.GetCellData()->GetArray(name);
  return a && a->GetNumberOfComponents() == components ? a : nullptr;
}

/// Name of a cell's region, or its number as written; "1" where there are no regions.
class Regions {
 public:
  explicit Regions(vtkUnstructuredGrid& grid)
      : number_(cell_array(grid, "region", 1)), names_(vtkStringArray::SafeDownCast(grid.GetFieldData()->GetAbstractArray("region_names"))) {}
  std::string of(vtkIdType cell) const {
    if (!number_) return "1";
    const long written = std::lround(number_->GetComponent(cell, 0));
    const bool named = names_ && written >= 0 && written < names_->GetNumberOfValues();
    return named ? std::string(names_->GetValue(written)) : std::to_string(written);
  }

 private:
  vtkDataArray* number_;
  vtkStringArray* names_;
};

void read_cells(vtkUnstructuredGrid& grid, const std::filesystem::path& path, LabelledMesh& mesh) {
  constexpr int of_voxel[8] = {0, 1, 3, 2, 4, 5, 7, 6};
  const Regions regions(grid);
  const auto ids = vtkSmartPointer<vtkIdList>::New();
  for (vtkIdType c = 0; c < grid.GetNumberOfCells(); ++c) {
    const int type = grid.GetCellType(c);
    if (type != VTK_HEXAHEDRON && type != VTK_VOXEL && type != VTK_TETRA && type != VTK_QUADRATIC_TETRA)
      refuse_mesh(path, "cell " + std::to_string(c) + " is of VTK type " + std::to_string(type) +
                            ": expected hexahedra (12) or tetrahedra of four or ten nodes (10, 24)");
    grid.GetCellPoints(c, ids);
    const vtkIdType wanted = type == VTK_TETRA ? 4 : type == VTK_QUADRATIC_TETRA ? 10 : 8;
    if (ids->GetNumberOfIds() != wanted)
      refuse_mesh(path,
                  "cell " + std::to_string(c) + " has " + std::to_string(ids->GetNumberOfIds()) + " points: expected " + std::to_string(wanted));
    std::vector<LabelledMesh::Label> nodes;
    for (int n = 0; n < ids->GetNumberOfIds(); ++n) nodes.push_back(ids->GetId(type == VTK_VOXEL ? of_voxel[n] : n));
    mesh.add_cell(0, c, nodes, regions.of(c));
  }
}

void read_fibres(vtkUnstructuredGrid& grid, const std::filesystem::path& path, LabelledMesh& mesh) {
  vtkDataArray* fibre = cell_array(grid, "fibre", 3);
  if (!fibre) return;
  const double* range = fibre->GetRange(-1);  // of the lengths
  if (range[1] == 0.0) return;                // as a mesh without fibres is written
  for (std::size_t c = 0; c < mesh.cells(); ++c) {
    const double* f = fibre->GetTuple(static_cast<vtkIdType>(c));
    const Vec3 v(f[0], f[1], f[2]);
    if (!v.allFinite()) refuse_mesh(path, "the fibre of cell " + std::to_string(c) + " is not a number");
    mesh.fibre.push_back(v.norm() > 0.0 ? Vec3(v.normalized()) : Vec3(Vec3::UnitX()));
  }
}

void read_sets(vtkUnstructuredGrid& grid, LabelledMesh& mesh) {
  vtkPointData* data = grid.GetPointData();
  for (int a = 0; a < data->GetNumberOfArrays(); ++a) {
    vtkDataArray* array = data->GetArray(a);
    const std::string name = array && array->GetName() ? array->GetName() : "";
    if (!name.starts_with("set_") || array->GetNumberOfComponents() != 1) continue;
    auto& set = mesh.node_sets[name.substr(4)];
    for (vtkIdType n = 0; n < grid.GetNumberOfPoints(); ++n)
      if (array->GetComponent(n, 0) != 0.0) set.push_back(static_cast<int>(n));
  }
}

}  // namespace

LabelledMesh read_vtk_mesh(const std::filesystem::path& path) {
  if (!survives_reading(path, [&] { load_grid(path); })) throw FileError(path.string() + ": damaged, VTK's reader breaks on it");
  const vtkSmartPointer<vtkUnstructuredGrid> grid = load_grid(path);
  LabelledMesh mesh(path, "cell", "point");
  read_mesh_points(*grid, mesh);
  read_cells(*grid, path, mesh);
  read_fibres(*grid, path, mesh);
  read_sets(*grid, mesh);
  return mesh;
}

}  // namespace nerveload
