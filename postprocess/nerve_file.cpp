#include "postprocess/nerve_file.hpp"

#include <vtkCellArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkXMLPolyDataWriter.h>

#include <cmath>

#include "postprocess/files.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

void add_single(vtkFieldData* to, const std::string& name, double value) {
  auto array = vtkSmartPointer<vtkDoubleArray>::New();
  array->SetName(name.c_str());
  array->InsertNextValue(value);
  to->AddArray(array);
}

}  // namespace

void write_nerve_file(const std::map<std::string, std::vector<double>>& columns, const std::map<std::string, double>& single, double time,
                      const std::filesystem::path& file) {
  for (const char* axis : {"x_mm", "y_mm", "z_mm"}) NL_EXPECT(columns.contains(axis), "places of the stations");
  const auto &x = columns.at("x_mm"), &y = columns.at("y_mm"), &z = columns.at("z_mm");
  std::vector<std::size_t> placed;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::isfinite(x[i]) && std::isfinite(y[i]) && std::isfinite(z[i])) placed.push_back(i);
  auto poly = vtkSmartPointer<vtkPolyData>::New();
  auto points = vtkSmartPointer<vtkPoints>::New();
  auto line = vtkSmartPointer<vtkCellArray>::New();
  line->InsertNextCell(static_cast<int>(placed.size()));
  for (const std::size_t i : placed) line->InsertCellPoint(points->InsertNextPoint(x[i], y[i], z[i]));
  poly->SetPoints(points);
  poly->SetLines(line);
  for (const auto& [name, values] : columns) {
    auto array = vtkSmartPointer<vtkFloatArray>::New();
    array->SetName(name.c_str());
    for (const std::size_t i : placed) array->InsertNextValue(static_cast<float>(values[i]));
    poly->GetPointData()->AddArray(array);
  }
  for (const auto& [name, value] : single) add_single(poly->GetFieldData(), name, value);
  add_single(poly->GetFieldData(), "TimeValue", time);
  write_whole(file, [&](const std::filesystem::path& beside) {
    auto writer = vtkSmartPointer<vtkXMLPolyDataWriter>::New();
    writer->SetFileName(beside.c_str());
    writer->SetInputData(poly);
    writer->SetDataModeToAppended();
    writer->EncodeAppendedDataOff();
    writer->SetCompressorTypeToZLib();
    if (writer->Write() != 1 || writer->GetErrorCode() != 0) throw OutputError("cannot write '" + file.string() + "'");
  });
}

void write_nerve_series(const std::vector<NerveFile>& files, const std::filesystem::path& pvd) {
  std::string text = "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n  <Collection>\n";
  for (const NerveFile& f : files) text += "    <DataSet timestep=\"" + number_text(f.time) + "\" group=\"\" part=\"0\" file=\"" + f.file + "\"/>\n";
  write_text(pvd, text + "  </Collection>\n</VTKFile>\n");
}

}  // namespace nerveload
