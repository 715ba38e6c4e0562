#pragma once
#include <string>
#include <vector>

namespace nerveload {

/// The cells of one row of a table.
using TableRow = std::vector<std::string>;

/// Columns as wide as their longest cell and two blanks; characters are counted, not bytes.
std::string plain_table(const std::vector<TableRow>& rows);

}  // namespace nerveload
