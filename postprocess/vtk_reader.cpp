#include "postprocess/vtk_reader.hpp"

#include <vtkDataArray.h>
#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkObject.h>
#include <vtkPointSet.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <cmath>

#include "postprocess/files.hpp"
#include "postprocess/quiet_vtk.hpp"

namespace nerveload {
namespace {

[[noreturn]] void damaged(const std::filesystem::path& file, const std::string& how) {
  throw OutputError("'" + file.string() + "' is damaged: " + how);
}

template <class Reader, class Data>
vtkSmartPointer<Data> read(const std::filesystem::path& file) {
  const QuietVtk quiet;
  if (!std::filesystem::is_regular_file(file)) throw OutputError("'" + file.string() + "' is missing");
  auto reader = vtkSmartPointer<Reader>::New();
  if (reader->CanReadFile(file.c_str()) == 0) damaged(file, "it is no VTK XML file of the kind that a run writes");
  reader->SetFileName(file.c_str());
  reader->Update();
  vtkSmartPointer<Data> data = reader->GetOutput();
  if (reader->GetErrorCode() != 0 || !data) damaged(file, "VTK cannot read it");
  if (data->GetNumberOfPoints() == 0 || data->GetNumberOfCells() == 0) damaged(file, "it holds nothing");
  for (vtkIdType i = 0; i < data->GetNumberOfPoints(); ++i) {
    double x[3];
    data->GetPoint(i, x);
    if (!std::isfinite(x[0] + x[1] + x[2])) damaged(file, "point " + std::to_string(i) + " is not a number");
  }
  return data;
}

}  // namespace

vtkSmartPointer<vtkUnstructuredGrid> read_grid(const std::filesystem::path& file) {
  return read<vtkXMLUnstructuredGridReader, vtkUnstructuredGrid>(file);
}

vtkSmartPointer<vtkPolyData> read_surface(const std::filesystem::path& file) { return read<vtkXMLPolyDataReader, vtkPolyData>(file); }

vtkDataArray* sound_array(vtkFieldData& data, const char* name, int components, long tuples, const std::filesystem::path& file) {
  vtkDataArray* array = data.GetArray(name);
  if (!array) return nullptr;
  if (array->GetNumberOfComponents() != components || array->GetNumberOfTuples() != tuples)
    damaged(file, std::string("the array ") + name + " has " + std::to_string(array->GetNumberOfTuples()) + " values of " +
                      std::to_string(array->GetNumberOfComponents()) + " components, expected " + std::to_string(tuples) + " of " +
                      std::to_string(components));
  long wild = 0;
  for (vtkIdType i = 0; i < array->GetNumberOfTuples(); ++i)
    for (int c = 0; c < components; ++c) wild += !std::isfinite(array->GetComponent(i, c));
  if (1000 * wild > tuples * components)
    damaged(file, std::string("the array ") + name + " holds " + std::to_string(wild) + " values that are not numbers");
  return array;
}

vtkDataArray& needed_array(vtkFieldData& data, const char* name, int components, long tuples, const std::filesystem::path& file) {
  vtkDataArray* array = sound_array(data, name, components, tuples, file);
  if (!array) damaged(file, std::string("the array ") + name + " is not there; it was written by another version or without that field");
  return *array;
}

}  // namespace nerveload
