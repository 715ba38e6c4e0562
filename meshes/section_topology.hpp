#pragma once
#include <array>
#include <string>
#include <vector>

#include "meshes/anatomy_shape.hpp"

namespace nerveload {

/// How many cells go where in a section (docs/theory/mesh.md). Columns run from medial to lateral, rows from anterior to
/// posterior; column 1 × rows 3–4 is the medial inclusion, column 3 × row 3 the nerve, column 4 × row 1 the lateral bone.
struct Divisions {
  std::array<int, 6> columns;
  std::array<int, 5> rows;
  int muscle_rings, fat_rings, paraneurium_rings, fascicle_rings;
  int layers;                   ///< along the limb
  double surface_spacing;       ///< finest, mm
  int relaxations;              ///< rounds in which every section is drawn to both its neighbours
  int lifts;                    ///< rounds in which nodes of the worst cells move
  double untangled_mm2;         ///< corners with less area get a softened barrier: well below the smallest corner of a sound section
  double bone_spacing = 200.0;  ///< how firmly nodes on a bone's outline keep their spacing, beside the energy of the section's shape
};
Divisions divisions_of(Fidelity fidelity);

/// What a node of a section is bound to.
enum class Binding {
  free,  ///< moves in the plane
  medial,
  lateral,  ///< slides on the outline of an inclusion
  nerve,    ///< slides on an ellipse about the nerve, `layer` rings inside the outermost one
  muscle,   ///< slides on the muscle/fat border
  fat,      ///< on the straight line between a border node and its skin node, `share` of the way
  skin_inside,
  skin_outside  ///< fixed by the surface spacing
};

/// What a node moves with from section to section.
enum class Carrier { section, medial, nerve };

struct SectionNode {
  Binding binding = Binding::free;
  int index = 0;  ///< position in its loop (inclusions) or around the section (rings)
  Carrier carrier = Carrier::section;
  int layer = 0;  ///< of the nerve's rings, 0 = outermost
  double share = 0.0;
};

/// Which part of the section a quadrilateral belongs to.
enum class Part { core, row4_band, row3, medial, paraneurium, epineurium, fascicles, muscle_ring, fat, skin };
struct SectionQuad {
  std::array<int, 4> nodes;  ///< counter-clockwise in (ξ, η)
  Part part = Part::core;
  int column = -1, row = -1;  ///< block of the lattice for core parts
  int side = -1;              ///< of a ring: 0 anterior, 1 lateral, 2 posterior, 3 medial
  int ring = -1;              ///< of muscle, fat and skin around the lattice: 0 lies against it; nodes 0 and 3 are on its inside
};

/// Connectivity of every section: the same for all persons, poses and places of one fidelity.
struct SectionTopology {
  explicit SectionTopology(const Divisions& d);
  std::vector<SectionNode> nodes;
  std::vector<SectionQuad> quads;
  std::vector<int> medial_loop, lateral_loop, nerve_loop;       ///< counter-clockwise from the lower left corner
  std::array<int, 2> medial_block, lateral_block, nerve_block;  ///< {nx, ny} of each loop
  std::vector<int> medial_inside;                               ///< nodes strictly inside the medial inclusion
  std::vector<int> nerve_nodes;                                 ///< all nodes of fascicles and epineurium
  std::vector<std::vector<int>> rings;                          ///< core border outwards: muscle … fat … skin outside
  int muscle_border_ring = 0;                                   ///< index into rings
  std::vector<int> piriformis_front, piriformis_back;           ///< lattice nodes of the band's faces over columns 2–4
  int around = 0;                                               ///< nodes of a ring
  int posterior_middle = 0;                                     ///< index in a ring
  std::vector<int> side_of;                                     ///< per ring interval
};

}  // namespace nerveload
