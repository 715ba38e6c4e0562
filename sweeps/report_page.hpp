#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "sweeps/answers.hpp"

namespace nerveload {

/// The page about a sweep: design, failures, what matters, how often levels are exceeded, what it cost. It holds its pictures and needs nothing else.
/// @param stems  of the pictures' names, one for each figure
std::string report_page(const SweepStore& store, const SweepAnswers& answers, const std::vector<std::string>& stems,
                        const std::filesystem::path& pictures);

}  // namespace nerveload
