#include "solver/base/memory.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>

namespace nerveload {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

std::string gigabytes(double bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GB", bytes * 1e-9);
  return text;
}

/// The number after `key` in a file of lines "key: number kB"; infinite where there is none.
double kilobytes(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string word; in >> word;)
    if (double value; word == key && in >> value) return 1024.0 * value;
  return unlimited;
}

double number_in(const char* file) {
  std::ifstream in(file);
  double value;
  return in >> value ? value : unlimited;  // "max" is no number
}

}  // namespace

InsufficientMemory::InsufficientMemory(double needed, double available)
    : std::runtime_error("the factorisation needs " + gigabytes(needed) + " of memory and " + gigabytes(available) + " are available") {}

double available_memory_bytes() {
  double available = kilobytes("/proc/meminfo", "MemAvailable:");
  const double group = number_in("/sys/fs/cgroup/memory.max"), used = number_in("/sys/fs/cgroup/memory.current");
  if (group < unlimited && used < unlimited) available = std::min(available, group - used);
  return std::max(0.0, std::min(available, available_address_bytes()));
}

double available_address_bytes() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  return std::max(0.0, static_cast<double>(limit.rlim_cur) - kilobytes("/proc/self/status", "VmSize:"));
}

}  // namespace nerveload
