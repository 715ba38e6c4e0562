#pragma once
#include <vector>

namespace nerveload {

/// Measured and assumed geometry of the reference man in the neutral pose, mm; s = −z runs distally from the hip joint,
/// ξ lateral, η posterior. Sources: docs/theory/anatomy.md; class M measured, D derived from measurements, A assumed.

/// An ellipse-like inclusion of the section: centre, semi-axes, direction of the first axis from ξ towards η, and the share
/// of the thigh's rotation that it takes part in (0 pelvis … 1 femur).
struct InclusionRow {
  double s, xi, eta, a, b, tilt_deg, femur_share;
  double twist_share = -1.0;  ///< of the rotation about the thigh's axis, where it differs
};
/// Sacrum – sacrotuberous ligament – ischium (bone down to `ischium_end_s`), then proximal hamstrings.
const std::vector<InclusionRow>& medial_inclusion();
/// Ilium – hip joint and trochanter – femoral shaft; bone everywhere.
const std::vector<InclusionRow>& lateral_bone();

/// The sciatic nerve: centre, width, thickness.
struct NerveRow {
  double s, xi, eta, width, thickness;
};
const std::vector<NerveRow>& nerve_path();

/// Soft tissue around: skin-to-nerve depth, fat behind the nerve; muscle extents to the sides and front, fat there,
/// exponent of the superellipse.
struct LayerRow {
  double s, depth, fat, lateral, medial, anterior, side_fat, exponent;
};
const std::vector<LayerRow>& layers();

/// Landmarks along the nerve (s of the neutral pose).
inline constexpr double sweep_begin_s = -122.0, sweep_end_s = 392.0;
inline constexpr double piriformis_upper_s = -56.0, piriformis_lower_s = -13.0;  ///< D: foramen (y 56) to the lower border (y 13)
inline constexpr double piriformis_fibre_across = 0.86;                          ///< share of its fibres' direction that crosses the limb (A)
inline constexpr double ischium_end_s = 56.0;                                    ///< D: tip at y −53, body to −58
inline constexpr double gluteal_fold_s = 105.0;                                  ///< A: lower edge of gluteus maximus
inline constexpr double tuberosity_s = 40.0;                                     ///< station zero (arc length 151)
inline constexpr double reference_half_width_mm = 77.25;                         ///< median plane from the hip joint
inline constexpr double nerve_bed_mm = 1.0;                                      ///< A: paraneurium around the epineurium
inline constexpr double reference_cover_scale_mm = 81.0;  ///< distance of the posterior hull from the hip's axis that muscularity scales

}  // namespace nerveload
