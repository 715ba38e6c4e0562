#pragma once
#include <string>

namespace nerveload {

/// printf into a string.
__attribute__((format(printf, 1, 2))) std::string text(const char* format, ...);

int available_cores();

}  // namespace nerveload
