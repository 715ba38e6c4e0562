#pragma once
#include <optional>

#include "scenarios/scenario.hpp"

namespace nerveload {

/// Size laws of docs/theory/anatomy.md (scaling law); stature in mm, mass in kg, results in mm.
/// Girths are the regressions over 4082 men and 1986 women of gordon2014.
double femur_length_of(Sex sex, double stature_mm);
double inter_hip_width_of(Sex sex, double stature_mm);
double thigh_girth_of(Sex sex, double stature_mm, double mass_kg);
double buttock_fat_of(Sex sex, double stature_mm, double mass_kg);
double gluteus_maximus_thickness_of(double length_scale, double muscularity);

inline constexpr double reference_femur_length_mm = 408.0;
inline constexpr double reference_inter_hip_width_mm = 154.5;
inline constexpr double reference_muscularity = 0.92;  ///< of an average man, assumed
inline constexpr double reference_gluteus_maximus_mm = 46.0 * reference_muscularity;

/// How muscle and fat share the thigh's girth at the gluteal furrow:
///   girth = 546 mm · k_L · m + 2π (fat ring + skin);   posterior mid-thigh fat in a fixed proportion to the ring,
/// 8 mm in the reference man. Given figures stay; the others follow, within the ranges that the mesh has been shown on.
struct ThighComposition {
  double muscularity, fat_thickness_mm, girth_mm;
};
struct ThighGiven {
  std::optional<double> muscularity, fat_thickness_mm, girth_mm;
};
ThighComposition compose_thigh(const Subject& subject, const ThighGiven& given);

inline constexpr double least_muscularity = 0.75, most_muscularity = 1.05;
inline constexpr double least_thigh_fat_mm = 3.0, most_thigh_fat_mm = 35.0;
inline constexpr double least_thigh_girth_mm = 470.0, most_thigh_girth_mm = 740.0;

}  // namespace nerveload
