#pragma once
#include "postprocess/report/explorer_page.hpp"

namespace nerveload {

/// What the explorer's script works on: inputs with ranges and words, points with their profiles on common stations, levels.
nlohmann::ordered_json explorer_table(const ExplorerHead& head, const std::vector<nlohmann::ordered_json>& points);

}  // namespace nerveload
