#pragma once
#include <random>
#include <string>

namespace nerveload {

/// A text with a few slips of the kind that editors, people and broken disks make: lines lost, doubled, swapped or joined, numbers changed beyond
/// reason, words misspelt or taken from elsewhere in the text, brackets and quotes dropped, odd bytes, an early end.
/// The same `random` gives the same mutant.
std::string mutant(std::string text, std::mt19937_64& random);

}  // namespace nerveload
