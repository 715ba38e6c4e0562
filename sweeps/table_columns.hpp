#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/input.hpp"

namespace nerveload {

/// What one column of a table of points holds, found in one pass that keeps no rows.
struct TableColumn {
  struct Extreme {
    std::string value;  ///< as TOML
    int line = 0;
  };
  std::string key;
  std::vector<Extreme> extremes;  ///< the least and the largest number, and every different word
};

struct TableContent {
  std::vector<TableColumn> columns;
  std::int64_t rows = 0;
  std::string hash;  ///< of the file
};

/// A cell as a value of a setting: a number, true, false, or a text in quotes; empty when the cell is.
std::string table_value(const std::string& cell);
/// A text in quotes.
std::string quoted_value(const std::string& text);

/// @param faults  gets rows of another length, empty cells, columns named twice (the first twenty)
/// @throws FileError
TableContent scan_table(const std::filesystem::path& file, Faults& faults);

}  // namespace nerveload
