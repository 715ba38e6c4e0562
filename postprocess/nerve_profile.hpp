#pragma once
#include <span>
#include <string>
#include <vector>

#include "postprocess/nerve_metrics.hpp"
#include "solver/terms/sliding_cable.hpp"

namespace nerveload {

/// One station of the nerve with everything that is reported there.
struct NerveStation {
  double arc_length_mm = 0.0;              ///< station along the neutral path, zero at the level of the ischial tuberosity, distal positive
  double compression_kPa = 0.0;            ///< total, less its value in the neutral pose of the same person without pathology
  double compression_pose_kPa = 0.0;       ///< the same without the roller
  double compression_roller_kPa = 0.0;     ///< the difference
  double strain_percent = 0.0;             ///< beyond the in-situ state, λ/λ₀ − 1
  double strain_from_slack_percent = 0.0;  ///< beyond the unstressed state, λ − 1, not below zero
  double tension_N = 0.0;
  double tangent_modulus_MPa = 0.0;  ///< of the fibres at that stretch, nominal stress over stretch
  double excursion_mm = 0.0;         ///< how far the nerve has slid past its place in the neutral pose, distal positive
  double window_mm = 0.0;            ///< axial length that compression and strain are means over
  double flattening_percent = 0.0;
  double tension_bearing_kPa = 0.0;      ///< T κ / w: what a taut nerve presses on its bed with; a quarter to a half of it is in compression
  double compression_utilisation = 0.0;  ///< value over the figure of L1 (caution) of the column that holds here
  double tension_utilisation = 0.0;
  int irritation_level = 0;                   ///< highest level reached, 0 = none
  bool in_mesh = false;                       ///< compression, flattening and bearing exist only inside the mesh and are zero elsewhere
  Vec3 position = Vec3::Zero();               ///< current, mm; outside the mesh on a straight continuation
  double width_mm = 0.0, thickness_mm = 0.0;  ///< section, unloaded; outside the mesh that of its end
};

struct NerveProfile {
  std::vector<NerveStation> stations;  ///< proximal first
  double root_excursion_mm = 0.0;      ///< of the nerve's end at the root, distal positive
  double foot_excursion_mm = 0.0;      ///< of its end at the ankle, distal positive
  double path_elongation_mm = 0.0;     ///< of the path from root to ankle against the neutral pose, by the joints' law
  double mean_strain_percent = 0.0;    ///< of the nerve between its ends, beyond the in-situ state
};

/// A numeric column of the profile, for tables and arrays.
struct NerveColumn {
  const char* name;  ///< with its unit
  double NerveStation::*value;
  bool needs_mesh;  ///< means nothing outside the mesh
};
std::span<const NerveColumn> nerve_columns();

/// What the profile is measured from, all at one state but for the two references.
struct ProfileInput {
  const AnatomyMesh& anatomy;
  const ElasticBody& body;
  const State& state;
  const SlidingCable* cable = nullptr;          ///< none = no strain and no tension
  std::span<const double> cable_arc_length_mm;  ///< per cable node, neutral arc length from the S1 foramen
  double station_zero_mm = 151.0;               ///< arc length of station zero
  double in_situ_stretch = 1.08;                ///< λ₀, of the neutral pose
  std::span<const NerveCompression> pose;       ///< same pose and condition, no roller; empty = the state itself is that
  std::span<const NerveCompression> neutral;    ///< neutral pose, no pathology, any grid; empty = zero
  double window_mm = 10.0;
  double path_elongation_mm = 0.0;  ///< against the neutral pose
};

/// The nerve from root to ankle on the sections of the mesh and, outside it, on the nodes of the cable.
NerveProfile measure_profile(const ProfileInput& input);

/// A peak and where it is.
struct Peak {
  double value = 0.0, at_mm = 0.0;
};
/// Largest value of a column (the first of equals); columns that need the mesh look only there.
Peak peak_of(const NerveProfile& profile, double NerveStation::*column);

/// Length of nerve in the mesh over which a column is at or above a limit, linear between stations, mm.
double length_above(const NerveProfile& profile, double NerveStation::*column, double limit);

/// Time within [t_0, t_n] for which a function given at ascending times, linear between them, is at or above a limit.
double time_above(std::span<const double> times, std::span<const double> values, double limit);

}  // namespace nerveload
