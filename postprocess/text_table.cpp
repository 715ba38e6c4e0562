#include "postprocess/text_table.hpp"

#include <algorithm>

namespace nerveload {
namespace {

/// Number of characters, not bytes.
std::size_t width_of(const std::string& s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

}  // namespace

std::string plain_table(const std::vector<TableRow>& rows) {
  std::vector<std::size_t> width;
  for (const TableRow& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i >= width.size()) width.push_back(0);
      width[i] = std::max(width[i], width_of(row[i]));
    }
  std::string text;
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += row[i] + (i + 1 < row.size() ? std::string(width[i] + 2 - width_of(row[i]), ' ') : "\n");
  }
  return text;
}

}  // namespace nerveload
