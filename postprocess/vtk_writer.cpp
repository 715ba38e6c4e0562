#include "postprocess/vtk_writer.hpp"

#include <vtkCellData.h>
#include <vtkFloatArray.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPolyDataWriter.h>
#include <vtkXMLUnstructuredGridWriter.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "meshes/quality.hpp"
#include "postprocess/files.hpp"
#include "postprocess/quiet_vtk.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

template <class Writer, class Data>
void write_data(const fs::path& path, Data* data) {
  write_whole(path, [&](const fs::path& beside) {
    const QuietVtk quiet;  // what goes wrong is told below
    auto writer = vtkSmartPointer<Writer>::New();
    writer->SetFileName(beside.c_str());
    writer->SetInputData(data);
    writer->SetDataModeToAppended();
    writer->EncodeAppendedDataOff();
    writer->SetCompressorTypeToZLib();
    writer->SetCompressionLevel(1);
    writer->SetHeaderTypeToUInt32();
    writer->SetIdTypeToInt32();
    if (writer->Write() != 1 || writer->GetErrorCode() != 0) throw OutputError("cannot write '" + path.string() + "'");
  });
}

/// A time series: `member(step, path)` writes one step, `time(step)` is when it is.
template <class Time, class Member>
void write_series(const std::vector<int>& steps, const fs::path& dir, const std::string& name, const std::string& extension, Time&& time,
                  Member&& member) {
  std::string pvd = "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n  <Collection>\n";
  for (const int step : steps) {
    char number[16];
    std::snprintf(number, sizeof number, "%04d", step);
    const std::string file = name + "/" + name + "_" + number + extension;
    member(step, dir / file);
    pvd += "    <DataSet timestep=\"" + number_text(time(step)) + "\" group=\"\" part=\"0\" file=\"" + file + "\"/>\n";
  }
  write_text(dir / (name + ".pvd"), pvd + "  </Collection>\n</VTKFile>\n");
}

}  // namespace

std::vector<int> written_steps(const Results& r) {
  std::vector<int> steps;
  const int last = static_cast<int>(r.steps.size()) - 1;
  for (int k = 0; k <= last; ++k)
    if (r.every_step || k == 0 || k == r.governing_step || k == last) steps.push_back(k);
  return steps;
}

void write_mesh(const Mesh& mesh, const fs::path& file) {
  const auto grid = mesh_grid(mesh, {false});
  for (const auto& [name, nodes] : mesh.node_sets) {
    auto set = vtkSmartPointer<vtkIntArray>::New();
    set->SetName(("set_" + name).c_str());
    set->SetNumberOfTuples(static_cast<vtkIdType>(mesh.X.size()));
    set->Fill(0);
    for (const int n : nodes) set->SetValue(n, 1);
    grid->GetPointData()->AddArray(set);
  }
  write_data<vtkXMLUnstructuredGridWriter>(file, grid.Get());
}

void write_mesh(const AnatomyMesh& anatomy, const OutputFrame& frame, const fs::path& file) {
  const auto grid = mesh_grid(anatomy.mesh, frame);
  auto quality = vtkSmartPointer<vtkFloatArray>::New();
  quality->SetName("scaled_jacobian");
  for (const Cell& hex : anatomy.mesh.cells) {
    std::array<Vec3, 8> corners;
    for (int n = 0; n < 8; ++n) corners[n] = anatomy.mesh.X[hex[n]];
    quality->InsertNextValue(static_cast<float>(scaled_jacobian(corners)));
  }
  grid->GetCellData()->AddArray(quality);
  write_data<vtkXMLUnstructuredGridWriter>(file, grid.Get());
}

namespace {

/// Leaves out the arrays whose name without its unit is not among `fields`; without `region` a file would not say what is what.
void keep_only(const std::vector<std::string>& fields, vtkUnstructuredGrid& grid) {
  for (vtkFieldData* data : {static_cast<vtkFieldData*>(grid.GetPointData()), static_cast<vtkFieldData*>(grid.GetCellData())})
    for (int i = data->GetNumberOfArrays() - 1; i >= 0; --i) {
      std::string name = data->GetArrayName(i);
      for (const std::string unit : {"_mm", "_kPa"})
        if (name.ends_with(unit)) name.erase(name.size() - unit.size());
      if (name != "region" && std::find(fields.begin(), fields.end(), name) == fields.end()) data->RemoveArray(i);
    }
}

}  // namespace

void write_vtk(const Results& r, const fs::path& dir) {
  const std::vector<int> steps = written_steps(r);
  auto time = [&](int step) { return r.steps[step].time_s; };
  write_data<vtkXMLPolyDataWriter>(dir / "bones.vtp", bone_surfaces(r).Get());
  write_series(steps, dir, "tissue", ".vtu", time, [&](int step, const fs::path& path) {
    const auto grid = tissue_grid(r, step);
    if (!r.fields.empty()) keep_only(r.fields, *grid);
    write_data<vtkXMLUnstructuredGridWriter>(path, grid.Get());
  });
  write_series(steps, dir, "nerve", ".vtp", time,
               [&](int step, const fs::path& path) { write_data<vtkXMLPolyDataWriter>(path, nerve_line(r, step).Get()); });
  if (r.roller)
    write_series(steps, dir, "roller", ".vtp", time,
                 [&](int step, const fs::path& path) { write_data<vtkXMLPolyDataWriter>(path, roller_surface(r, step).Get()); });
}

void write_solid_vtk(const SolidResults& r, const fs::path& dir) {
  std::vector<int> steps(r.steps.size());
  std::iota(steps.begin(), steps.end(), 0);
  write_series(
      steps, dir, "tissue", ".vtu", [&](int step) { return r.steps[step].state.path; },
      [&](int step, const fs::path& path) {
        const State& state = r.steps[step].state;
        write_data<vtkXMLUnstructuredGridWriter>(path, solid_grid(*r.body, state, {false}, state.path).Get());
      });
}

}  // namespace nerveload
