#pragma once
#include <Eigen/Sparse>
#include <array>
#include <vector>

#include "meshes/corner_energy.hpp"
#include "meshes/section_curves.hpp"

namespace nerveload {

/// Holds the nodes of a section near places in it: per node ½ w r² (1 + κ/3 (r/d)⁴), r = |x − target|, d the distance
/// to the section that it comes from. Cells between the two that slant by more than about 45° are held back out of
/// proportion, so that nodes wander over many sections instead of leaping between two.
struct Pull {
  static constexpr double steepness = 0.6;  ///< κ
  std::vector<Vec2> target;
  std::vector<double> weight;    ///< w, 1/mm²
  std::vector<double> distance;  ///< d, mm
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

/// A loop of nodes that slide on one curve, with how strongly they keep their spacing and their place.
struct SlidingLoop {
  Binding binding;
  int first = 0, count = 0;  ///< unknowns
  double spacing = 0.0, anchor = 0.0;
  const std::vector<double> SectionCurves::*rest;
};

/// The energy that a section's nodes minimise, over its unknowns: coordinates of free nodes, curve parameters of
/// sliding ones. Corner energies of all quadrilaterals with a weak pull of their edges, springs of the sliding nodes
/// and of the piriformis' faces, and perhaps a pull towards neighbours. What does not depend on the person or the pose
/// is found once.
class SectionEnergy {
 public:
  SectionEnergy(const SectionTopology& topology, const Divisions& divisions);

  const SectionTopology& topology() const { return topology_; }
  int unknowns() const { return count_; }
  /// First unknown of a node, −1 = fixed.
  int unknown_of(int node) const { return unknown_of_[node]; }
  const std::vector<SlidingLoop>& loops() const { return loops_; }
  /// Lower triangle of the Hessian in elimination order, and which place of that order an unknown has.
  const Eigen::SparseMatrix<double>& pattern() const { return pattern_; }
  const Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int>& order() const { return order_; }

  /// Sliding nodes at rest, free nodes at zero.
  Eigen::VectorXd rest(const SectionCurves& curves) const;
  void place(const SectionCurves& curves, const Eigen::VectorXd& q, std::vector<CurvePoint>& x) const;
  /// Least area spanned by a corner's two edges, mm².
  double least_area(const std::vector<CurvePoint>& x) const;
  /// Energy at q; +infinity where a corner is inverted and the barrier is hard. Leaves the nodes' places in x.
  double value(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool hard,
               std::vector<CurvePoint>& x) const;
  /// Gradient, and Hessian in the pattern. `project` makes every corner's part positive semi-definite.
  void derivatives(const SectionCurves& curves, const Pull* pull, const Eigen::VectorXd& q, const CornerEnergy& law, bool project,
                   const std::vector<CurvePoint>& x, Eigen::VectorXd& gradient, Eigen::SparseMatrix<double>& H) const;

 private:
  /// Local unknowns of a quad: corner and component (−1 = curve parameter).
  struct Entry {
    int unknown, corner, component;
  };
  struct QuadPlan {
    int count = 0;
    std::array<Entry, 8> entry;
    std::array<int, 64> place;  ///< of entry pair (i, j) among the pattern's values, −1 = upper triangle
  };
  void number_unknowns(double bone_spacing);
  void build_pattern(double spacing);
  int entries_of(const SectionQuad& q, std::array<Entry, 8>& e) const;
  int value_index(int a, int b) const;
  template <class Visit>
  void for_each_spring(const SectionCurves& curves, const Eigen::VectorXd& q, Visit&& visit) const;
  void add_pull(const Pull& pull, const std::vector<CurvePoint>& x, bool project, Eigen::VectorXd& gradient, Eigen::SparseMatrix<double>& H) const;

  const SectionTopology& topology_;
  std::vector<int> unknown_of_;
  std::vector<SlidingLoop> loops_;
  int count_ = 0;
  Eigen::SparseMatrix<double> pattern_;
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> order_;
  std::vector<QuadPlan> plans_;
  /// Per quad, weight of ½ Σ |edge|² / (4 spacing²); 0 where thin layers are prescribed.
  std::vector<double> evenness_;
};

}  // namespace nerveload
