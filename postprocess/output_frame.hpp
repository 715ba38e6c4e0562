#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// From the mesh's axes to those of every written file: x to the person's left, y to the back, z up (DICOM's LPS), mm.
/// The mesh's x points to the side of the leg, so a left leg is written as it is and a right one mirrored
/// (docs/decisions/0006-output-frame.md).
struct OutputFrame {
  bool mirrored = true;  ///< a right leg
  Vec3 operator()(const Vec3& v) const { return mirrored ? Vec3(-v.x(), v.y(), v.z()) : v; }
  /// Sign of a component of a symmetric tensor in the order XX YY ZZ XY YZ XZ.
  double sign(int component) const { return mirrored && (component == 3 || component == 5) ? -1.0 : 1.0; }
  /// Nodes of a cell so that its volume stays positive: a mirror turns the faces over, so top and bottom of a hexahedron change places.
  Cell operator()(const Cell& c) const {
    if (!mirrored) return c;
    if (c.size() == 8) return Hex{c[4], c[5], c[6], c[7], c[0], c[1], c[2], c[3]};
    if (c.size() == 4) return std::array{c[1], c[0], c[2], c[3]};
    return std::array{c[1], c[0], c[2], c[3], c[4], c[6], c[5], c[8], c[7], c[9]};
  }
  /// Corners of a facet so that its normal still points outwards.
  Facet operator()(const Facet& f) const {
    if (!mirrored) return f;
    if (f.size() == 4) return Quad{f[3], f[2], f[1], f[0]};
    if (f.size() == 3) return std::array{f[2], f[1], f[0]};
    return std::array{f[2], f[1], f[0], f[4], f[3], f[5]};
  }
};

}  // namespace nerveload
