#pragma once
#include <stdexcept>
#include <string>

namespace nerveload {

/// Something needs more memory than there is; found out before it is taken.
struct InsufficientMemory : std::runtime_error {
  using std::runtime_error::runtime_error;
  InsufficientMemory(double needed_bytes, double available_bytes);
};

/// Memory that this process may still take: the least of what the system has free, what its control group leaves and what its own limit on
/// addresses (ulimit -v) leaves; infinite where nothing is known. Bytes.
double available_memory_bytes();

/// What this process's limit on addresses (ulimit -v) leaves, whether touched or not; infinite without one. Bytes.
double available_address_bytes();

}  // namespace nerveload
