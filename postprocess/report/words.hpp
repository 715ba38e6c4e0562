#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace nerveload {

/// Text as it may stand in HTML, between tags or within quoted attributes.
std::string html(std::string_view text);

/// A figure with so many digits after the point, the same in every locale; "–" when it is not finite.
std::string figure(double value, int digits);

/// "2.7 kPa (20 mmHg)".
std::string pressure_words(double kPa);

/// "26 mm above the sitting bone".
std::string place_words(double station_mm);

/// What a level of the ladder means, in a few words.
const char* level_meaning(int level);

/// A published work of docs/theory/references.bib.
struct Reference {
  std::string key, text;  ///< authors, title, journal, year, in words
  std::string doi;        ///< empty when there is none
};

/// The works that a text names by their keys, in the order of the text, each once.
std::vector<Reference> references_in(std::string_view text);

}  // namespace nerveload
