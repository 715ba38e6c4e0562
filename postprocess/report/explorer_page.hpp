#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "postprocess/thresholds.hpp"

namespace nerveload {

/// What an explorer is about.
struct ExplorerHead {
  std::string name, description;
  ThresholdLadder ladder;
  double hold_min = 1.0;                  ///< how long the load counts as held at one place
  std::vector<std::string> notices = {};  ///< what a reader must know first: a preview, another version's points
};

/// A page that goes through precomputed points: sliders for every input, two settings side by side, the nerve's profile and the verdict at
/// once, and five guided questions. It needs nothing else.
/// @param points  one object each, as in results.jsonl of a sweep: `inputs` {key: number or word}, `status`, and of a complete one
///                `nerve_profile` {column: [values]} with arc_length_mm, compression_kPa, strain_percent and both utilisations
/// @throws OutputError  no complete points, or one that does not fit
std::string explorer_page(const ExplorerHead& head, const std::vector<nlohmann::ordered_json>& points);

/// The objects of a results.jsonl. @throws OutputError that names the file and the line
std::vector<nlohmann::ordered_json> read_points(const std::filesystem::path& jsonl);

}  // namespace nerveload
