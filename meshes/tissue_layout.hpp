#pragma once
#include "meshes/anatomy_mesh.hpp"
#include "meshes/section_topology.hpp"
#include "meshes/sweep.hpp"

namespace nerveload {

/// Tissue of a quad in a layer: a function of block, side, layer and variant only, so it is the same for every mesh of a family.
Tissue tissue_of(const SectionQuad& q, int layer, const LayerPlan& plan, PiriformisVariant variant);

/// Unit fibre direction of a cell: along the limb; the piriformis runs across, the gluteus downwards and outwards.
/// @param along  unit, along the limb  @param axes  of the section (AnatomyMesh::section_axes)
Vec3 fibre_of(Tissue tissue, const Vec3& along, const Mat3d& axes);

}  // namespace nerveload
