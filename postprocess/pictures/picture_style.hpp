#pragma once
#include <array>
#include <string>

namespace nerveload {

/// Looks that a run's pictures are drawn in: black on white, light on dark, or each picture in both.
enum class PictureStyle { light, dark, both };

inline constexpr std::array<const char*, 3> picture_style_words{"light", "dark", "both"};
inline const char* to_string(PictureStyle style) { return picture_style_words[static_cast<std::size_t>(style)]; }

}  // namespace nerveload
