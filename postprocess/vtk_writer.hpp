#pragma once
#include <filesystem>
#include <vector>

#include "postprocess/results.hpp"
#include "postprocess/solid_results.hpp"

class vtkPolyData;
class vtkUnstructuredGrid;
template <class T>
class vtkSmartPointer;

namespace nerveload {

/// Everything for ParaView, in the frame of the person (output_frame.hpp), mm, kPa, N, s:
///   tissue.pvd → tissue/*.vtu   reference positions and displacement_mm; stresses; region with region_names in field data
///   nerve.pvd  → nerve/*.vtp    a poly-line at the current positions with radius_mm, width_mm, thickness_mm and every column
///   roller.pvd → roller/*.vtp   the roller where it is at each step, with its centre_mm, the direction that it presses in and, of a cylinder,
///                               its axis in field data
///   bones.vtp                   bones, with bone_names in field data
/// Float32 values, 32-bit connectivity, raw appended data compressed by zlib at its fastest level; TimeValue in every file of a
/// series. A series' .pvd is written after its members, so it never names a file that is not there.
/// @throws OutputError
void write_vtk(const Results& results, const std::filesystem::path& dir);

/// A mesh alone, with its regions, fibres and `scaled_jacobian`. @throws OutputError
void write_mesh(const AnatomyMesh& anatomy, const OutputFrame& frame, const std::filesystem::path& file);

/// A mesh with regions, fibres and its node sets as point arrays "set_NAME": what read_mesh_file reads. @throws OutputError
void write_mesh(const Mesh& mesh, const std::filesystem::path& file);

/// One state of a solid per step under its path parameter: tissue.pvd → tissue/*.vtu, as above, in the mesh's own axes.
/// @throws OutputError
void write_solid_vtk(const SolidResults& results, const std::filesystem::path& dir);

/// Steps whose fields are written.
std::vector<int> written_steps(const Results& results);

/// The same data in memory, for pictures.
vtkSmartPointer<vtkUnstructuredGrid> mesh_grid(const Mesh& mesh, const OutputFrame& frame);
vtkSmartPointer<vtkUnstructuredGrid> solid_grid(const ElasticBody& body, const State& state, const OutputFrame& frame, double time);
vtkSmartPointer<vtkUnstructuredGrid> tissue_grid(const Results& results, int step);
vtkSmartPointer<vtkPolyData> nerve_line(const Results& results, int step);
vtkSmartPointer<vtkPolyData> roller_surface(const Results& results, int step);
vtkSmartPointer<vtkPolyData> bone_surfaces(const Results& results);

}  // namespace nerveload
