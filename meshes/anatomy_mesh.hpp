#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "meshes/anatomy_shape.hpp"
#include "solver/mesh.hpp"

namespace nerveload {

struct SweptSections;  // meshes/sweep.hpp

/// Tissues of the leg; the mesh's regions are numbered in this order and named by `to_string`.
enum class Tissue {
  skin,
  fat,
  gluteus_maximus,
  hamstrings,
  piriformis,
  deep_rotators,
  quadriceps_adductors,
  deep_muscle,
  hamstring_tendon,
  fascicles,
  epineurium,
  paraneurium
};
inline constexpr int tissue_count = 12;
const char* to_string(Tissue tissue);

/// The nerve's cross-section on one section of the mesh.
struct NerveSection {
  double station_mm;              ///< along the neutral path, zero at the level of the ischial tuberosity, distal positive
  Vec3 centre;                    ///< mm
  Vec3 tangent;                   ///< unit, distal, along the posed path
  Vec3 width_dir, thickness_dir;  ///< unit, axes of the section
  double width_mm, thickness_mm;  ///< full axes of the nerve (epineurium's outside)
  std::vector<int> nodes;         ///< of the solid in the section
  std::vector<double> weights;    ///< area weights, sum 1: the section's mean displacement is Σ weight · u
};

/// Cells of the nerve between two neighbouring sections.
struct NerveLayer {
  std::vector<int> cells;  ///< fascicles and epineurium
  std::vector<int> paraneurium_cells;
};

struct NerveGeometry {
  std::vector<NerveSection> sections;  ///< proximal first
  std::vector<NerveLayer> layers;      ///< one fewer
};

/// A facet of the fascia lata, between muscle and fat.
struct FasciaFacet {
  Quad nodes;
  Vec3 along;  ///< unit, along the limb
};

/// A cell of the superficial muscles (gluteus maximus, hamstrings, quadriceps and adductors) that lies against the deeper ones.
struct MusclePlaneCell {
  int cell;
  Vec3 normal;      ///< of the face against the deep muscles, unit, outwards
  double depth_mm;  ///< of the cell along it
};

/// Quality of the mesh as the gate sees it.
struct MeshQuality {
  double min_scaled_jacobian = 0.0;  ///< over all cells, eight corners and centre
  double first_percentile = 0.0;
  double min_near_roller = 0.0;         ///< within 60 mm of the line from the roller's contact to the nerve
  double longest_near_roller_mm = 0.0;  ///< longest step between sections at the nerve within 60 mm of the roller's station
  int worst_cell = -1, worst_section = -1;
  double worst_outline_mm = 0.0;  ///< largest distance of a bone's polygon from its ellipse
  double impingement_mm = 0.0;    ///< how far the clearance rules moved ischium and femur apart
};

/// A posed leg: hexahedra swept along the nerve's path from the sacrum to the popliteal fossa.
/// World frame: origin in the hip-joint centre, x lateral, y posterior, z superior (pelvis upright), mm.
/// Node sets: bone_femur, bone_pelvis (held), anterior_cut (held dummy of the pelvis' front), medial_plane (symmetry, normal x),
/// end_top (normal z), end_bottom (normal end_bottom_normal). Facet set: skin (what a roller may touch: no held skin).
struct AnatomyMesh {
  Mesh mesh;
  std::vector<Tissue> tissue_of_cell;
  NerveGeometry nerve;
  std::vector<FasciaFacet> fascia;
  std::vector<MusclePlaneCell> muscle_plane;  ///< all around and along the limb
  std::vector<Vec3> thickness_dir;            ///< per cell, unit: through the thickness of the layer the cell belongs to
  Vec3 end_bottom_normal = Vec3::UnitZ();
  MeshQuality quality;
  std::string family;  ///< site family: one connectivity each
  int sections = 0, nodes_per_section = 0;
  std::vector<double> section_station_mm;           ///< per section, of the nerve there
  std::vector<Mat3d> section_axes;                  ///< per section, columns ξ (lateral), η (posterior), ζ (proximal normal)
  std::shared_ptr<const SweptSections> swept;       ///< start of a warm build for a similar person or pose
  std::vector<std::vector<int>> skin_nodes;         ///< per section, around the limb, counter-clockwise in (ξ, η)
  std::vector<std::vector<Vec3>> bone_outlines[2];  ///< pelvis, femur: outline per section that has it, for drawing
  Vec3 piriformis_thickness_dir(int cell) const { return thickness_dir[cell]; }
};

/// A pose or person that the mesh cannot carry; `what()` names section, measure and limit.
struct MeshRefusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a similar leg is good for.
enum class Likeness {
  start,  ///< every section starts at its fellow: the same mesh, sooner
  follow  ///< the mesh moves away from the similar leg's as the march's minima do, without being relaxed and lifted anew: smooth in the shape, for derivatives
};

/// Builds the mesh. @throws MeshRefusal when the quality gate refuses (impossible pose)
/// @param neighbour  mesh of a similar person or pose; of no use where it is of another family
AnatomyMesh build_anatomy(const AnatomyShape& shape, const AnatomyMesh* neighbour = nullptr, Likeness likeness = Likeness::start);

/// A point of the skin: where a roller at a station, azimuth and lateral offset first meets the limb.
struct SkinPoint {
  Vec3 position;       ///< mm
  Vec3 inward_normal;  ///< unit
  Vec3 limb_tangent;   ///< unit, distal
};
/// @param station_mm  along the nerve's path  @param azimuth_rad  around the limb from straight behind the nerve, lateral positive
/// @param lateral_offset_mm  along the skin from there, lateral positive
SkinPoint skin_at(const AnatomyMesh& anatomy, double station_mm, double azimuth_rad = 0.0, double lateral_offset_mm = 0.0);

}  // namespace nerveload
