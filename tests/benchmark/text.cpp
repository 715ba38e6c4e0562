#include "tests/benchmark/text.hpp"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <thread>

namespace nerveload {

std::string text(const char* format, ...) {
  std::array<char, 1000> line{};
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line.data(), line.size(), format, arguments);
  va_end(arguments);
  return line.data();
}

int available_cores() { return static_cast<int>(std::thread::hardware_concurrency()); }

}  // namespace nerveload
