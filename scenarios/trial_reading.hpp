#pragma once
#include <filesystem>
#include <functional>

namespace nerveload {

/// Whether a reader comes to an end on a file, with or without an exception. A process of its own tries it first, for a library's reader that a
/// damaged file may lead beyond its arrays or keep busy for ever; it may take a minute of processor time and a second for each megabyte.
bool survives_reading(const std::filesystem::path& file, const std::function<void()>& read);

}  // namespace nerveload
