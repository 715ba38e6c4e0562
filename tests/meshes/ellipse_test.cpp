#include "meshes/ellipse.hpp"

#include <gtest/gtest.h>

namespace nerveload {
namespace {

template <class Curve>
void expect_derivatives(const Curve& curve, double t, bool second = true) {
  const double h = 1e-5;
  const CurvePoint a = curve.at(t - h), b = curve.at(t), c = curve.at(t + h);
  EXPECT_LT(((c.x - a.x) / (2.0 * h) - b.first).norm(), 1e-6) << t;
  if (second) {
    EXPECT_LT(((c.first - a.first) / (2.0 * h) - b.second).norm(), 1e-5) << t;
  }
}

constexpr double angles[] = {-2.9, -1.2, 0.4, 1.0, 2.2, 3.0};

TEST(Ellipse, DerivativesReachAndArea) {
  Ellipse e;
  e.centre = Vec2(3.0, -2.0);
  e.S << 9.0, 1.5, 1.5, 4.0;
  for (const double t : angles) expect_derivatives(e, t);
  const Vec2 direction = Vec2(0.6, 0.8);
  double reach = 0.0, area = 0.0;
  for (int i = 0; i < 20000; ++i) {
    const CurvePoint p = e.at(2.0 * M_PI * i / 20000);
    reach = std::max(reach, (p.x - e.centre).dot(direction));
    area += 0.5 * (p.x[0] * p.first[1] - p.x[1] * p.first[0]) * 2.0 * M_PI / 20000;
  }
  EXPECT_NEAR(e.reach(direction), reach, 1e-6);
  EXPECT_NEAR(e.area(), area, 1e-9);
}

TEST(Superellipse, DerivativesAndPosteriorPoint) {
  Superellipse s;
  s.centre = Vec2(4.0, -7.0);
  s.a = 80.0;
  s.b = 60.0;
  s.m = 2.6;
  for (const double t : angles) expect_derivatives(s, t);
  const CurvePoint p = s.at(1.1);
  EXPECT_NEAR(s.posterior(p.x[0]), p.x[1], 1e-9);
}

/// A layer is between the least and the largest of its four thicknesses everywhere, whatever they are.
TEST(Layer, ThicknessStaysBetweenItsExtremes) {
  Layer layer;
  layer.border.a = 75.0;
  layer.border.b = 70.0;
  layer.border.m = 2.8;
  layer.lateral = 14.0;
  layer.medial = 6.0;
  layer.posterior = 40.0;
  layer.anterior = 5.0;
  for (const double t : angles) expect_derivatives(layer, t, false);
  for (double t = 0.0; t < 6.28; t += 0.01) {
    const CurvePoint border = layer.border.at(t);
    const Vec2 normal = Vec2(border.first[1], -border.first[0]).normalized();
    const double thickness = (layer.at(t).x - border.x).dot(normal);
    EXPECT_GE(thickness, 5.0 - 1e-9);
    EXPECT_LE(thickness, 40.0 + 1e-9);
  }
}

}  // namespace
}  // namespace nerveload
