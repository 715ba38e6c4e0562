#include "scenarios/greatest_load.hpp"

#include <cmath>
#include <string>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr double fallen_to = 0.7;   // of the greatest force; folds that were passed by lost a tenth at most
constexpr double in_earnest = 0.1;  // of the goal

}  // namespace

std::optional<std::size_t> greatest_load(const std::vector<LegStep>& steps) {
  std::optional<std::size_t> greatest;
  double force = 0.0;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].phase == LegStep::Phase::press && steps[i].contact.pressing_force > force) {
      greatest = i;
      force = steps[i].contact.pressing_force;
    }
  return greatest;
}

bool gives_way(const std::vector<LegStep>& steps, double goal) {
  const std::optional<std::size_t> greatest = greatest_load(steps);
  if (!greatest) return false;
  const double force = steps[*greatest].contact.pressing_force;
  return force > in_earnest * goal && steps.back().contact.pressing_force < fallen_to * force;
}

bool end_at_greatest_load(LegOutcome& outcome, double goal) {
  std::vector<LegStep>& steps = outcome.steps;
  const std::optional<std::size_t> greatest = greatest_load(steps);
  if (!greatest || *greatest + 1 == steps.size() || steps[*greatest].contact.pressing_force >= goal) return false;
  const bool gave_way = gives_way(steps, goal);
  steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(*greatest) + 1, steps.end());
  if (outcome.reason == "interrupted") return true;
  const LegStep& last = steps.back();
  const std::string most = "the greatest force on the way was " + std::to_string(std::lround(last.contact.pressing_force / mN_per_N)) + " N, at " +
                           std::to_string(std::lround(last.indentation_mm)) + " mm of indentation";
  outcome.reason = gave_way ? most + "; pressed further the leg gives way" : outcome.reason + "; " + most;
  return true;
}

}  // namespace nerveload
