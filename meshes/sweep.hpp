#pragma once
#include <array>
#include <string>
#include <vector>

#include "meshes/section_solver.hpp"

namespace nerveload {

/// Layers of the sweep between its anchors: begin, upper and lower edge of the piriformis (at the nerve), tip of the ischium,
/// gluteal fold (at the nerve), end. The same numbers for every mesh of a site family, so its connectivity is constant.
struct LayerPlan {
  std::string family;
  std::array<int, 6> anchor;  ///< section numbers
  int piriformis_from() const { return anchor[1]; }
  int piriformis_to() const { return anchor[2]; }
  int ischium_end() const { return anchor[3]; }
  int fold() const { return anchor[4]; }
  int sections() const { return anchor[5] + 1; }
};

/// Site families by the roller's station (reference size): piriformis < −25 ≤ ischial < 60 ≤ proximal_thigh < 150 ≤ thigh.
/// @param known  of a similar leg: taken where it is this one's as well
LayerPlan layer_plan(const AnatomyShape& shape, const LayerPlan* known = nullptr);

/// s of every section: spacing finest under the roller, measured on the surface behind, through the plan's anchors.
std::vector<double> section_places(const AnatomyShape& shape, const SectionShapes& shapes, const LayerPlan& plan);

/// The sweep solved: one entry per section.
struct SweptSections {
  LayerPlan plan;
  std::vector<SectionShape> shapes;
  std::vector<SectionSolution> solutions;
  /// As the march left them, each at its own minimum. A similar leg starts from these: from what relaxing and lifting made of them it
  /// may end in another minimum than from nothing.
  std::vector<SectionSolution> marched;
  SectionSolution first;      ///< in the middle of the thigh, where the march begins
  double bone_spacing = 0.0;  ///< of the divisions it was made with
};
enum class Likeness;  // meshes/anatomy_mesh.hpp

/// Marches from the middle of the thigh to both ends in steps of at most 12 mm, halved where a section does not end converged.
/// With `similar` (the same plan for a similar person or pose) every section starts at its fellow where that start is valid.
/// @throws MeshRefusal naming the section that could not be meshed
SweptSections sweep(const std::vector<double>& places, const SectionShapes& shapes, const SectionSolver& solver, const SweptSections* similar,
                    Likeness likeness);
SweptSections sweep(const std::vector<double>& places, const SectionShapes& shapes, const SectionSolver& solver);

}  // namespace nerveload
