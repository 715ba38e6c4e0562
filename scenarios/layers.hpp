#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "scenarios/document.hpp"
#include "scenarios/input_error.hpp"

namespace nerveload {

/// A scenario as patches laid over each other: default presets, then the chain of `extends`, then the file, then the settings;
/// each with the presets it names put under it. Every value keeps the place it came from.
/// `extends` is a path beside the extending file, or the name of a library scenario; so is `file`, from where the program runs.
/// @throws InputError, FileError
DocumentTable layered_document(const std::filesystem::path& file, std::span<const std::string> settings = {});
/// The same for a text that stands for a file of that name.
DocumentTable layered_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings = {});

/// What a word in a file of `folder` names: the file there, or "library:NAME.toml", which this reader takes for a scenario of the library. The library is
/// looked into only for a word without a folder: a path that leads nowhere must not silently become another leg.
/// @throws FileError  neither
std::filesystem::path named_scenario(const std::filesystem::path& folder, const std::string& word);

}  // namespace nerveload
