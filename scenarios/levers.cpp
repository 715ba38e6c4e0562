#include "scenarios/levers.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/dimension.hpp"
#include "scenarios/input.hpp"
#include "scenarios/resolved_quantities.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

/// What may be changed. An effort of 1 is what a person would call a small shift: 10 mm or 10 degrees, assumed.
constexpr const char* lever_names[] = {"roller.position",
                                       "roller.lateral_offset",
                                       "roller.azimuth",
                                       "roller.yaw",
                                       "pose.hip_flexion",
                                       "pose.hip_abduction",
                                       "pose.hip_external_rotation",
                                       "pose.knee_flexion",
                                       "pose.ankle_dorsiflexion"};
constexpr double small_shift_mm = 10.0, small_turn = 10.0 * radians_per_degree;

/// What a lever's value is rounded to, in effort units.
constexpr double grain = 0.1;

/// Without what rounding leaves in the last digits.
std::string in_words(double value) { return written_number(std::round(value * 1e6) / 1e6); }

}  // namespace

std::vector<AdviceLever> levers_of(const Scenario& scenario) {
  std::vector<AdviceLever> levers;
  for (const char* name : lever_names)
    for (const ResolvedQuantity& q : resolved_quantities(scenario)) {
      const KeyParts parts = split_key(q.key);
      if (parts.stem != name) continue;
      const KnownUnit unit = known_unit(parts.suffix);
      const double effort = (unit.dimension == Dimension::angle ? small_turn : small_shift_mm) / unit.unit->factor;
      levers.push_back({q.key, q.value, q.low, q.high, effort});
    }
  return levers;
}

std::string name_of(const AdviceLever& lever) {
  std::string name(split_key(lever.key).stem);
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

ChangeBox box_of(const std::vector<AdviceLever>& levers) {
  ChangeBox box;
  for (const AdviceLever& l : levers) {
    box.low.push_back(std::min(0.0, (l.low - l.value) / l.effort_unit));
    box.high.push_back(std::max(0.0, (l.high - l.value) / l.effort_unit));
  }
  return box;
}

ChangeBox box_of_one(const std::vector<AdviceLever>& levers, std::size_t lever) {
  ChangeBox box = box_of(levers);
  for (std::size_t i = 0; i < levers.size(); ++i)
    if (i != lever) box.low[i] = box.high[i] = 0.0;
  return box;
}

std::vector<double> as_written(const std::vector<AdviceLever>& levers, const std::vector<double>& change) {
  std::vector<double> written(levers.size(), 0.0);
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const AdviceLever& l = levers[i];
    if (std::abs(change[i]) < 0.5 * grain) continue;
    const double step = grain * l.effort_unit, value = std::clamp(std::round((l.value + change[i] * l.effort_unit) / step) * step, l.low, l.high);
    written[i] = (value - l.value) / l.effort_unit;
  }
  return written;
}

std::vector<AdvisedChange> changes_of(const std::vector<AdviceLever>& levers, const std::vector<double>& written) {
  std::vector<AdvisedChange> changes;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const AdviceLever& l = levers[i];
    if (written[i] != 0.0) changes.push_back({l.key, in_words(l.value), in_words(l.value + written[i] * l.effort_unit)});
  }
  return changes;
}

}  // namespace nerveload
