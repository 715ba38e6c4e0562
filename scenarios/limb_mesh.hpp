#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// How much of a limb is meshed. Its planes of symmetry are x = 0 (the middle of its length) and y = 0 (through the bone's centre).
enum class LimbPart { whole, half, quarter };

/// A straight piece of a limb along x with a rigid bone as a round hole, and concentric layers. The side that something presses on is +z; there, and
/// at the middle of its length, cells are small.
struct LimbShape {
  double radius = 92.6;       ///< outer, mm: skin girth of 582 mm at mid-thigh (docs/theory/anatomy.md)
  double length = 300.0;      ///< of the whole piece, mm
  double skin = 2.0;          ///< thickness, mm; 0 = none
  double fat = 8.0;           ///< thickness, mm; 0 = none
  double bone_radius = 14.0;  ///< mm
  double bone_offset = 14.0;  ///< of the bone's axis from the limb's towards +z, mm
  LimbPart part = LimbPart::quarter;
  int skin_cells = 1, fat_cells = 3, muscle_cells = 8;  ///< through the layers
  int length_cells = 14;                                ///< over half of the length
  int girth_cells = 20;                                 ///< over half of the girth
  double grading = 4.0;                                 ///< of lengths of cells, the last to the first, along half the girth and half the length

  double muscle_radius() const { return radius - skin - fat; }  ///< of the fascia, mm
};

/// Hexahedra of that limb; regions muscle, fat, skin (those that there are). Node sets bone, skin, fascia (between muscle and fat), ends (the cuts),
/// all, and symmetry_x, symmetry_y where a plane of symmetry cuts it; facet sets of the same names but all, outward, fascia's away from the bone.
/// The limb's half is y ≥ 0, its quarter also x ≥ 0. Needs a bone well inside the muscle: |offset| + bone radius < muscle radius.
Mesh limb_mesh(const LimbShape& shape);

}  // namespace nerveload
