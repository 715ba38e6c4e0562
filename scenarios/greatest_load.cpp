#include "scenarios/greatest_load.hpp"

namespace nerveload {
namespace {

constexpr double fallen_to = 0.7;  // of the greatest force; a fold that is passed by loses a tenth at most

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

bool gives_way(const std::vector<LegStep>& steps) {
  const std::optional<std::size_t> greatest = greatest_load(steps);
  return greatest && steps.back().contact.pressing_force < fallen_to * steps[*greatest].contact.pressing_force;
}

}  // namespace nerveload
