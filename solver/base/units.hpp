#pragma once
/// The one file that holds conversion factors. Inside, everything is mm, kPa, mN, s and radians (1 kPa = 1 mN/mm²).
#include <numbers>

namespace nerveload {

inline constexpr double mm_per_m = 1000.0;
inline constexpr double mm_per_cm = 10.0;
inline constexpr double mm_per_inch = 25.4;
inline constexpr double mN_per_N = 1000.0;
inline constexpr double mN_per_kN = 1e6;
inline constexpr double kPa_per_MPa = 1000.0;
inline constexpr double kPa_per_Pa = 1e-3;
inline constexpr double mm2_per_cm2 = 100.0;
inline constexpr double kg_per_g = 1e-3;
inline constexpr double s_per_ms = 1e-3;
inline constexpr double s_per_min = 60.0;
inline constexpr double fraction_per_percent = 0.01;
inline constexpr double kPa_per_mmHg = 0.133322;  ///< conventional millimetre of mercury
inline constexpr double radians_per_degree = std::numbers::pi / 180.0;
inline constexpr double standard_gravity_m_s2 = 9.80665;

namespace literals {
constexpr double operator""_kPa(long double v) { return static_cast<double>(v); }
constexpr double operator""_MPa(long double v) { return static_cast<double>(v) * kPa_per_MPa; }
constexpr double operator""_mmHg(long double v) { return static_cast<double>(v) * kPa_per_mmHg; }
}  // namespace literals

}  // namespace nerveload
