#pragma once
#include <filesystem>

class vtkDataArray;
class vtkFieldData;
class vtkPolyData;
class vtkUnstructuredGrid;
template <class T>
class vtkSmartPointer;

namespace nerveload {

/// Files that a run has written, read back. VTK's own complaints stay silent.
/// @throws OutputError that names the file: not there, of another kind, or damaged
vtkSmartPointer<vtkUnstructuredGrid> read_grid(const std::filesystem::path& file);
vtkSmartPointer<vtkPolyData> read_surface(const std::filesystem::path& file);

/// An array of points or cells with as many components and values as it must have, finite but for one in a thousand; null when there is none
/// of that name.
/// @throws OutputError that names the file and the array
vtkDataArray* sound_array(vtkFieldData& data, const char* name, int components, long tuples, const std::filesystem::path& file);

/// The same where it must be there.
vtkDataArray& needed_array(vtkFieldData& data, const char* name, int components, long tuples, const std::filesystem::path& file);

}  // namespace nerveload
