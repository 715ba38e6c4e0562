#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nerveload {

/// Number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
int edit_distance(std::string_view a, std::string_view b);

/// The known word nearest to what was written; none when nothing is near enough to be meant (a third of the word).
std::optional<std::string> nearest_word(std::string_view written, std::span<const std::string> known);

/// "; did you mean X?" for the end of a message, X being the nearest word; nothing when none is near.
/// @param mark  put on both sides of the word: a quotation mark where it is written between them
std::string did_you_mean(std::string_view written, std::span<const std::string> known, std::string_view mark = {});

}  // namespace nerveload
