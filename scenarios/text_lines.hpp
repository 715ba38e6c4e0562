#pragma once
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nerveload {

/// The lines of a text one by one, numbered from 1, without line ends.
class TextLines {
 public:
  explicit TextLines(std::string_view text) : rest_(text) {}
  /// The next line; nothing at the end.
  std::optional<std::string_view> next() {
    if (rest_.empty()) return {};
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number_;
    return line;
  }
  int number() const { return number_; }

 private:
  std::string_view rest_;
  int number_ = 0;
};

inline std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

/// Words between commas, without blanks around them; a comma at the end ends the last word and begins no other.
inline std::vector<std::string_view> comma_words(std::string_view line) {
  std::vector<std::string_view> words;
  while (!trimmed(line).empty()) {
    const std::size_t end = line.find(',');
    words.push_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return words;
}

/// Words between blanks.
inline std::vector<std::string_view> blank_words(std::string_view line) {
  std::vector<std::string_view> words;
  for (line = trimmed(line); !line.empty(); line = trimmed(line)) {
    const std::size_t end = line.find_first_of(" \t");
    words.push_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end);
  }
  return words;
}

/// The whole word as a number, whatever the locale; nothing when it is none. "1.5D-3" and "+2" are numbers, too.
template <class Number>
std::optional<Number> number_of(std::string_view word) {
  std::string fortran;
  if (word.starts_with('+')) word.remove_prefix(1);
  if (const std::size_t d = word.find_first_of("dD"); d != std::string_view::npos && word.find_first_of("xX") == std::string_view::npos) {
    fortran = word;
    fortran[d] = 'e';
    word = fortran;
  }
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || word.empty()) return {};
  return value;
}

/// The whole word as a finite number as C++ writes one, "+2" too, whatever the locale; nothing when it is none.
inline std::optional<double> finite_number(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace nerveload
