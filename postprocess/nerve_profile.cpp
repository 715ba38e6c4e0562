#include "postprocess/nerve_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr NerveColumn columns[] = {
    {"arc_length_mm", &NerveStation::arc_length_mm, false},
    {"compression_kPa", &NerveStation::compression_kPa, true},
    {"compression_pose_kPa", &NerveStation::compression_pose_kPa, true},
    {"compression_roller_kPa", &NerveStation::compression_roller_kPa, true},
    {"strain_percent", &NerveStation::strain_percent, false},
    {"strain_from_slack_percent", &NerveStation::strain_from_slack_percent, false},
    {"tension_N", &NerveStation::tension_N, false},
    {"tangent_modulus_MPa", &NerveStation::tangent_modulus_MPa, false},
    {"excursion_mm", &NerveStation::excursion_mm, false},
    {"window_mm", &NerveStation::window_mm, false},
    {"flattening_percent", &NerveStation::flattening_percent, true},
    {"tension_bearing_kPa", &NerveStation::tension_bearing_kPa, true},
    {"compression_utilisation", &NerveStation::compression_utilisation, true},
    {"tension_utilisation", &NerveStation::tension_utilisation, false},
};

double value_at(std::span<const NerveCompression> reference, double station) {
  if (reference.empty()) return 0.0;
  std::vector<double> s, p;
  for (const NerveCompression& c : reference) {
    s.push_back(c.station_mm);
    p.push_back(c.compression_kPa);
  }
  return interpolate(s, p, station);
}

void add_mesh_stations(const ProfileInput& in, NerveProfile& profile) {
  const auto now = measure_compression(in.anatomy, in.body, in.state, in.window_mm);
  for (std::size_t k = 0; k < now.size(); ++k) {
    const NerveSection& section = in.anatomy.nerve.sections[k];
    // The mesh goes on beyond the root's foramen, where there is no nerve.
    if (in.cable && now[k].station_mm < -in.station_zero_mm) continue;
    NerveStation s;
    s.arc_length_mm = now[k].station_mm;
    const double neutral = value_at(in.neutral, s.arc_length_mm);
    s.compression_kPa = now[k].compression_kPa - neutral;
    s.compression_pose_kPa = in.pose.empty() ? s.compression_kPa : value_at(in.pose, s.arc_length_mm) - neutral;
    s.compression_roller_kPa = s.compression_kPa - s.compression_pose_kPa;
    s.flattening_percent = now[k].flattening_percent;
    s.window_mm = now[k].window_mm;
    s.in_mesh = true;
    s.position = now[k].centre;
    s.width_mm = section.width_mm;
    s.thickness_mm = section.thickness_mm;
    profile.stations.push_back(s);
  }
}

/// Cable nodes that lie beyond the sections of the mesh.
void add_outer_stations(const ProfileInput& in, NerveProfile& profile) {
  if (!in.cable) return;
  const NerveStation first = profile.stations.front(), last = profile.stations.back();
  std::vector<NerveStation> before, after;
  for (std::size_t i = 0; i < in.cable_arc_length_mm.size(); ++i) {
    const double station = in.cable_arc_length_mm[i] - in.station_zero_mm;
    const bool proximal = station<first.arc_length_mm - 1e-6, distal = station> last.arc_length_mm + 1e-6;
    if (!proximal && !distal) continue;
    NerveStation s;
    s.arc_length_mm = station;
    s.position = in.cable->nodes()[i].X;
    s.window_mm = in.window_mm;
    s.width_mm = proximal ? first.width_mm : last.width_mm;
    s.thickness_mm = proximal ? first.thickness_mm : last.thickness_mm;
    (proximal ? before : after).push_back(s);
  }
  profile.stations.insert(profile.stations.begin(), before.begin(), before.end());
  profile.stations.insert(profile.stations.end(), after.begin(), after.end());
}

void add_cable(const ProfileInput& in, NerveProfile& profile) {
  if (!in.cable) return;
  const SlidingCable::Report report = in.cable->report(in.state);
  NL_EXPECT(in.cable_arc_length_mm.size() == report.material.size(), "one arc length per node of the cable");
  std::vector<double> breaks;
  for (const double s : in.cable_arc_length_mm) breaks.push_back(s - in.station_zero_mm);
  std::vector<double> excursion;  // m falls when the nerve slides distally
  for (std::size_t i = 0; i < report.material.size(); ++i) excursion.push_back(in.in_situ_stretch * (in.cable->nodes()[i].m0 - report.material[i]));
  excursion.front() = report.root_motion;  // the ends' material is fixed, their place is not
  excursion.back() = report.foot_motion;
  for (NerveStation& s : profile.stations) {
    const double stretch = windowed_mean(breaks, report.stretch, s.arc_length_mm, in.window_mm);
    s.strain_percent = 100.0 * (stretch / in.in_situ_stretch - 1.0);
    s.strain_from_slack_percent = std::max(0.0, 100.0 * (stretch - 1.0));
    s.tension_N = windowed_mean(breaks, report.tension, s.arc_length_mm, in.window_mm) / mN_per_N;
    s.tangent_modulus_MPa = windowed_mean(breaks, report.tangent, s.arc_length_mm, in.window_mm) / kPa_per_MPa;
    s.excursion_mm = interpolate(breaks, excursion, s.arc_length_mm);
  }
  profile.root_excursion_mm = report.root_motion;
  profile.foot_excursion_mm = report.foot_motion;
  profile.path_elongation_mm = in.path_elongation_mm;
  const double nerve = report.material.back() - report.material.front(), path = std::accumulate(report.length.begin(), report.length.end(), 0.0);
  profile.mean_strain_percent = 100.0 * (path / nerve / in.in_situ_stretch - 1.0);
}

void add_bearing(NerveProfile& profile) {
  auto& s = profile.stations;
  for (std::size_t k = 1; k + 1 < s.size(); ++k) {
    if (!(s[k - 1].in_mesh && s[k].in_mesh && s[k + 1].in_mesh)) continue;
    const Vec3 a = s[k].position - s[k - 1].position, b = s[k + 1].position - s[k].position;
    const double curvature = (b.normalized() - a.normalized()).norm() / (0.5 * (a.norm() + b.norm()));
    s[k].tension_bearing_kPa = s[k].tension_N * mN_per_N * curvature / s[k].width_mm;
  }
}

}  // namespace

std::span<const NerveColumn> nerve_columns() { return columns; }

NerveProfile measure_profile(const ProfileInput& input) {
  NL_EXPECT(!input.anatomy.nerve.sections.empty(), "a nerve with sections");
  NL_EXPECT(input.in_situ_stretch > 0.0, "a positive in-situ stretch");
  NerveProfile profile;
  add_mesh_stations(input, profile);
  NL_EXPECT(!profile.stations.empty(), "a mesh that holds a part of the nerve");
  add_outer_stations(input, profile);
  add_cable(input, profile);
  add_bearing(profile);
  return profile;
}

Peak peak_of(const NerveProfile& profile, double NerveStation::*column) {
  const auto known = std::find_if(std::begin(columns), std::end(columns), [&](const NerveColumn& c) { return c.value == column; });
  const bool needs_mesh = known != std::end(columns) && known->needs_mesh;
  Peak peak;
  bool found = false;
  for (const NerveStation& s : profile.stations) {
    if ((needs_mesh && !s.in_mesh) || (found && s.*column <= peak.value)) continue;
    peak = {s.*column, s.arc_length_mm};
    found = true;
  }
  return peak;
}

double length_above(const NerveProfile& profile, double NerveStation::*column, double limit) {
  std::vector<double> s, v;
  for (const NerveStation& station : profile.stations)
    if (station.in_mesh) {
      s.push_back(station.arc_length_mm);
      v.push_back(station.*column);
    }
  return time_above(s, v, limit);
}

double time_above(std::span<const double> t, std::span<const double> v, double limit) {
  NL_EXPECT(t.size() == v.size(), "a value per time");
  double sum = 0.0;
  for (std::size_t k = 0; k + 1 < t.size(); ++k) {
    const double a = v[k] - limit, b = v[k + 1] - limit, length = t[k + 1] - t[k];
    if (a >= 0.0 && b >= 0.0) sum += length;
    else if (a >= 0.0 || b >= 0.0) sum += length * std::max(a, b) / std::abs(b - a);
  }
  return sum;
}

}  // namespace nerveload
