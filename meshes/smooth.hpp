#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "solver/base/error.hpp"

namespace nerveload {

/// Quintic smoothstep from 0 at a to 1 at b: two continuous derivatives.
inline double smooth_step(double x, double a, double b) {
  const double t = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return t * t * t * (10.0 - t * (15.0 - 6.0 * t));
}

/// ∫ smooth_step from −∞ to x.
inline double smooth_step_integral(double x, double a, double b) {
  if (x >= b) return 0.5 * (b - a) + (x - b);
  const double t = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return (b - a) * t * t * t * t * (2.5 - t * (3.0 - t));
}

/// max(x, 0) with a rounded corner of the given width.
inline double soft_plus(double x, double width) {
  const double y = x / width;
  return y > 30.0 ? x : width * std::log1p(std::exp(y));
}
inline double soft_max(double a, double b, double width) { return b + soft_plus(a - b, width); }

/// Natural cubic spline of a value type with +, − and scaling through knots of ascending abscissa; linear beyond the ends.
template <class Value>
class Spline {
 public:
  Spline() = default;
  Spline(std::vector<double> x, std::vector<Value> y) : x_(std::move(x)), y_(std::move(y)) {
    const std::size_t n = x_.size();
    NL_EXPECT(n >= 3 && y_.size() == n, "three knots or more with a value each");
    // Second derivatives from the tridiagonal system, zero at both ends.
    second_.assign(n, Value(0.0 * y_[0]));
    std::vector<double> c(n, 0.0);
    for (std::size_t i = 1; i + 1 < n; ++i) {
      const double h0 = x_[i] - x_[i - 1], h1 = x_[i + 1] - x_[i];
      const double pivot = 2.0 * (h0 + h1) - h0 * c[i - 1];
      c[i] = h1 / pivot;
      second_[i] = Value((6.0 / pivot) * ((1.0 / h1) * (y_[i + 1] - y_[i]) - (1.0 / h0) * (y_[i] - y_[i - 1])) - (h0 / pivot) * second_[i - 1]);
    }
    for (std::size_t i = n - 1; i-- > 1;) second_[i] = Value(second_[i] - c[i] * second_[i + 1]);
  }

  Value at(double x) const {
    if (x <= x_.front()) return Value(y_.front() + (x - x_.front()) * slope(x_.front()));
    if (x >= x_.back()) return Value(y_.back() + (x - x_.back()) * slope(x_.back()));
    const std::size_t i = interval(x);
    const double h = x_[i + 1] - x_[i], b = (x - x_[i]) / h, a = 1.0 - b;
    return Value(a * y_[i] + b * y_[i + 1] + (h * h / 6.0) * ((a * a * a - a) * second_[i] + (b * b * b - b) * second_[i + 1]));
  }
  Value slope(double x) const {
    x = std::clamp(x, x_.front(), x_.back());
    const std::size_t i = interval(x);
    const double h = x_[i + 1] - x_[i], b = (x - x_[i]) / h, a = 1.0 - b;
    return Value((1.0 / h) * (y_[i + 1] - y_[i]) + (h / 6.0) * ((3.0 * b * b - 1.0) * second_[i + 1] - (3.0 * a * a - 1.0) * second_[i]));
  }
  const std::vector<double>& knots() const { return x_; }

 private:
  std::size_t interval(double x) const {
    const auto it = std::upper_bound(x_.begin() + 1, x_.end() - 1, x);
    return static_cast<std::size_t>(it - x_.begin()) - 1;
  }
  std::vector<double> x_;
  std::vector<Value> y_, second_;
};

/// Monotone piecewise cubic (Fritsch–Carlson) through ascending knots: no overshoot, one continuous derivative.
class MonotoneCubic {
 public:
  MonotoneCubic() = default;
  MonotoneCubic(std::vector<double> x, std::vector<double> y) : x_(std::move(x)), y_(std::move(y)), m_(x_.size()) {
    const std::size_t n = x_.size();
    std::vector<double> d(n - 1);
    for (std::size_t i = 0; i + 1 < n; ++i) d[i] = (y_[i + 1] - y_[i]) / (x_[i + 1] - x_[i]);
    m_.front() = d.front();
    m_.back() = d.back();
    for (std::size_t i = 1; i + 1 < n; ++i) m_[i] = d[i - 1] * d[i] > 0.0 ? 2.0 / (1.0 / d[i - 1] + 1.0 / d[i]) : 0.0;
  }
  double at(double x) const {
    const auto it = std::upper_bound(x_.begin() + 1, x_.end() - 1, x);
    const std::size_t i = static_cast<std::size_t>(it - x_.begin()) - 1;
    const double h = x_[i + 1] - x_[i], t = (x - x_[i]) / h;
    return y_[i] * (1.0 + 2.0 * t) * (1.0 - t) * (1.0 - t) + h * m_[i] * t * (1.0 - t) * (1.0 - t) + y_[i + 1] * t * t * (3.0 - 2.0 * t) -
           h * m_[i + 1] * t * t * (1.0 - t);
  }

 private:
  std::vector<double> x_, y_, m_;
};

}  // namespace nerveload
