#pragma once
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace nerveload {

using Vec2 = Eigen::Vector2d;
using Mat2 = Eigen::Matrix2d;

/// A point of a parametrised curve with its first two derivatives.
struct CurvePoint {
  Vec2 x, first, second;
};

/// Ellipse x(t) = centre + S (cos t, sin t) with S symmetric positive definite: no axis angle, so it passes smoothly
/// through a circle.
struct Ellipse {
  Vec2 centre = Vec2::Zero();
  Mat2 S = Mat2::Identity();
  CurvePoint at(double t) const {
    const Vec2 e(std::cos(t), std::sin(t)), d(-std::sin(t), std::cos(t));
    return {centre + S * e, S * d, -S * e};
  }
  /// Support function: how far the ellipse reaches from its centre along the unit vector e.
  double reach(const Vec2& e) const { return (S * e).norm(); }
  double area() const { return M_PI * S.determinant(); }
  /// The ellipse with both semi-axes grown by d.
  Ellipse grown(double d) const { return {centre, S + d * Mat2::Identity()}; }
};

/// Superellipse with half-widths a, b about a centre in polar form:  x(φ) = centre + r(φ)(cos φ, sin φ),
/// r = (|cos φ/a|^m + |sin φ/b|^m)^(−1/m), m ≥ 2.
struct Superellipse {
  Vec2 centre = Vec2::Zero();
  double a = 1.0, b = 1.0, m = 2.0;
  CurvePoint at(double phi) const;
  /// Posterior (positive second coordinate) point at a given first coordinate.
  double posterior(double x) const {
    const double u = std::min(std::abs((x - centre[0]) / a), 0.999);
    return centre[1] + b * std::pow(1.0 - std::pow(u, m), 1.0 / m);
  }
};

inline CurvePoint Superellipse::at(double phi) const {
  const double c = std::cos(phi), s = std::sin(phi);
  const double pc = std::pow(std::abs(c) / a, m), ps = std::pow(std::abs(s) / b, m);
  // With g = |c/a|^m + |s/b|^m:  (|c|^m)' = −m |c|^m s/c  and so on; written without division where |c|^(m−2) is regular.
  const double qc = std::pow(std::abs(c), m - 2.0) / std::pow(a, m), qs = std::pow(std::abs(s), m - 2.0) / std::pow(b, m);
  const double g = pc + ps, g1 = m * s * c * (qs - qc);
  const double g2 = m * ((m - 1.0) * (qs * c * c + qc * s * s) - (ps + pc));
  const double r = std::pow(g, -1.0 / m), l1 = -g1 / (m * g), l2 = -(g2 / g - g1 * g1 / (g * g)) / m;
  const double r1 = r * l1, r2 = r * (l2 + l1 * l1);
  const Vec2 e(c, s), d(-s, c);
  return {centre + r * e, r1 * e + r * d, (r2 - r) * e + 2.0 * r1 * d};
}

/// A layer around a superellipse: its sum with an oval whose quadrants have the semi-axes lateral or medial, posterior or
/// anterior. Convex, never thinner than the least of the four and never beyond them, whatever they are.
///   x(φ) = border(φ) + (w(n₁) n₁, h(n₂) n₂),  n the border's outward normal, w and h blended smoothly between the sides
struct Layer {
  Superellipse border;
  double lateral = 1.0, medial = 1.0, posterior = 1.0, anterior = 1.0;  ///< thickness, mm > 0
  /// Position and first derivative (the second is left zero).
  CurvePoint at(double phi) const;

 private:
  /// n·t(n) for a thickness t that goes from `low` (n < 0) to `high`, with its derivative.
  static Vec2 side(double n, double low, double high) {
    const double t = std::clamp(1.25 * n + 0.5, 0.0, 1.0);
    const double u = t * t * t * (10.0 - t * (15.0 - 6.0 * t)), rate = 37.5 * t * t * (1.0 - t) * (1.0 - t);
    const double thickness = low + u * (high - low);
    return {n * thickness, thickness + n * rate * (high - low)};
  }
};

inline CurvePoint Layer::at(double phi) const {
  const CurvePoint m = border.at(phi);
  const double speed = m.first.norm();
  const Vec2 along = m.first / speed, normal(along[1], -along[0]);
  const double turn = (m.first[0] * m.second[1] - m.first[1] * m.second[0]) / (speed * speed);
  const Vec2 u = side(normal[0], medial, lateral), v = side(normal[1], anterior, posterior);
  return {m.x + Vec2(u[0], v[0]), m.first + turn * Vec2(u[1] * along[0], v[1] * along[1]), Vec2::Zero()};
}

}  // namespace nerveload
