#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/document.hpp"

namespace nerveload {

/// Text files compiled into the program: path and content.
using EmbeddedFiles = std::vector<std::pair<std::string_view, std::string_view>>;
EmbeddedFiles embedded_presets();  ///< "pose/figure_four.toml", …
EmbeddedFiles embedded_library();  ///< "default.toml", …

/// Names of the presets of a table ("condition", "pose", "roller"), sorted.
std::vector<std::string> preset_names(std::string_view table);
/// Names of the library's scenarios ("default", …).
std::vector<std::string> library_names();

/// A table's key that names a preset.
struct PresetSelector {
  const char* table;
  const char* key;
};
inline constexpr PresetSelector preset_selectors[] = {{"condition", "kind"}, {"pose", "preset"}, {"roller", "kind"}};

/// Puts the presets that a patch names under it, so that the patch's own keys win. Every place in a preset says
/// "preset NAME: source". A name that is no preset is left for the reader to refuse.
DocumentTable with_presets(const DocumentTable& patch);

/// Takes out of `base` what the presets of a table decide, where the patch names one: another preset then starts afresh
/// (a healthy piriformis after a swollen one).
void drop_old_presets(DocumentTable& base, const DocumentTable& patch);

}  // namespace nerveload
