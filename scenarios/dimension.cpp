#include "scenarios/dimension.hpp"

#include <array>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr Unit lengths[] = {{"mm", 1.0}, {"cm", mm_per_cm}, {"m", mm_per_m}, {"in", mm_per_inch}};
constexpr Unit angles[] = {{"deg", radians_per_degree}, {"rad", 1.0}};
constexpr Unit forces[] = {{"N", mN_per_N}, {"kN", mN_per_kN}, {"mN", 1.0}};
constexpr Unit pressures[] = {{"kPa", 1.0}, {"mmHg", kPa_per_mmHg}, {"MPa", kPa_per_MPa}, {"Pa", kPa_per_Pa}};
constexpr Unit masses[] = {{"kg", 1.0}, {"g", kg_per_g}};
constexpr Unit times[] = {{"s", 1.0}, {"min", s_per_min}, {"ms", s_per_ms}};
constexpr Unit frequencies[] = {{"per_min", 1.0 / s_per_min}, {"Hz", 1.0}, {"per_s", 1.0}};
constexpr Unit ratios[] = {{"percent", fraction_per_percent}};
constexpr Unit areas[] = {{"mm2", 1.0}, {"cm2", mm2_per_cm2}};
constexpr Unit stiffnesses[] = {{"N_per_mm", mN_per_N}, {"mN_per_mm", 1.0}};
constexpr Unit pressures_per_length[] = {{"kPa_per_mm", 1.0}, {"MPa_per_m", kPa_per_MPa / mm_per_m}};

struct Row {
  Dimension dimension;
  const char* name;
  std::span<const Unit> units;
};
constexpr std::array<Row, 12> rows = {{
    {Dimension::none, "a plain number", {}},
    {Dimension::length, "a length", lengths},
    {Dimension::angle, "an angle", angles},
    {Dimension::force, "a force", forces},
    {Dimension::pressure, "a pressure", pressures},
    {Dimension::mass, "a mass", masses},
    {Dimension::time, "a time", times},
    {Dimension::frequency, "a frequency", frequencies},
    {Dimension::ratio, "a share", ratios},
    {Dimension::area, "an area", areas},
    {Dimension::stiffness, "a stiffness", stiffnesses},
    {Dimension::pressure_per_length, "a pressure per length", pressures_per_length},
}};

const Row& row_of(Dimension dimension) { return rows[static_cast<std::size_t>(dimension)]; }

}  // namespace

std::span<const Unit> units_of(Dimension dimension) { return row_of(dimension).units; }
const char* to_string(Dimension dimension) { return row_of(dimension).name; }

const Unit* find_unit(Dimension dimension, std::string_view suffix) {
  for (const Unit& u : units_of(dimension))
    if (suffix == u.suffix) return &u;
  return nullptr;
}

KnownUnit known_unit(std::string_view suffix) {
  for (const Row& row : rows)
    if (const Unit* u = find_unit(row.dimension, suffix)) return {row.dimension, u};
  return {};
}

KeyParts split_key(std::string_view key) {
  // The longest suffix wins: `stiffness_N_per_mm` is not `stiffness_N_per` in mm.
  for (std::size_t at = key.find('_'); at != std::string_view::npos; at = key.find('_', at + 1)) {
    const std::string_view suffix = key.substr(at + 1);
    if (at == 0) continue;
    for (const Row& row : rows)
      if (find_unit(row.dimension, suffix)) return {key.substr(0, at), suffix};
  }
  return {key, {}};
}

std::string accepted_keys(std::string_view stem, Dimension dimension) {
  const auto units = units_of(dimension);
  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i > 0) text += i + 1 < units.size() ? ", " : " or ";
    text += std::string(stem) + "_" + units[i].suffix;
  }
  return text.empty() ? std::string(stem) : text;
}

}  // namespace nerveload
