#include "tests/support/mutants.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace nerveload {
namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t count) { return count ? random() % count : 0; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i ? "\n" : "") + lines[i];
  return text;
}

bool in_number(char c) { return (c >= '0' && c <= '9') || c == '.'; }
bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Pieces of the text whose characters all satisfy a condition: start and length.
template <class Condition>
std::vector<std::pair<std::size_t, std::size_t>> runs_of(const std::string& text, Condition inside) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && inside(text[end])) ++end;
    if (end > i) found.push_back({i, end - i});
    i = std::max(end, i + 1);
  }
  return found;
}

void change_number(std::string& text, Random& random) {
  constexpr std::array<std::string_view, 20> odd{"nan",   "inf",   "-inf", "1e400", "-1",    "0",      "-0.0", "1e-300", "99999999999999999999",
                                                 "0x10",  "1_000", "1,5",  "true",  "\"5\"", "[1, 2]", "1e9",  "0.5",    "3",
                                                 "45.25", ""};
  const auto numbers = runs_of(text, in_number);
  if (numbers.empty()) return;
  const auto [at, size] = numbers[below(random, numbers.size())];
  text.replace(at, size, odd[below(random, odd.size())]);
}

void change_word(std::string& text, Random& random) {
  const auto words = runs_of(text, in_word);
  if (words.empty()) return;
  const auto [at, size] = words[below(random, words.size())];
  const auto [from, length] = words[below(random, words.size())];
  switch (below(random, 3)) {
    case 0: text.erase(at + below(random, size), 1); break;                                   // misspelt
    case 1: text.replace(at, size, text.substr(from, length)); break;                         // another word of the text
    default: text.insert(at + below(random, size), 1, char('a' + below(random, 26))); break;  // a slip of a finger
  }
}

void change_lines(std::string& text, Random& random) {
  std::vector<std::string> lines = lines_of(text);
  const std::size_t i = below(random, lines.size()), k = below(random, lines.size());
  switch (below(random, 4)) {
    case 0: lines.erase(lines.begin() + i); break;
    case 1: lines.insert(lines.begin() + k, std::string(lines[i])); break;
    case 2: std::swap(lines[i], lines[k]); break;
    default:
      if (i + 1 < lines.size()) {
        lines[i] += lines[i + 1];
        lines.erase(lines.begin() + i + 1);
      }
  }
  text = joined(lines);
}

void change_bytes(std::string& text, Random& random) {
  constexpr std::string_view marks = "[]{}\"'=,.#\\-+$*\t\r\0\x01\x7f\xff\xc3";
  const std::size_t at = below(random, text.size() + 1);
  switch (below(random, 4)) {
    case 0: text.insert(at, 1, marks[below(random, marks.size())]); break;
    case 1: text.insert(at, "\xc3\xa9"); break;  // é
    case 2:
      if (at < text.size()) text.erase(at, 1 + below(random, 8));
      break;
    default:
      if (at < text.size()) text[at] = char(random() & 0xff);
  }
}

}  // namespace

std::string mutant(std::string text, Random& random) {
  const std::size_t slips = 1 + below(random, 3);
  for (std::size_t i = 0; i < slips; ++i) {
    switch (below(random, 9)) {
      case 0:
      case 1:
      case 2: change_number(text, random); break;
      case 3:
      case 4: change_word(text, random); break;
      case 5:
      case 6: change_lines(text, random); break;
      case 7: change_bytes(text, random); break;
      default:
        if (below(random, 8) == 0) text.resize(below(random, text.size() + 1));
    }
  }
  return text;
}

}  // namespace nerveload
