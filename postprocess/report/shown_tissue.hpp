#pragma once
#include "postprocess/run_folder.hpp"

class vtkUnstructuredGrid;
template <class T>
class vtkSmartPointer;

namespace nerveload {

/// One frame's tissue, checked, with the shown fields as point arrays of their titles (model_surfaces.hpp).
/// @throws OutputError that names the file
vtkSmartPointer<vtkUnstructuredGrid> read_shown_tissue(const Frame& frame);

/// Adds the point array "side_mm": distance to the side of the nerve's axis, weighted between the stations around a point, so that it is
/// smooth and zero on the nerve. @param outwards  1 or −1: the way along x that is the outer side
void add_side(vtkUnstructuredGrid& grid, const NerveProfile& nerve, double outwards);

/// Adds the point array "node", each point's own number, which survives filters.
void add_node_numbers(vtkUnstructuredGrid& grid);

}  // namespace nerveload
