#include "scenarios/resolved_fault.hpp"

namespace nerveload {

InputFault resolved_fault(const Scenario& scenario, const std::string& key, const std::string& value, const std::string& message) {
  InputFault fault;
  fault.place.source = scenario.source;
  fault.key = key;
  fault.value = value;
  fault.message = message;
  for (const ResolvedEntry& e : scenario.resolved)
    if (e.table + "." + e.key == key && !e.origin.starts_with("default")) fault.place.source = e.origin;
  return fault;
}

}  // namespace nerveload
