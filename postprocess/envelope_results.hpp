#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nerveload {

/// What was found at one point of the grid.
struct EnvelopePoint {
  double position_mm = 0.0, hip_flexion_deg = 0.0, knee_flexion_deg = 0.0;
  std::string roller;  ///< kind
  std::string status;  ///< reached, not_reached, reached_by_pose, failed
  std::string reason;  ///< of a failure
  /// Largest force before the level is reached; none where it is not reached, 0 where the pose alone reaches it.
  std::optional<double> critical_force_N, critical_body_weight_fraction, critical_mean_pressure_kPa;
  std::string governing;  ///< compression or tension: what reaches the level, or is nearest to it at the greatest force; empty after a failure
  double governing_at_mm = 0.0;
  double pose_compression = 0.0, pose_tension = 0.0;  ///< over the level's figure, without the roller
  double compression = 0.0, tension = 0.0;            ///< the same at the force solved nearest to the critical (or the greatest) one
};

/// Where a roller may press, and how hard, before a level of the ladder is reached.
struct Envelope {
  std::string name, fidelity;
  int level = 1;
  std::string level_name;
  bool healthy = true;                                                  ///< the nerve that was judged; else irritated or its root compressed
  double healthy_kPa = 0.0;                                             ///< pressure at which it reaches the level
  double vulnerable_kPa = 0.0;                                          ///< the least at which an irritated one or one with a compressed root does
  double most_fraction = 0.0, most_N = 0.0;                             ///< greatest force asked about
  std::vector<double> positions_mm, hip_flexion_deg, knee_flexion_deg;  ///< axes of the grid
  std::vector<std::string> rollers;
  std::vector<EnvelopePoint> points;  ///< rollers outermost, then knee, then hip, then position; fewer when it was stopped
};

/// A number as printf has it, for words about an envelope.
std::string rounded(double value, const char* format = "%.0f");

/// A load that reaches a level, for people: cut off and never rounded up, to whole newtons or hundredths of body weight.
std::string force_words(double force_N);
std::string share_of_weight_words(double fraction);

/// A row a point.
std::string envelope_csv(const Envelope& envelope);

/// A table for a terminal: for every roller and knee angle a row a hip angle, a column a position; force in N.
std::string envelope_text(const Envelope& envelope);

/// A structured grid for ParaView per roller, DIR/ROLLER.vts: x = position (mm), y = hip flexion, z = knee flexion (degrees).
/// Arrays: critical_force_N, critical_body_weight_fraction, critical_mean_pressure_kPa (not a number where there is none), status (0 not reached,
/// 1 reached, 2 by the pose, 3 failed, 4 not computed), governing (0 none, 1 compression, 2 tension).
/// @throws OutputError
void write_envelope_grids(const Envelope& envelope, const std::filesystem::path& dir);

/// Draws DIR/envelope_ROLLER_knee_ANGLE.png for every roller and knee angle.
/// @return why there are none; empty when all were drawn
std::string draw_envelope(const Envelope& envelope, const std::filesystem::path& dir);

}  // namespace nerveload
