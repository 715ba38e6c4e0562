#pragma once
#include <span>
#include <string>
#include <string_view>

namespace nerveload {

/// What a number of an input file measures. Every dimension but `none` wants its unit as the key's suffix (`force_N`).
enum class Dimension { none, length, angle, force, pressure, mass, time, frequency, ratio, area, stiffness, pressure_per_length };

/// One accepted unit: `internal = factor · value`, in mm, mN, kPa, kg, s, rad (kg·mm/s² = mN).
struct Unit {
  const char* suffix;  ///< without the underscore: "mmHg"
  double factor;
};

/// The units of a dimension, the preferred one first; empty for `none`.
std::span<const Unit> units_of(Dimension dimension);
/// The unit of that suffix, null when the dimension does not know it.
const Unit* find_unit(Dimension dimension, std::string_view suffix);
const char* to_string(Dimension dimension);

/// A unit together with what it measures.
struct KnownUnit {
  Dimension dimension = Dimension::none;
  const Unit* unit = nullptr;  ///< null = no unit, a plain number
};
/// The unit of a suffix in whatever dimension knows it.
KnownUnit known_unit(std::string_view suffix);

/// A key taken apart at its last underscores: `position_mm` is stem `position`, suffix `mm`.
struct KeyParts {
  std::string_view stem, suffix;  ///< suffix empty when the key ends in no known unit of any dimension
};
KeyParts split_key(std::string_view key);

/// "force_N, force_kN or force_mN"
std::string accepted_keys(std::string_view stem, Dimension dimension);

}  // namespace nerveload
