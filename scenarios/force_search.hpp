#pragma once
#include <vector>

namespace nerveload {

/// A force and how near it brings the nerve to a level; 1 = reached.
struct LoadPoint {
  double force = 0.0;
  double utilisation = 0.0;
};

/// Finds the least force at which a level is reached, where one force costs a solve and a coarser mesh has told beforehand how utilisation
/// grows. Its curve, scaled to what was found, gives the next force; what was found on both sides of the level keeps it from straying.
class ForceSearch {
 public:
  /// @param curve      of the coarser mesh: ascending forces, the pose (no force) first; fewer than two points = not known
  /// @param most       greatest force of interest
  /// @param tolerance  how far the last force solved may lie from the answer, as a part of it
  ForceSearch(std::vector<LoadPoint> curve, double most, double tolerance = 0.01);

  static constexpr int most_forces = 12;  ///< tried before the search is given up

  /// Utilisation of the pose on the wanted mesh; the coarser mesh's until then.
  void set_pose(double utilisation) { pose_ = utilisation; }
  void add(LoadPoint found);
  /// The force to solve for; meaningless once done.
  double next() const { return next_; }
  bool done() const { return done_; }
  /// With done: the level is reached at `next`; else not even at the greatest force.
  bool reached() const { return reached_; }

 private:
  double on_curve(double force) const;
  double curve_crossing(double scale) const;
  double between() const;

  std::vector<LoadPoint> curve_;
  double most_, tolerance_, pose_ = 0.0, next_;
  LoadPoint below_, above_;  ///< nearest found on either side of the level; no force = none
  int found_ = 0;
  bool done_ = false, reached_ = false;
};

}  // namespace nerveload
