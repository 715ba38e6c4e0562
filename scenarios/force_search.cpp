#include "scenarios/force_search.hpp"

#include <algorithm>
#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

constexpr int curve_trials = 4;             ///< after them the curve is not trusted any more
constexpr double least_difference = 100.0;  ///< mN; small forces need not be told apart more closely
constexpr double LoadPoint::*figures_of_load[] = {&LoadPoint::utilisation, &LoadPoint::other};

}  // namespace

ForceSearch::ForceSearch(std::vector<LoadPoint> curve, double most, double tolerance)
    : curve_(std::move(curve)), most_(most), tolerance_(tolerance), next_(most) {
  NL_EXPECT(most > 0.0 && tolerance > 0.0, "a greatest force and a tolerance");
  if (curve_.size() < 2) return;
  pose_ = curve_.front();
  for (const Figure f : figures_of_load) next_ = std::min(next_, crossing_on_curve(f, 1.0));
}

/// How much a figure of the curve has grown since the pose.
double ForceSearch::growth_on_curve(Figure f, double force) const {
  for (std::size_t k = 1; k < curve_.size(); ++k) {
    const LoadPoint &a = curve_[k - 1], &b = curve_[k];
    if (force <= b.force || k + 1 == curve_.size()) return a.*f + (b.*f - a.*f) * (force - a.force) / (b.force - a.force) - curve_.front().*f;
  }
  return 0.0;
}

/// Where the pose's figure and the scaled growth of the curve's come to 1; beyond the curve it goes on straight.
double ForceSearch::crossing_on_curve(Figure f, double scale) const {
  const double wanted = (1.0 - pose_.*f) / scale;
  for (std::size_t k = 1; k < curve_.size(); ++k) {
    const double a = curve_[k - 1].*f - curve_.front().*f, b = curve_[k].*f - curve_.front().*f;
    const bool last = k + 1 == curve_.size();
    if (!(b > a) || (b < wanted && !last)) continue;
    return std::min(most_, curve_[k - 1].force + (curve_[k].force - curve_[k - 1].force) * (wanted - a) / (b - a));
  }
  return most_;
}

/// Where the first figure comes to 1, each growing as on the curve, only faster or slower; straight where the curve knows of no growth.
double ForceSearch::expected_from(const LoadPoint& found) const {
  double first = most_;
  for (const Figure f : figures_of_load) {
    const double grown = found.*f - pose_.*f, scale = grown / growth_on_curve(f, found.force);
    if (!(grown > 0.0)) continue;
    const bool known = scale > 0.0 && std::isfinite(scale);
    first = std::min(first, known ? crossing_on_curve(f, scale) : found.force * (1.0 - pose_.*f) / grown);
  }
  return first;
}

/// Where the first figure comes to 1 on straight lines between the two sides.
double ForceSearch::between() const {
  double first = above_.force;
  for (const Figure f : figures_of_load)
    if (above_.*f >= 1.0) first = std::min(first, below_.force + (above_.force - below_.force) * (1.0 - below_.*f) / (above_.*f - below_.*f));
  return first;
}

void ForceSearch::add(LoadPoint found) {
  ++found_;
  const bool over = found.largest() >= 1.0;
  if (over && (above_.force == 0.0 || found.force < above_.force)) above_ = found;
  if (!over && found.force > below_.force && (above_.force == 0.0 || found.force < above_.force)) below_ = found;
  if (above_.force == 0.0 && below_.force >= most_ * (1.0 - 1e-9)) {
    done_ = true;
    return;
  }
  if (below_.force == 0.0) below_ = {0.0, pose_.utilisation, pose_.other};
  const double low = below_.force, high = above_.force > 0.0 ? above_.force : most_;
  double next = found_ <= curve_trials && curve_.size() > 1 ? expected_from(found) : 0.0;
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
