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
  Eigen::VectorXd drift;     ///< unknowns less their start, of a solution from a neighbour
  bool converged = false;
  int iterations = 0;
};

/// Holds the nodes of a section near places in it: per node ½ w r² (1 + κ/3 (r/d)⁴), r = |x − target|, d the distance to the
/// section that it comes from. Cells between the two that slant by more than about 45° are held back out of proportion, so
/// that nodes wander over many sections instead of leaping between two.
struct Pull {
  static constexpr double steepness = 0.6;  ///< κ
  std::vector<Vec2> target;
  std::vector<double> weight;               ///< w, 1/mm²
  std::vector<double> distance;             ///< d, mm
  double energy(std::size_t n, const Vec2& r) const {
    const double slant = r.squaredNorm() / (distance[n] * distance[n]);
    return 0.5 * weight[n] * r.squaredNorm() * (1.0 + steepness / 3.0 * slant * slant);
  }
  void derivatives(std::size_t n, const Vec2& r, Vec2& gradient, Mat2& hessian) const {
    const double dd = distance[n] * distance[n], slant = r.squaredNorm() / dd, factor = 1.0 + steepness * slant * slant;
    gradient = weight[n] * factor * r;
    hessian = weight[n] * (factor * Mat2::Identity() + 4.0 * steepness * slant / dd * r * r.transpose());
  }
};

/// How a section on the way to another one is solved.
struct Approach {
  bool untangled_only = false;  ///< leave it unsolved where its start is not valid
  bool loose = false;           ///< it only serves as a start: to 0.05 mm
  double ahead = 0.0;           ///< share of the neighbour's own drift that the start takes on
};

/// Minimises, over free nodes and nodes that slide on their curves,
///   Σ_quads ¼ Σ_corners [ |J|²/2χ − 1 + w_s y + w_q y² ], y = |e|²|f|²/χ² − 1,  + spacing and anchor terms of the sliding nodes
///     + springs that hold the faces of the piriformis + the pull towards a neighbour,
/// χ(D) a barrier for the corner's area D. Newton with the exact Hessian, mixed with a projected one where that is indefinite.
/// Sliding is what makes every person and pose possible: nodes fixed on their curves invert (docs/theory/mesh.md).
class SectionSolver {
 public:
  SectionSolver(const SectionTopology& topology, const Divisions& divisions);
  ~SectionSolver();
  /// From nothing: a harmonic guess, untangled.
  SectionSolution solve(const SectionShape& shape) const;
  /// From the solution of a similar section (a neighbour, or the same one of a similar person or pose): free nodes follow the
  /// curves harmonically, then Newton.
  SectionSolution solve(const SectionShape& shape, const SectionShape& start_shape, const SectionSolution& start,
                        const Pull& pull, const Approach& approach = {}) const;
  int unknowns() const;
  const SectionTopology& topology() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nerveload
