#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "scenarios/document.hpp"

namespace nerveload {

/// One slip of the user.
struct InputFault {
  Place place;
  std::string key;      ///< dotted, as written; empty for a fault of the file itself
  std::string value;    ///< as written; empty when there is none
  std::string message;  ///< what is wrong and what is accepted
};
/// "hip.toml:7:1: load.forse_N = 250: unknown key; did you mean load.force_N?"
std::string to_string(const InputFault& fault);

/// The input is wrong: every fault of it, in the order of the file. `what()` has a line for each.
struct InputError : std::runtime_error {
  explicit InputError(std::vector<InputFault> all);
  /// A single fault of an input as a whole.
  InputError(const Place& place, const std::string& message);
  std::vector<InputFault> faults;
};

/// A file could not be read or written.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace nerveload
