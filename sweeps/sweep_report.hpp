#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// Writes what the points of a store say: answers.json, pictures/ and sweep_report.html, one page that holds its pictures.
/// @return remarks: figures without an answer, pictures that could not be drawn. @throws OutputError
std::vector<std::string> write_sweep_report(const SweepStore& store, const std::filesystem::path& dir);

}  // namespace nerveload
