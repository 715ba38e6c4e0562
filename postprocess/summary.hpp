#pragma once
#include <filesystem>
#include <string>

#include "postprocess/results.hpp"

namespace nerveload {

/// The headline figures of a run as JSON. Figures of the nerve and the roller are those of
/// the governing step; a figure that does not exist is null, never NaN.
/// `compression_utilisation` and `tension_utilisation` are against L1 (caution); `by_level` has every level.
/// `length_above_threshold_mm` and `time_above_threshold_s` are against the compression of L1 as well.
std::string summary_json(const Results& results);

/// A row per station at the governing step; cells of columns that mean nothing outside the mesh are empty there.
std::string nerve_profile_csv(const Results& results);

/// A row per step: load, contact, peaks on the nerve.
std::string history_csv(const Results& results);

}  // namespace nerveload
