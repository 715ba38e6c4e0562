#pragma once
#include <algorithm>
#include <vector>

namespace nerveload {

/// A force and how near it brings the nerve to a level; 1 = reached.
struct LoadPoint {
  double force = 0.0;
  double utilisation = 0.0;
  double other = 0.0;  ///< by a second figure with a law of its own (stretch beside pressure); the greater of the two counts
  double largest() const { return std::max(utilisation, other); }
};

/// Finds the least force at which a level is reached, where one force costs a solve and a coarser mesh has told beforehand how utilisation
/// grows. Its curve, each figure scaled to what was found of it, gives the next force; what was found on both sides of the level keeps it from
/// straying.
class ForceSearch {
 public:
  /// @param curve      of the coarser mesh: ascending forces, the pose (no force) first; fewer than two points = not known
  /// @param most       greatest force of interest
  /// @param tolerance  how far the last force solved may lie from the answer, as a part of it
  ForceSearch(std::vector<LoadPoint> curve, double most, double tolerance = 0.01);

  static constexpr int most_forces = 12;  ///< tried before the search is given up

  /// Utilisation of the pose on the wanted mesh; the coarser mesh's until then.
  void set_pose(LoadPoint pose) { pose_ = pose; }
  void add(LoadPoint found);
  /// The force to solve for; meaningless once done.
  double next() const { return next_; }
  bool done() const { return done_; }
  /// With done: the level is reached at `next`; else not even at the greatest force.
  bool reached() const { return reached_; }

 private:
  using Figure = double LoadPoint::*;
  double growth_on_curve(Figure figure, double force) const;
  double crossing_on_curve(Figure figure, double scale) const;
  double expected_from(const LoadPoint& found) const;
  double between() const;

  std::vector<LoadPoint> curve_;
  double most_, tolerance_, next_;
  LoadPoint pose_, below_, above_;  ///< the two: nearest found on either side of the level; no force = none
  int found_ = 0;
  bool done_ = false, reached_ = false;
};

}  // namespace nerveload
