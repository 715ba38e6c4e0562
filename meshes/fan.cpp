#include "meshes/fan.hpp"

#include <array>

namespace nerveload {
namespace {

/// 8-point Gauss–Legendre on each of n pieces of [a, b].
template <class Value, class F>
Value integrate(double a, double b, int n, Value sum, F&& f) {
  constexpr std::array<double, 4> x{0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363};
  constexpr std::array<double, 4> w{0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};
  const double h = 0.5 * (b - a) / n;
  for (int i = 0; i < n; ++i) {
    const double middle = a + (2 * i + 1) * h;
    for (int q = 0; q < 4; ++q) sum += h * w[q] * (f(middle - h * x[q]) + f(middle + h * x[q]));
  }
  return sum;
}

}  // namespace

Fan::Fan(const JointAngles& angles) : rotation_(split_swing_twist(thigh_rotation(angles))) {
  // Twice the fan's length in s spans the two rigid ends: a (1 + cos ψ) along the pelvis' axis.
  const double span = integrate(-reach_, reach_, 8, 0.0, [&](double s) { return std::cos(rotation_.swing * share(s)); });
  advance_ = reach_ * (1.0 + std::cos(rotation_.swing)) / span;
}

double Fan::share(double s) const {
  const double full = 1.0 / (2.0 * reach_ - edge_);
  return full * (smooth_step_integral(s, -reach_, -reach_ + edge_) - smooth_step_integral(s, reach_ - edge_, reach_));
}

double Fan::share_rate(double s) const {
  return (smooth_step(s, -reach_, -reach_ + edge_) - smooth_step(s, reach_ - edge_, reach_)) / (2.0 * reach_ - edge_);
}

Vec3 Fan::origin(double s) const {
  const Vec3 top(0.0, 0.0, reach_);
  const double inside = std::clamp(s, -reach_, reach_);
  const Vec3 at =
      integrate(-reach_, inside, 8, top, [&](double x) -> Vec3 { return advance_ * (rotation_.partial(share(x), 0.0) * -Vec3::UnitZ()); });
  return at + (s - inside) * (rotation_.partial(share(s), 0.0) * -Vec3::UnitZ());
}

SectionFrame Fan::frame(double s) const { return {origin(s), rotation_.partial(share(s - plane_lag_), smooth_step(s, -70.0, 260.0))}; }

double Fan::stretch(double s, double behind) const {
  return (std::abs(s) < reach_ ? advance_ : 1.0) + rotation_.swing * share_rate(s - plane_lag_) * behind;
}

}  // namespace nerveload
