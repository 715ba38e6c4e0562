#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "postprocess/results.hpp"

namespace nerveload {

/// Writes everything that a run leaves in its folder; summary.json comes last, so a folder with it is whole.
/// Call assign_times, judge_results and prepare_output before; an earlier run's results in `dir` are replaced.
/// @return remarks for the person who runs it, for example that no pictures could be drawn
/// @throws OutputError
std::vector<std::string> write_results(const Results& results, const std::filesystem::path& dir);

}  // namespace nerveload
