#include "meshes/quality.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace nerveload {
namespace {

constexpr double near_mm = 60.0, least_anywhere = 0.1, least_near = 0.2;

double distance_to_segment(const Vec3& x, const Vec3& a, const Vec3& b) {
  const double t = std::clamp((x - a).dot(b - a) / std::max((b - a).squaredNorm(), 1e-12), 0.0, 1.0);
  return (x - a - t * (b - a)).norm();
}

}  // namespace

double scaled_jacobian(const std::array<Vec3, 8>& x) {
  auto scaled = [](const Vec3& a, const Vec3& b, const Vec3& c) { return a.cross(b).dot(c) / std::max(a.norm() * b.norm() * c.norm(), 1e-300); };
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 8; ++i) {
    const auto [a, b, c] = hex_corner_edges[i];
    least = std::min(least, scaled(x[a] - x[i], x[b] - x[i], x[c] - x[i]));
  }
  const Vec3 a = x[1] + x[2] + x[5] + x[6] - x[0] - x[3] - x[4] - x[7];
  const Vec3 b = x[2] + x[3] + x[6] + x[7] - x[0] - x[1] - x[4] - x[5];
  const Vec3 c = x[4] + x[5] + x[6] + x[7] - x[0] - x[1] - x[2] - x[3];
  return std::min(least, scaled(a, b, c));
}

double outline_sag(const Ellipse& ellipse, const std::vector<Vec2>& polygon) {
  const Mat2 back = ellipse.S.inverse();
  double worst = 0.0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vec2 &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const Vec2 chord = (b - a).normalized();
    const Vec2 ua = back * (a - ellipse.centre), ub = back * (b - ellipse.centre);
    const double ta = std::atan2(ua[1], ua[0]);
    double step = std::atan2(ub[1], ub[0]) - ta;
    step -= 2.0 * M_PI * std::floor(step / (2.0 * M_PI));
    for (int k = 0; k <= 8; ++k) {
      const Vec2 r = ellipse.at(ta + step * k / 8.0).x - a;
      worst = std::max(worst, std::abs(chord[0] * r[1] - chord[1] * r[0]));
    }
  }
  return worst;
}

MeshQuality measure_quality(const Mesh& mesh, int cells_per_layer, const Vec3& from, const Vec3& to) {
  MeshQuality q;
  std::vector<double> all(mesh.cells.size());
  q.min_scaled_jacobian = q.min_near_roller = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    std::array<Vec3, 8> x;
    Vec3 centre = Vec3::Zero();
    for (int n = 0; n < 8; ++n) {
      x[n] = mesh.X[mesh.cells[c][n]];
      centre += x[n] / 8.0;
    }
    all[c] = scaled_jacobian(x);
    if (all[c] < q.min_scaled_jacobian) {
      q.min_scaled_jacobian = all[c];
      q.worst_cell = static_cast<int>(c);
      q.worst_section = static_cast<int>(c) / std::max(cells_per_layer, 1);
    }
    if (distance_to_segment(centre, from, to) < near_mm) q.min_near_roller = std::min(q.min_near_roller, all[c]);
  }
  const std::size_t percentile = all.size() / 100;
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(percentile), all.end());
  q.first_percentile = all.empty() ? 0.0 : all[percentile];
  return q;
}

bool has_poor_cells(const MeshQuality& q) { return !(q.min_scaled_jacobian >= least_anywhere && q.min_near_roller >= least_near); }

void gate(const MeshQuality& q) {
  auto refuse = [](const char* what, double value, const char* relation, double limit) {
    char text[200];
    std::snprintf(text, sizeof text, "the pose or person cannot be meshed: %s is %.3f, %s %.2f is required", what, value, relation, limit);
    throw MeshRefusal(text);
  };
  if (!(q.min_scaled_jacobian >= least_anywhere)) refuse("the least scaled Jacobian", q.min_scaled_jacobian, "at least", least_anywhere);
  if (!(q.min_near_roller >= least_near)) refuse("the least scaled Jacobian near the roller", q.min_near_roller, "at least", least_near);
  if (!(q.worst_outline_mm <= largest_outline_error_mm))
    refuse("the bone outline's error in mm", q.worst_outline_mm, "at most", largest_outline_error_mm);
}

}  // namespace nerveload
