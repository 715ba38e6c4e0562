#include "meshes/section_shape.hpp"

#include <array>
#include <numbers>

#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

using Vec8 = Eigen::Matrix<double, 8, 1>;

/// Square root of a symmetric positive definite matrix, closed form: (Q + √det 1)/√(tr + 2 √det).
Mat2 symmetric_root(const Mat2& Q) {
  const double root = std::sqrt(Q.determinant());
  return (Q + root * Mat2::Identity()) / std::sqrt(Q.trace() + 2.0 * root);
}

/// Where a track in space pierces a section: parameter of the track (its neutral s).
template <class Value>
double pierce(const Spline<Value>& track, const SectionFrame& frame, double guess) {
  auto ahead = [&](double u) { return (track.at(u).template head<3>() - frame.origin).dot(frame.distal()); };
  double lo = guess - 140.0, hi = guess + 140.0;
  while (ahead(lo) > 0.0 && lo > guess - 600.0) lo -= 50.0;
  while (ahead(hi) < 0.0 && hi < guess + 600.0) hi += 50.0;
  double u = guess;
  for (int i = 0; i < 80; ++i) {
    const double f = ahead(u);
    (f > 0.0 ? hi : lo) = u;
    const double slope = track.slope(u).template head<3>().dot(frame.distal());
    double next = slope > 0.05 ? u - f / slope : 0.5 * (lo + hi);
    if (!(next > lo && next < hi)) next = 0.5 * (lo + hi);
    if (std::abs(next - u) < 1e-12) return next;
    u = next;
  }
  return u;
}

/// Direction from the medial inclusion towards the nerve, by the medial track's own level: a fixed rule (centre to centre
/// would flip sides in extreme poses). Above the spine the nerve lies in front, at the ischium behind, below beside it.
Vec2 medial_to_nerve(double u) {
  static const Spline<double> angle({-125, -60, -20, 0, 10, 20, 35, 50, 100, 400}, {-1.0, -0.9, -0.35, 0.35, 0.75, 0.6, 0.35, 0.1, 0.2, 0.2});
  const double a = angle.at(u);
  return {std::cos(a), std::sin(a)};
}

/// The track of an inclusion in space. Its spline runs by the length of the posed chords (by the neutral s it would overshoot
/// where a pose bends it sharply); its size is monotone between the table's rows.
struct InclusionTrack {
  Spline<Vec3> position;
  MonotoneCubic neutral;              ///< neutral s
  std::array<MonotoneCubic, 3> size;  ///< S xx, yy, xy over the neutral s

  InclusionTrack() = default;
  InclusionTrack(const std::vector<InclusionRow>& rows, const SwingTwist& rotation, double scale) {
    std::vector<double> u, s;
    std::vector<Vec3> x;
    std::array<std::vector<double>, 3> S;
    for (const InclusionRow& r : rows) {
      const double twist = r.twist_share < 0.0 ? r.femur_share : r.twist_share;
      const Vec3 at = rotation.partial(r.femur_share, twist) * Vec3(r.xi, r.eta, -r.s);
      const Mat2 R = Eigen::Rotation2Dd(r.tilt_deg * std::numbers::pi / 180.0).toRotationMatrix();
      const Mat2 m = scale * R * Vec2(r.a, r.b).asDiagonal() * R.transpose();
      u.push_back(u.empty() ? r.s : u.back() + (at - x.back()).norm());
      s.push_back(r.s);
      x.push_back(at);
      for (int i = 0; i < 3; ++i) S[i].push_back(i == 2 ? m(0, 1) : m(i, i));
    }
    position = Spline<Vec3>(u, x);
    neutral = MonotoneCubic(u, s);
    for (int i = 0; i < 3; ++i) size[i] = MonotoneCubic(s, S[i]);
  }
  /// The ellipse in a section and the neutral s of its centre.
  Ellipse cut(const SectionFrame& frame, double guess, double& neutral_s) const {
    const double u = pierce(position, frame, guess);
    neutral_s = neutral.at(u);
    Ellipse e;
    e.centre = frame.local(position.at(u));
    const double xx = size[0].at(neutral_s), yy = size[1].at(neutral_s), xy = size[2].at(neutral_s);
    e.S << xx, xy, xy, yy;
    return e;
  }
};

}  // namespace

struct SectionShapes::Tracks {
  AnatomyShape shape;
  Fan fan;
  InclusionTrack medial, lateral;
  Spline<Vec8> nerve;  ///< position (3), width, thickness, station (arc length), unused, unused
  Spline<Vec8> layer;  ///< depth, fat, lateral, medial, anterior, side fat, exponent, –
  Spline<double> arc;  ///< station of the neutral nerve at neutral s

  explicit Tracks(const AnatomyShape& a) : shape(a), fan(a.angles) {
    const SwingTwist& rotation = fan.rotation();
    medial = InclusionTrack(medial_inclusion(), rotation, a.bone_scale);
    lateral = InclusionTrack(lateral_bone(), rotation, a.bone_scale);
    build_nerve(rotation);
    std::vector<double> s;
    std::vector<Vec8> y;
    for (const LayerRow& r : layers()) {
      s.push_back(r.s);
      y.push_back((Vec8() << r.depth, r.fat, r.lateral, r.medial, r.anterior, r.side_fat, r.exponent, 0.0).finished());
    }
    layer = Spline<Vec8>(s, y);
  }

  void build_nerve(const SwingTwist& rotation) {
    std::vector<double> s, station;
    std::vector<Vec8> y;
    std::vector<Vec3> neutral;
    for (const NerveRow& r : nerve_path()) {
      const double w = smooth_step(r.s, -1.0, 80.0);
      const Vec3 at(r.xi + shape.nerve_lateral_mm / shape.length_scale, r.eta + shape.nerve_posterior_mm / shape.length_scale, -r.s);
      const Vec3 x = rotation.partial(w, w) * at;
      s.push_back(r.s);
      neutral.push_back(Vec3(r.xi, r.eta, -r.s));
      const double scale = shape.nerve_scale / shape.length_scale;
      y.push_back((Vec8() << x, scale * r.width, scale * r.thickness, 0.0, 0.0, 0.0).finished());
    }
    nerve = Spline<Vec8>(s, y);
    // Arc length of the neutral path by fine chords of its own spline, zero at the level of the tuberosity.
    const Spline<Vec3> path(s, neutral);
    std::vector<double> fine, length;
    double sum = 0.0;
    const int chords = static_cast<int>((s.back() - s.front() + 1e-9) / 2.5);
    for (int k = 0; k <= chords; ++k) {
      const double x = s.front() + 2.5 * k;
      if (!fine.empty())
        for (int i = 0; i < 8; ++i) sum += (path.at(x - 2.5 + 2.5 * (i + 1) / 8.0) - path.at(x - 2.5 + 2.5 * i / 8.0)).norm();
      fine.push_back(x);
      length.push_back(sum);
    }
    const double zero = Spline<double>(fine, length).at(tuberosity_s);
    for (double& l : length) l -= zero;
    arc = Spline<double>(fine, length);
  }

  void cut_nerve(SectionShape& out, double guess) const {
    out.nerve_s = pierce(nerve, out.frame, guess);
    const Vec8 v = nerve.at(out.nerve_s);
    out.nerve_tangent = nerve.slope(out.nerve_s).head<3>().normalized();
    out.nerve_width = v[3];
    out.nerve_thickness = v[4];
    // The section perpendicular to the path, projected along the path into the plane: an oblique cut is wider. Cuts flatter
    // than about 20° are drawn as if at 20°: below the sciatic notch the path runs up to 53° off the sweep (A).
    const Vec3 n = out.frame.axes.col(2);
    const double ahead = out.nerve_tangent.dot(n);
    const Vec3 aside = out.nerve_tangent / ahead - n;
    constexpr double steepest = 0.36;
    const Vec3 tau = -(n + aside / std::pow(1.0 + std::pow(aside.norm() / steepest, 4), 0.25)).normalized();
    const Vec3 h = (out.frame.axes.col(1) - out.frame.axes.col(1).dot(tau) * tau).normalized(), w = h.cross(tau);
    auto project = [&](const Vec3& x) -> Vec2 {
      const Vec3 p = x - tau * (x.dot(n) / tau.dot(n));
      return (out.frame.axes.transpose() * p).head<2>();
    };
    const Vec2 pw = 0.5 * v[3] * project(w), ph = 0.5 * v[4] * project(h);
    out.nerve.centre = out.frame.local(v.head<3>());
    out.nerve.S = symmetric_root(pw * pw.transpose() + ph * ph.transpose());
    out.nerve_width_dir = w;
    out.nerve_thickness_dir = h;
  }

  /// Moves inclusions apart where a pose or person brings them too close: smooth, directional, nerve last.
  void keep_clear(SectionShape& out, double medial_s) const {
    auto push = [](Ellipse& moved, const Ellipse& fixed, const Vec2& e, double want) {
      const double gap = (moved.centre - fixed.centre).dot(e) - fixed.reach(e) - moved.reach(e);
      const double shift = soft_plus(want - gap, 1.0);
      moved.centre += shift * e;
      return shift;
    };
    const Vec2 inward = Vec2(-1.0, 0.25).normalized(), behind = Vec2(-0.45, 0.9).normalized();
    out.impingement = push(out.medial, out.lateral, inward, 10.0);
    for (int pass = 0; pass < 3; ++pass) {
      push(out.nerve, out.medial, medial_to_nerve(medial_s), 5.0);
      push(out.nerve, out.lateral, behind, 7.0);
    }
  }
};

SectionShapes::SectionShapes(const AnatomyShape& shape) : tracks_(std::make_unique<Tracks>(shape)) {}
SectionShapes::~SectionShapes() = default;
const Fan& SectionShapes::fan() const { return tracks_->fan; }
double SectionShapes::station(double nerve_s) const { return tracks_->arc.at(nerve_s); }

double SectionShapes::s_of_station(double station_mm) const {
  double lo = -600.0, hi = 1000.0;
  for (int i = 0; i < 100 && hi - lo > 1e-12; ++i) {
    const double middle = 0.5 * (lo + hi);
    (tracks_->arc.at(middle) < station_mm ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

SectionShape SectionShapes::at(double s) const {
  const Tracks& t = *tracks_;
  const AnatomyShape& p = t.shape;
  SectionShape out;
  out.frame = t.fan.frame(s);
  double lateral_s = s;
  out.medial = t.medial.cut(out.frame, s, out.medial_s);
  out.lateral = t.lateral.cut(out.frame, s, lateral_s);
  t.cut_nerve(out, s);
  t.keep_clear(out, out.medial_s);

  const Vec8 soft = t.layer.at(out.nerve_s), side = t.layer.at(s);
  const double thigh = smooth_step(out.nerve_s, 60.0, 125.0);
  // Fat follows the buttock's figure above the fold and the thigh's below it.
  const double fat_scale = ((1.0 - thigh) * p.fat_buttock_mm / 24.0 + thigh * p.fat_thigh_mm / 8.0) / p.length_scale;
  const double side_thigh = smooth_step(s, 20.0, 125.0);
  const double side_scale = ((1.0 - side_thigh) * p.fat_buttock_mm / 24.0 + side_thigh * p.fat_thigh_mm / 8.0) / p.length_scale;
  out.skin = p.skin_mm / p.length_scale;
  const double fat = fat_scale * soft[1], side_fat = std::max(2.0, side_scale * side[5]);
  // Muscle behind the nerve: the table's cover, thicker with the gluteus or with the whole hull, never less than 8 mm.
  double cover = soft[0] - soft[1] - 2.0;
  cover += (1.0 - thigh) * (p.gluteus_scale - 1.0) * 40.0 + thigh * (p.muscle_scale - 1.0) * reference_cover_scale_mm;
  cover = soft_max(cover, 9.0 * smooth_step(out.nerve_s, -200.0, -120.0), 1.5);
  const double half_width = reference_half_width_mm * p.pelvis_width_scale / p.length_scale;
  double posterior = out.nerve.centre[1] + cover;  // of the muscle, at the nerve's ξ
  posterior = soft_max(posterior, out.medial.centre[1] + out.medial.reach(Vec2::UnitY()) + 13.0, 2.0);

  constexpr double cut_fat = 4.0;  // dummy layers on the two cut faces of the pelvis
  const double hull = 1.0 + (p.muscle_scale - 1.0) * smooth_step(s, 20.0, 100.0);
  const double pelvis = 1.0 - smooth_step(s, 60.0, 160.0);
  const double lateral = soft_max(hull * side[2], out.lateral.centre[0] + out.lateral.reach(Vec2::UnitX()) + 10.0, 2.0);
  double medial = (1.0 - pelvis) * hull * side[3] - pelvis * (half_width - cut_fat - out.skin);
  medial = -soft_max(-medial, out.medial.reach(Vec2::UnitX()) - out.medial.centre[0] + 5.0, 1.0);
  const double cut = out.lateral.centre[1] - out.lateral.reach(Vec2::UnitY()) - 34.0;
  const double anterior = pelvis * cut + (1.0 - pelvis) * -soft_max(-hull * side[4], -cut - 8.0, 2.0);
  const double m = side[6];

  auto contour = [&](double lat, double med, double ant, double post_at_nerve) {
    Superellipse c;
    c.m = m;
    c.a = 0.5 * (lat - med);
    c.centre[0] = 0.5 * (lat + med);
    const double u = std::min(std::abs((out.nerve.centre[0] - c.centre[0]) / c.a), 0.9);
    const double g = std::pow(1.0 - std::pow(u, m), 1.0 / m);
    const double post = (2.0 * post_at_nerve - ant * (1.0 - g)) / (1.0 + g);
    c.b = 0.5 * (post - ant);
    c.centre[1] = 0.5 * (post + ant);
    return c;
  };
  const double medial_fat = pelvis * cut_fat + (1.0 - pelvis) * side_fat, front_fat = pelvis * cut_fat + (1.0 - pelvis) * side_fat;
  out.muscle = contour(lateral, medial, anterior, posterior);
  // The hull also covers the medial inclusion near its corner.
  const double covered = out.muscle.posterior(out.medial.centre[0]) - out.medial.centre[1] - out.medial.reach(Vec2::UnitY());
  out.muscle = contour(lateral, medial, anterior, posterior + 1.3 * soft_plus(8.0 - covered, 1.5));
  out.outside = {out.muscle, side_fat + out.skin, medial_fat + out.skin, fat + out.skin, front_fat + out.skin};

  const double focus = 0.5 * (out.muscle.centre[0] + out.nerve.centre[0]) + 0.8 * out.muscle.a * std::sin(p.focus_azimuth);
  const Vec2 towards = Vec2(focus, out.muscle.posterior(focus)) - out.muscle.centre;
  out.surface_angle = std::atan2(towards[1], towards[0]);
  out.surface_centre = out.outside.at(out.surface_angle).x;

  const double thickness = p.piriformis_thickness_mm / p.length_scale;
  out.piriformis_front = out.nerve.centre[1] + out.nerve.reach(Vec2::UnitY()) + nerve_bed_mm;
  out.piriformis_back = out.piriformis_front + thickness;
  out.piriformis_hold =
      smooth_step(s, piriformis_upper_s - 30.0, piriformis_upper_s) * (1.0 - smooth_step(s, piriformis_lower_s, piriformis_lower_s + 45.0));
  return out;
}

}  // namespace nerveload
