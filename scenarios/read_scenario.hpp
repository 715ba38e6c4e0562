#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/input_error.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// Reads a scenario (`kind = "roller"`) with everything decided: what the user says, presets, and defaults with sources.
/// @param file      a file, or the name of a library scenario
/// @param settings  KEY=VALUE each, patches on top
/// @throws InputError with every fault; FileError
Scenario read_scenario(const std::filesystem::path& file, std::span<const std::string> settings = {});
/// The same from a text that stands for a file of that name (it decides where `extends` looks).
Scenario read_scenario_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings = {});

/// The complete resolved scenario: valid TOML that reads back to the same values, each with its origin as a comment.
std::string resolved_toml(const Scenario& scenario, bool with_origins = true);

/// "roller" or "solid": what kind of input a file is; "roller" when it does not say. @throws InputError, FileError
std::string input_kind(const std::filesystem::path& file);
/// The same of one that has been parsed.
std::string input_kind(const DocumentTable& document);

}  // namespace nerveload
