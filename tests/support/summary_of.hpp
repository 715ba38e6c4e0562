#pragma once
#include <nlohmann/json.hpp>

#include "tests/support/run_program.hpp"

namespace nerveload {

inline nlohmann::json summary_of(const std::filesystem::path& out) { return nlohmann::json::parse(text_of_file(out / "summary.json")); }

}  // namespace nerveload
