#include <algorithm>
#include <cmath>

#include "meshes/anatomy_mesh.hpp"

namespace nerveload {
namespace {

constexpr double patch_mm = 30.0;  ///< radius of the patch whose mean normal a roller feels

/// Where the ray from `origin` along `direction`, both in the plane of a loop, leaves it.
Vec3 leave_loop(const std::vector<Vec3>& loop, const Vec3& origin, const Vec3& direction, const Vec3& normal) {
  const Vec3 side = normal.cross(direction);
  Vec3 best = origin;
  double farthest = -1.0;
  for (std::size_t p = 0; p < loop.size(); ++p) {
    const Vec3 a = loop[p] - origin, b = loop[(p + 1) % loop.size()] - origin;
    const double sa = a.dot(side), sb = b.dot(side);
    if (sa * sb > 0.0 || sa == sb) continue;
    const Vec3 x = a + sa / (sa - sb) * (b - a);
    if (x.dot(direction) > farthest) {
      farthest = x.dot(direction);
      best = origin + x;
    }
  }
  return best;
}

/// Point at a signed distance along a loop (counter-clockwise seen from proximal) from the point on it nearest to x.
Vec3 walk(const std::vector<Vec3>& loop, const Vec3& x, double distance) {
  const std::size_t n = loop.size();
  double nearest = 1e300, along = 0.0, total = 0.0;
  for (std::size_t p = 0; p < n; ++p) {
    const Vec3 edge = loop[(p + 1) % n] - loop[p];
    const double t = std::clamp((x - loop[p]).dot(edge) / edge.squaredNorm(), 0.0, 1.0);
    if (const double d = (loop[p] + t * edge - x).norm(); d < nearest) {
      nearest = d;
      along = total + t * edge.norm();
    }
    total += edge.norm();
  }
  double rest = std::fmod(along + distance + total, total);
  for (std::size_t p = 0; p < n; ++p) {
    const Vec3 edge = loop[(p + 1) % n] - loop[p];
    if (rest <= edge.norm()) return loop[p] + rest / edge.norm() * edge;
    rest -= edge.norm();
  }
  return loop.front();
}

}  // namespace

SkinPoint skin_at(const AnatomyMesh& a, double station, double azimuth, double lateral_offset) {
  const auto& s = a.section_station_mm;
  const auto above = std::upper_bound(s.begin() + 1, s.end() - 1, station);
  const int k = static_cast<int>(above - s.begin()) - 1;
  const double t = std::clamp((station - s[k]) / (s[k + 1] - s[k]), 0.0, 1.0);
  const auto& sections = a.nerve.sections;
  std::vector<Vec3> loop;  // skin of the place between two sections
  for (std::size_t p = 0; p < a.skin_nodes[k].size(); ++p)
    loop.push_back((1.0 - t) * a.mesh.X[a.skin_nodes[k][p]] + t * a.mesh.X[a.skin_nodes[k + 1][p]]);
  const Vec3 centre = (1.0 - t) * sections[k].centre + t * sections[k + 1].centre;
  const Mat3d blend = (1.0 - t) * a.section_axes[k] + t * a.section_axes[k + 1];
  const Vec3 up = blend.col(2).normalized(), back = (blend.col(1) - blend.col(1).dot(up) * up).normalized(), lateral = back.cross(up);
  Vec3 x = leave_loop(loop, centre, std::cos(azimuth) * back + std::sin(azimuth) * lateral, up);
  // Counter-clockwise passes behind the limb from lateral to medial.
  if (lateral_offset != 0.0) x = walk(loop, x, -lateral_offset);
  Vec3 normal = Vec3::Zero();
  for (const Facet& q : a.mesh.facet_sets.at("skin")) {
    const Vec3 middle = 0.25 * (a.mesh.X[q[0]] + a.mesh.X[q[1]] + a.mesh.X[q[2]] + a.mesh.X[q[3]]);
    const double r = (middle - x).norm() / patch_mm;
    if (r >= 1.0) continue;
    const Vec3 area = 0.5 * (a.mesh.X[q[2]] - a.mesh.X[q[0]]).cross(a.mesh.X[q[3]] - a.mesh.X[q[1]]);
    normal += (1.0 - r * r) * (1.0 - r * r) * area;
  }
  if (normal.norm() == 0.0) normal = back;
  SkinPoint point{x, -normal.normalized(), Vec3::Zero()};
  point.limb_tangent = (-up + up.dot(point.inward_normal) * point.inward_normal).normalized();
  return point;
}

}  // namespace nerveload
