#pragma once
#include <filesystem>
#include <string>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// More points than this make a page that no browser likes.
inline constexpr std::int64_t most_explored_points = 4000;

/// Writes explorer.html: sliders over a sweep's points with the nerve's profile and the verdict (docs/decisions/0030-explorer.md).
/// @return why there is none, an earlier one neither; empty = there is. @throws OutputError when it cannot be written
std::string write_explorer(const SweepStore& store, const std::filesystem::path& dir);

}  // namespace nerveload
