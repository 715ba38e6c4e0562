#include "scenarios/input_error.hpp"

#include <algorithm>
#include <tuple>

namespace nerveload {
namespace {

std::vector<InputFault> in_file_order(std::vector<InputFault> faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const InputFault& a, const InputFault& b) {
    if (a.place.source != b.place.source) return false;
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  return faults;
}

std::string lines(const std::vector<InputFault>& faults) {
  std::string text;
  for (const InputFault& f : faults) text += (text.empty() ? "" : "\n") + to_string(f);
  return text;
}

}  // namespace

std::string to_string(const InputFault& fault) {
  std::string text = to_string(fault.place);
  if (!fault.key.empty()) text += ": " + fault.key + (fault.value.empty() ? "" : " = " + fault.value);
  return text + ": " + fault.message;
}

InputError::InputError(std::vector<InputFault> all)
    : std::runtime_error(lines(in_file_order(all))), faults(in_file_order(all)) {}

InputError::InputError(const Place& place, const std::string& message)
    : InputError(std::vector<InputFault>(1, InputFault{place, {}, {}, message})) {}

}  // namespace nerveload
