#pragma once
#include <Eigen/Sparse>
#include <memory>
#include <vector>

#include "meshes/section_energy.hpp"

namespace nerveload {

/// Node positions of one section that minimise a shape energy between prescribed curves.
struct SectionSolution {
  std::shared_ptr<const SectionCurves> curves;  ///< that bound nodes lie on
  Eigen::VectorXd unknowns;                     ///< free coordinates and curve parameters: a start for a neighbour or another person
  std::vector<Vec2> x;                          ///< per node, (ξ, η)
  Eigen::VectorXd drift;                        ///< unknowns less their start, of a solution from a neighbour
  bool converged = false;
  int iterations = 0;
};

/// How a section on the way to another one is solved.
struct Approach {
  bool untangled_only = false;  ///< leave it unsolved where its start is not valid
  bool loose = false;           ///< it only serves as a start: to 0.05 mm
  double ahead = 0.0;           ///< share of the neighbour's own drift that the start takes on
};

/// Minimises, over free nodes and nodes that slide on their curves,
///   Σ_quads ¼ Σ_corners [ |J|²/2χ − 1 + w_s y + w_q y² ], y = |e|²|f|²/χ² − 1,  + spacing and anchor terms of the
///   sliding nodes
///     + springs that hold the faces of the piriformis + the pull towards a neighbour,
/// χ(D) a barrier for the corner's area D. Newton with the exact Hessian, mixed with a projected one where that is
/// indefinite. Sliding is what makes every person and pose possible: nodes fixed on their curves invert
/// (docs/theory/mesh.md).
class SectionSolver {
 public:
  SectionSolver(const SectionTopology& topology, const Divisions& divisions);
  ~SectionSolver();
  /// From nothing: a harmonic guess, untangled.
  SectionSolution solve(const SectionShape& shape) const;
  /// From the solution of a similar section (a neighbour, or the same one of a similar person or pose): free nodes
  /// follow the curves harmonically, then Newton.
  SectionSolution solve(const SectionShape& shape, const SectionSolution& start, const Pull& pull, const Approach& approach = {}) const;
  /// A few Newton iterations from a valid solution of the same section; never worse, seldom converged.
  SectionSolution improve(const SectionSolution& start, const Pull& pull, int iterations) const;
  int unknowns() const;
  const SectionTopology& topology() const;
  const SectionEnergy& energy() const;
  const Divisions& divisions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nerveload
