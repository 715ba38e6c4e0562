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
  /// Nodes of a cell so that its volume stays positive: a mirror turns the faces over, so top and bottom change places.
  Hex operator()(const Hex& h) const { return mirrored ? Hex{h[4], h[5], h[6], h[7], h[0], h[1], h[2], h[3]} : h; }
  /// Corners of a facet so that its normal still points outwards.
  Quad operator()(const Quad& q) const { return mirrored ? Quad{q[3], q[2], q[1], q[0]} : q; }
};

}  // namespace nerveload
