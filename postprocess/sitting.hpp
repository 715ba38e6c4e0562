#pragma once
#include "postprocess/results.hpp"

namespace nerveload {

/// One layer between the ischial tuberosity and the seat.
struct SittingLayer {
  double unloaded_mm = 0.0, loaded_mm = 0.0;  ///< along the vertical through the lowest point of the bone
  double compressive_strain_percent = 0.0;    ///< largest 100 (1 − least principal stretch), mean over a cell
  double compressive_stress_kPa = 0.0;        ///< largest compressive principal Cauchy stress, of the mean over a cell
  double thickness_change_percent() const { return unloaded_mm > 0.0 ? 100.0 * (loaded_mm / unloaded_mm - 1.0) : 0.0; }
};

/// What the weight does under the ischial tuberosity.
struct Sitting {
  SittingLayer muscle, fat, skin;
  SittingLayer other;                   ///< hamstring tendon, and the nerve with its bed
  double interface_pressure_kPa = 0.0;  ///< vertical force within `interface_radius_mm` of the vertical over that circle's area
};

inline constexpr double interface_radius_mm = 20.0;   ///< of the patch that a pressure mat would call the peak (assumed)
inline constexpr double under_bone_radius_mm = 30.0;  ///< cells whose middle is within it and below the bone lie under the tuberosity (assumed)

/// Measured between the state that stands in the pose without the seat and a loaded one.
Sitting measure_sitting(const AnatomyMesh& anatomy, const ElasticBody& body, const Indenter& seat, const State& unloaded, const State& loaded);

/// That of the governing step; none for a roller, or before the pose stands.
std::optional<Sitting> sitting_of(const Results& results);

}  // namespace nerveload
