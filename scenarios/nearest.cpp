#include "scenarios/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace nerveload {
namespace {

std::string lower(std::string_view word) {
  std::string s(word.substr(0, 80));
  std::transform(s.begin(), s.end(), s.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return s;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  const std::size_t n = a.size(), m = b.size();
  std::vector<std::vector<int>> d(n + 1, std::vector<int>(m + 1));
  for (std::size_t i = 0; i <= n; ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= m; ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= n; ++i)
    for (std::size_t j = 1; j <= m; ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[n][m];
}

std::optional<std::string> nearest_word(std::string_view written, std::span<const std::string> known) {
  const std::string word = lower(written);
  std::optional<std::string> best;
  int best_distance = 0;
  for (const std::string& k : known) {
    const std::string candidate = lower(k);
    int distance = edit_distance(word, candidate);
    // A word that only lacks or adds a part (a unit, say) is near whatever the part's length.
    if (word.size() >= 3 && (candidate.starts_with(word + "_") || word.starts_with(candidate + "_"))) distance = std::min(distance, 1);
    if (!best || distance < best_distance) {
      best = k;
      best_distance = distance;
    }
  }
  const int limit = std::max<int>(1, static_cast<int>(word.size()) / 3);
  return best && best_distance <= limit ? best : std::nullopt;
}

std::string did_you_mean(std::string_view written, std::span<const std::string> known, std::string_view mark) {
  const auto near = nearest_word(written, known);
  if (!near) return {};
  return std::string("; did you mean ").append(mark).append(*near).append(mark) + "?";
}

}  // namespace nerveload
