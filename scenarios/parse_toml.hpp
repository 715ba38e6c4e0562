#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "scenarios/document.hpp"
#include "scenarios/input_error.hpp"

namespace nerveload {

/// Reads TOML 0.5/1.0 into a document. @throws InputError with the place of the first fault of syntax
DocumentTable parse_toml(std::string_view text, const std::string& source);

/// Reads a file. @throws FileError, InputError
DocumentTable parse_toml_file(const std::filesystem::path& path);

/// One `--set KEY=VALUE` as a patch: a dotted key; the value is read as TOML where it is TOML, else taken as a text.
/// Every place in it says "--set KEY=VALUE". @throws InputError
DocumentTable parse_setting(std::string_view setting);

}  // namespace nerveload
