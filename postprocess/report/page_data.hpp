#pragma once
#include <nlohmann/json.hpp>

#include "postprocess/report/model_surfaces.hpp"
#include "postprocess/run_folder.hpp"

namespace nerveload {

/// What the page's script works on: steps, history, levels, the nerve's profile per step, and the packed surfaces (packer.hpp).
nlohmann::ordered_json page_data(const RunFolder& run, const ModelSurfaces& model);

/// JSON as it may stand inside a script element: no "<" remains.
std::string json_for_page(const nlohmann::ordered_json& data);

}  // namespace nerveload
