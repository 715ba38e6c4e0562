#include "postprocess/nerve_metrics.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

Mat3d as_matrix(const Sym3<double>& s) {
  Mat3d m;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) m(i, j) = s(i, j);
  return m;
}

/// Integral of Cauchy stress over the current volume of a cell, and that volume.
struct StressIntegral {
  Mat3d stress = Mat3d::Zero();
  double volume = 0.0;
  void add(const ElasticBody& body, const State& state, int cell) {
    const CellPoints points = body.points(cell, state);
    for (const CellPoint& at : points.points()) {
      const double v = at.J * at.weight;
      stress += v * as_matrix(at.cauchy);
      volume += v;
    }
  }
};

Vec3 current(const Mesh& mesh, const State& state, int node) { return mesh.X[node] + state.unknowns.segment<3>(3 * node); }

Vec3 section_centre(const Mesh& mesh, const State& state, const NerveSection& s) {
  Vec3 x = Vec3::Zero();
  for (std::size_t k = 0; k < s.nodes.size(); ++k) x += s.weights[k] * current(mesh, state, s.nodes[k]);
  return x;
}

/// Smaller root of the second moments of a section's nodes in the plane normal to `axis`: proportional to the minor axis.
double minor_axis(const NerveSection& s, const std::vector<Vec3>& positions, const Vec3& axis) {
  const Vec3 a = (s.width_dir - s.width_dir.dot(axis) * axis).normalized(), b = axis.cross(a);
  Vec3 centre = Vec3::Zero();
  for (std::size_t k = 0; k < positions.size(); ++k) centre += s.weights[k] * positions[k];
  Eigen::Matrix2d moment = Eigen::Matrix2d::Zero();
  for (std::size_t k = 0; k < positions.size(); ++k) {
    const Eigen::Vector2d r((positions[k] - centre).dot(a), (positions[k] - centre).dot(b));
    moment += s.weights[k] * r * r.transpose();
  }
  return std::sqrt(Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d>(moment).eigenvalues()[0]);
}

double flattening(const Mesh& mesh, const State& state, const NerveSection& s, const Vec3& axis) {
  std::vector<Vec3> now, before;
  for (const int n : s.nodes) {
    now.push_back(current(mesh, state, n));
    before.push_back(mesh.X[n]);
  }
  return 100.0 * (1.0 - minor_axis(s, now, axis) / minor_axis(s, before, s.tangent));
}

}  // namespace

double windowed_mean(const std::vector<double>& breaks, const std::vector<double>& values, double s, double window) {
  NL_EXPECT(breaks.size() == values.size() + 1 && !values.empty(), "one more break than values");
  const double lo = s - 0.5 * window, hi = s + 0.5 * window;
  const double nothing = 1e-6 * window;  // rounding does not decide in which piece a break lies: there it is the mean of both
  double sum = 0.0, length = 0.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (breaks[k + 1] - breaks[k] > window && s > breaks[k] + nothing && s < breaks[k + 1] - nothing) return values[k];
    const double part = std::min(hi, breaks[k + 1]) - std::max(lo, breaks[k]);
    if (part <= 0.0) continue;
    sum += part * values[k];
    length += part;
  }
  return length > 0.0 ? sum / length : (s < breaks.front() ? values.front() : values.back());
}

double interpolate(const std::vector<double>& stations, const std::vector<double>& values, double s) {
  const auto above = std::upper_bound(stations.begin(), stations.end(), s);
  if (above == stations.begin()) return values.front();
  if (above == stations.end()) return values.back();
  const std::size_t k = above - stations.begin();
  const double t = (s - stations[k - 1]) / (stations[k] - stations[k - 1]);
  return (1.0 - t) * values[k - 1] + t * values[k];
}

std::vector<NerveCompression> measure_compression(const AnatomyMesh& anatomy, const ElasticBody& body, const State& state, double window) {
  const auto& sections = anatomy.nerve.sections;
  const auto& layers = anatomy.nerve.layers;
  std::vector<Vec3> centre;
  std::vector<double> breaks, pressure, girth;
  for (const NerveSection& s : sections) {
    centre.push_back(section_centre(anatomy.mesh, state, s));
    breaks.push_back(s.station_mm);
  }
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const Vec3 axis = (centre[k + 1] - centre[k]).normalized(), middle = 0.5 * (centre[k] + centre[k + 1]);
    StressIntegral nerve;
    for (const int cell : layers[k].cells) nerve.add(body, state, cell);
    pressure.push_back(-0.5 * (nerve.stress.trace() - axis.dot(nerve.stress * axis)) / nerve.volume);
    double traction = 0.0, volume = 0.0;
    for (const int cell : layers[k].paraneurium_cells) {
      StressIntegral shell;
      shell.add(body, state, cell);
      Vec3 out = Vec3::Zero();
      for (const int n : anatomy.mesh.cells[cell]) out += current(anatomy.mesh, state, n) / 8.0;
      // Outward normal of the ellipse through the cell: the gradient of (x/a)² + (y/b)².
      const NerveSection& s = sections[k];
      const Vec3 r = out - middle;
      Vec3 n =
          r.dot(s.width_dir) / (s.width_mm * s.width_mm) * s.width_dir + r.dot(s.thickness_dir) / (s.thickness_mm * s.thickness_mm) * s.thickness_dir;
      n = (n - n.dot(axis) * axis).normalized();
      traction -= n.dot(shell.stress * n);
      volume += shell.volume;
    }
    girth.push_back(volume > 0.0 ? traction / volume : 0.0);
  }
  std::vector<NerveCompression> result;
  for (std::size_t k = 0; k < sections.size(); ++k) {
    const double s = sections[k].station_mm;
    const std::size_t before = k > 0 ? k - 1 : 0, after = std::min(k, layers.size() - 1);
    const Vec3 axis = (centre[after + 1] - centre[before]).normalized();
    const double longest = std::max(breaks[after + 1] - breaks[after], breaks[before + 1] - breaks[before]);
    result.push_back({s, windowed_mean(breaks, pressure, s, window), windowed_mean(breaks, girth, s, window),
                      flattening(anatomy.mesh, state, sections[k], axis), std::max(window, longest), centre[k]});
  }
  return result;
}

}  // namespace nerveload
