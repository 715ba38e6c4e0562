#pragma once
#include <Eigen/Sparse>
#include <memory>
#include <vector>

#include "meshes/section_shape.hpp"
#include "meshes/section_topology.hpp"

namespace nerveload {

/// Node positions of one section that minimise a shape energy between prescribed curves.
struct SectionSolution {
  Eigen::VectorXd unknowns;  ///< free coordinates and curve parameters: a start for a neighbour or another person
  std::vector<Vec2> x;       ///< per node, (ξ, η)
  bool converged = false;
  int iterations = 0;
};

/// Minimises, over free nodes and nodes that slide on their curves,
///   Σ_quads ¼ Σ_corners [ |J|²/2χ − 1 + w_s (|e|²|f|²/χ² − 1) ] + spacing and anchor terms of the sliding nodes
///     + springs that hold the faces of the piriformis,
/// χ(D) a barrier for the corner's area D. Newton with the exact Hessian, projected where it is indefinite.
/// Sliding is what makes every person and pose possible: nodes fixed on their curves invert (docs/theory/mesh.md).
class SectionSolver {
 public:
  SectionSolver(const SectionTopology& topology, const Divisions& divisions);
  ~SectionSolver();
  /// From nothing: a harmonic guess, untangled.
  SectionSolution solve(const SectionShape& shape) const;
  /// From the solution of a similar section: free nodes follow the curves harmonically, then Newton.
  SectionSolution solve(const SectionShape& shape, const SectionShape& start_shape, const SectionSolution& start) const;
  /// From the solution of the same section for a similar person or pose.
  SectionSolution solve(const SectionShape& shape, const Eigen::VectorXd& start) const;
  int unknowns() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nerveload
