#include "meshes/section_curves.hpp"

#include <array>
#include <numbers>

#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

constexpr double pi = std::numbers::pi;
/// Epineurium is about half of a multifascicular nerve's section [clinicalgate2015]; it is as thick all around.
constexpr double fascicle_share = 0.52;

/// The ellipse inside the nerve's outline, everywhere nearer the centre by one distance, with the fascicles' share of area.
Ellipse fascicle_outline(const Ellipse& nerve) {
  const double sum = nerve.S.trace(), product = nerve.S.determinant();
  return nerve.grown(-0.5 * (sum - std::sqrt(sum * sum - 4.0 * (1.0 - fascicle_share) * product)));
}

/// Equal steps of the ellipse parameter, the middle of the block's lower edge straight in front.
std::vector<double> equal_steps(const std::array<int, 2>& block, double phase) {
  const int n = 2 * (block[0] + block[1]);
  std::vector<double> t(n);
  for (int i = 0; i < n; ++i) t[i] = 1.5 * pi + phase + 2.0 * pi * (i - 0.5 * block[0]) / n;
  return t;
}

/// The ellipse on which n evenly spaced nodes span a polygon of the given ellipse's area.
Ellipse with_area(const Ellipse& e, std::size_t n) {
  const double step = 2.0 * pi / static_cast<double>(n);
  return {e.centre, std::sqrt(step / std::sin(step)) * e.S};
}

/// Arc length of a closed curve as a function of its angle, exact to rounding for smooth curves.
class ArcLength {
 public:
  explicit ArcLength(const Layer& curve) : curve_(curve) {
    for (int k = 0; k < pieces; ++k) sum_[k + 1] = sum_[k] + piece(k * step, (k + 1) * step);
  }
  double total() const { return sum_[pieces]; }
  double at(double phi) const {
    const double turns = std::floor(phi / (2.0 * pi)), in = phi - 2.0 * pi * turns;
    const int k = std::min(static_cast<int>(in / step), pieces - 1);
    return turns * total() + sum_[k] + piece(k * step, in);
  }
  /// Angle at an arc length, from a guess.
  double angle(double length, double guess) const {
    double phi = guess;
    for (int i = 0; i < 50; ++i) {
      const double change = (length - at(phi)) / curve_.at(phi).first.norm();
      phi += std::clamp(change, -0.3, 0.3);
      if (std::abs(change) < 1e-14) break;
    }
    return phi;
  }

 private:
  static constexpr int pieces = 96;
  static constexpr double step = 2.0 * pi / pieces;
  double piece(double a, double b) const {
    constexpr std::array<double, 3> x{0.2386191860831969, 0.6612093864662645, 0.9324695142031521};
    constexpr std::array<double, 3> w{0.4679139345726910, 0.3607615730481386, 0.1713244923791704};
    const double m = 0.5 * (a + b), h = 0.5 * (b - a);
    double sum = 0.0;
    for (int q = 0; q < 3; ++q) sum += w[q] * (curve_.at(m - h * x[q]).first.norm() + curve_.at(m + h * x[q]).first.norm());
    return h * sum;
  }
  Layer curve_;
  std::array<double, pieces + 1> sum_{};
};

}  // namespace

SectionCurves::SectionCurves(const SectionTopology& topology, const Divisions& divisions, const SectionShape& shape)
    : shape_(shape), medial_(with_area(shape.medial, topology.medial_loop.size())), lateral_(with_area(shape.lateral, topology.lateral_loop.size())),
      nerve_(with_area(shape.nerve, topology.nerve_loop.size())), paraneurium_rings_(divisions.paraneurium_rings) {
  medial_rest = equal_steps(topology.medial_block, 0.0);
  lateral_rest = equal_steps(topology.lateral_block, 0.0);
  nerve_rest = equal_steps(topology.nerve_block, 0.0);
  place_skin(topology, divisions.surface_spacing);
}

void SectionCurves::place_skin(const SectionTopology& topology, double finest) {
  // Spacing h0 + (ha − h0) sin⁴(πx) around the limb, x = 0 at the point under the roller; its integral is closed.
  const ArcLength arc(shape_.outside);
  const int n = topology.around;
  const double mean = arc.total() / n, h0 = std::min(finest, 0.75 * mean), ha = h0 + (mean - h0) * 8.0 / 3.0;
  const double phi0 = shape_.surface_angle, start = arc.at(phi0);
  // The lattice wants to turn: the lateral bone lies lateral-anterior, the medial one medial-posterior.
  const int middle = topology.posterior_middle - (3 * n + 42) / 84;
  outside_.resize(n);
  inside_.resize(n);
  muscle_rest.resize(n);
  for (int p = 0; p < n; ++p) {
    int steps = p - middle;
    if (steps > n / 2) steps -= n;
    if (steps < n / 2 - n) steps += n;
    const double i = steps;
    const double length =
        h0 * i + (ha - h0) * (3.0 * i / 8.0 - n / (4.0 * pi) * std::sin(2.0 * pi * i / n) + n / (32.0 * pi) * std::sin(4.0 * pi * i / n));
    const double phi = arc.angle(start + length, phi0 + 2.0 * pi * i / n);
    const CurvePoint c = shape_.outside.at(phi);
    const Vec2 normal = Vec2(c.first[1], -c.first[0]).normalized();
    outside_[p] = c.x;
    inside_[p] = c.x - shape_.skin * normal;
    muscle_rest[p] = phi;  // straight below the skin
  }
}

CurvePoint SectionCurves::at(const SectionNode& node, double t) const {
  switch (node.binding) {
    case Binding::medial: return medial_.at(t);
    case Binding::lateral: return lateral_.at(t);
    case Binding::nerve: {
      if (node.layer <= paraneurium_rings_) return nerve_.grown(nerve_bed_mm * (1.0 - double(node.layer) / paraneurium_rings_)).at(t);
      return fascicle_outline(nerve_).at(t);
    }
    case Binding::muscle: return shape_.muscle.at(t);
    case Binding::fat: {
      CurvePoint c = shape_.muscle.at(t);
      c.x = (1.0 - node.share) * c.x + node.share * inside_[node.index];
      c.first *= 1.0 - node.share;
      c.second *= 1.0 - node.share;
      return c;
    }
    case Binding::skin_inside: return {inside_[node.index], Vec2::Zero(), Vec2::Zero()};
    case Binding::skin_outside: return {outside_[node.index], Vec2::Zero(), Vec2::Zero()};
    case Binding::free: break;
  }
  return {Vec2::Zero(), Vec2::Zero(), Vec2::Zero()};
}

}  // namespace nerveload
