#include "scenarios/force_search.hpp"

#include <algorithm>
#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

constexpr int curve_trials = 4;             ///< after them the curve is not trusted any more
constexpr double least_difference = 100.0;  ///< mN; small forces need not be told apart more closely

}  // namespace

ForceSearch::ForceSearch(std::vector<LoadPoint> curve, double most, double tolerance)
    : curve_(std::move(curve)), most_(most), tolerance_(tolerance), next_(most) {
  NL_EXPECT(most > 0.0 && tolerance > 0.0, "a greatest force and a tolerance");
  if (curve_.size() < 2) return;
  pose_ = curve_.front().utilisation;
  next_ = curve_crossing(1.0);
}

double ForceSearch::on_curve(double force) const {
  for (std::size_t k = 1; k < curve_.size(); ++k) {
    const LoadPoint &a = curve_[k - 1], &b = curve_[k];
    if (force <= b.force || k + 1 == curve_.size())
      return a.utilisation + (b.utilisation - a.utilisation) * (force - a.force) / (b.force - a.force) - curve_.front().utilisation;
  }
  return 0.0;
}

/// Where the pose's utilisation and the scaled growth of the curve come to 1; beyond the curve it goes on straight.
double ForceSearch::curve_crossing(double scale) const {
  const double wanted = (1.0 - pose_) / scale;
  for (std::size_t k = 1; k < curve_.size(); ++k) {
    const double a = curve_[k - 1].utilisation - curve_.front().utilisation, b = curve_[k].utilisation - curve_.front().utilisation;
    const bool last = k + 1 == curve_.size();
    if (!(b > a) || (b < wanted && !last)) continue;
    return std::min(most_, curve_[k - 1].force + (curve_[k].force - curve_[k - 1].force) * (wanted - a) / (b - a));
  }
  return most_;
}

double ForceSearch::between() const {
  const double t = (1.0 - below_.utilisation) / (above_.utilisation - below_.utilisation);
  return below_.force + t * (above_.force - below_.force);
}

void ForceSearch::add(LoadPoint found) {
  ++found_;
  const bool over = found.utilisation >= 1.0;
  if (over && (above_.force == 0.0 || found.force < above_.force)) above_ = found;
  if (!over && found.force > below_.force && (above_.force == 0.0 || found.force < above_.force)) below_ = found;
  if (above_.force == 0.0 && below_.force >= most_ * (1.0 - 1e-9)) {
    done_ = true;
    return;
  }
  if (below_.force == 0.0) below_ = {0.0, pose_};
  const double low = below_.force, high = above_.force > 0.0 ? above_.force : most_;
  const double scale = curve_.size() < 2 ? 0.0 : (found.utilisation - pose_) / on_curve(found.force);
  double next = 0.0;
  if (found_ <= curve_trials && scale > 0.0 && std::isfinite(scale)) next = curve_crossing(scale);
  const bool inside = next > low && (next < high || (above_.force == 0.0 && next <= high));
  if (!inside) next = above_.force > 0.0 ? between() : most_;
  // A chord of a curve that bends approaches from one side only: halving now and then closes the other.
  if (above_.force > 0.0 && found_ > curve_trials && found_ % 3 == 0) next = 0.5 * (low + high);
  next_ = next;
  const double near = std::max(tolerance_ * next, least_difference);
  const bool close = std::abs(found.force - next) <= near && next<most_, bracketed = above_.force> 0.0 && high - low <= near;
  if (!close && bracketed) next_ = between();
  done_ = reached_ = close || bracketed;
}

}  // namespace nerveload
