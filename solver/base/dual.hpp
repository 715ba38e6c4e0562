#pragma once
#include <cmath>

namespace nerveload {

/// Forward-mode dual number: a value and its derivative in one direction. It proves stresses and tangents to rounding error.
struct Dual {
  double value = 0.0, slope = 0.0;
  Dual() = default;
  Dual(double v) : value(v) {}  // NOLINT: constants enter formulas as they stand
  Dual(double v, double s) : value(v), slope(s) {}
  Dual& operator+=(Dual o) { return *this = Dual(value + o.value, slope + o.slope); }
  Dual& operator-=(Dual o) { return *this = Dual(value - o.value, slope - o.slope); }
  Dual& operator*=(Dual o) { return *this = Dual(value * o.value, slope * o.value + value * o.slope); }
  Dual& operator/=(Dual o) { return *this = Dual(value / o.value, (slope * o.value - value * o.slope) / (o.value * o.value)); }
  friend Dual operator+(Dual a, Dual b) { return a += b; }
  friend Dual operator-(Dual a, Dual b) { return a -= b; }
  friend Dual operator*(Dual a, Dual b) { return a *= b; }
  friend Dual operator/(Dual a, Dual b) { return a /= b; }
  friend Dual operator-(Dual a) { return {-a.value, -a.slope}; }
  friend bool operator<(Dual a, Dual b) { return a.value < b.value; }
  friend bool operator>(Dual a, Dual b) { return a.value > b.value; }
  friend bool operator>=(Dual a, Dual b) { return a.value >= b.value; }
  friend Dual sqrt(Dual a) {
    const double r = std::sqrt(a.value);
    return {r, 0.5 * a.slope / r};
  }
  friend Dual exp(Dual a) { return {std::exp(a.value), std::exp(a.value) * a.slope}; }
  friend Dual log(Dual a) { return {std::log(a.value), a.slope / a.value}; }
  friend Dual abs(Dual a) { return a.value < 0 ? -a : a; }
};

}  // namespace nerveload
