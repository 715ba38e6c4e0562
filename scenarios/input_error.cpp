#include "scenarios/input_error.hpp"

#include <algorithm>
#include <tuple>

namespace nerveload {
namespace {

/// By source in the order of first appearance, then by place.
std::vector<InputFault> in_file_order(std::vector<InputFault> faults) {
  std::vector<std::string> sources;
  for (const InputFault& f : faults)
    if (std::find(sources.begin(), sources.end(), f.place.source) == sources.end()) sources.push_back(f.place.source);
  auto rank = [&](const InputFault& f) {
    return std::tuple(std::find(sources.begin(), sources.end(), f.place.source) - sources.begin(), f.place.line, f.place.column);
  };
  std::stable_sort(faults.begin(), faults.end(), [&](const InputFault& a, const InputFault& b) { return rank(a) < rank(b); });
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

InputError::InputError(std::vector<InputFault> all) : std::runtime_error(lines(in_file_order(all))), faults(in_file_order(all)) {}

InputError::InputError(const Place& place, const std::string& message) : InputError(std::vector<InputFault>(1, InputFault{place, {}, {}, message})) {}

}  // namespace nerveload
