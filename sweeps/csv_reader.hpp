#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace nerveload {

/// Reads a CSV file row by row (RFC 4180: commas, quotes doubled within quotes, either line end; a byte-order mark is skipped).
class CsvReader {
 public:
  /// @throws FileError
  explicit CsvReader(const std::filesystem::path& path);
  /// The next row that is not empty; false at the end. @throws InputError for a quote that is never closed
  bool next(std::vector<std::string>& cells);
  int line() const { return row_line_; }  ///< where the last row began, from 1

 private:
  std::filesystem::path path_;
  std::ifstream stream_;
  int line_ = 1, row_line_ = 1;
};

/// A cell as CSV: quoted where it has to be.
std::string csv_cell(const std::string& text);

}  // namespace nerveload
