#pragma once
#include "meshes/section_shape.hpp"
#include "meshes/section_topology.hpp"

namespace nerveload {

/// Everything prescribed about a section's nodes: the curves that nodes slide on, their parameters at rest, fixed skin nodes.
class SectionCurves {
 public:
  SectionCurves(const SectionTopology& topology, const Divisions& divisions, const SectionShape& shape);
  /// Position of a bound node at curve parameter t (unused for skin nodes) with derivatives in t.
  CurvePoint at(const SectionNode& node, double t) const;
  /// Curve parameters at rest, per loop.
  std::vector<double> medial_rest, lateral_rest, nerve_rest, muscle_rest;
  const SectionShape& shape() const { return shape_; }

 private:
  void place_skin(const SectionTopology& topology, double finest);
  SectionShape shape_;
  Ellipse medial_, lateral_, nerve_;  ///< carry the nodes: slightly larger, so that the polygons have the right areas
  int paraneurium_rings_;
  std::vector<Vec2> outside_, inside_;
};

}  // namespace nerveload
