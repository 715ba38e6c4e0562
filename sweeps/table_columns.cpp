#include "sweeps/table_columns.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "postprocess/sha256.hpp"
#include "scenarios/text_lines.hpp"
#include "sweeps/csv_reader.hpp"

namespace nerveload {
namespace {

constexpr std::size_t most_faults = 20, most_words = 100;

/// Hash of a file of any size, piece by piece.
std::string hash_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string piece(std::size_t(1) << 20, '\0'), hash;
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
    hash = sha256(hash + piece.substr(0, static_cast<std::size_t>(in.gcount())));
  return hash;
}

/// Extremes of one column as rows pass.
class Watch {
 public:
  explicit Watch(TableColumn& column) : column_(column) {}
  /// @return false when there are too many different words
  bool see(const std::string& value, int line) {
    const auto v = finite_number(value);
    if (!v) {
      auto& words = column_.extremes;
      const bool known = std::any_of(words.begin(), words.end(), [&](const auto& e) { return e.value == value; });
      if (!known) words.push_back({value, line});
      return words.size() <= most_words;
    }
    if (!low_ || *v < *low_) {
      low_ = v;
      low_at_ = {value, line};
    }
    if (!high_ || *v > *high_) {
      high_ = v;
      high_at_ = {value, line};
    }
    return true;
  }
  void finish() {
    if (!low_) return;
    column_.extremes.push_back(low_at_);
    if (*high_ != *low_) column_.extremes.push_back(high_at_);
  }

 private:
  TableColumn& column_;
  std::optional<double> low_, high_;
  TableColumn::Extreme low_at_, high_at_;
};

}  // namespace

std::string quoted_value(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += (c == '"' || c == '\\' ? std::string("\\") : std::string()) + c;
  return quoted + "\"";
}

std::string table_value(const std::string& cell) {
  const std::string text(trimmed(cell));
  if (text.empty() || text == "true" || text == "false") return text;
  if (const auto v = finite_number(text)) return written_number(*v);
  return quoted_value(text);
}

TableContent scan_table(const std::filesystem::path& file, Faults& faults) {
  TableContent content;
  CsvReader reader(file);
  std::vector<std::string> cells;
  auto fault = [&](const std::string& key, const std::string& value, const std::string& message) {
    if (faults.all().size() < most_faults) faults.add({Place{file.string(), reader.line(), 1}, key, value, message});
  };
  if (!reader.next(cells)) {
    fault({}, {}, "is empty: expected a first row with the keys of the inputs");
    return content;
  }
  if (cells.size() == 1 && cells[0].find(';') != std::string::npos) fault({}, {}, "expected commas between the columns, found semicolons");
  for (const std::string& name : cells) {
    const std::string key(trimmed(name));
    if (key.empty()) fault({}, {}, "a column has no name: expected the key of an input, such as load.force_N");
    if (std::any_of(content.columns.begin(), content.columns.end(), [&](const TableColumn& c) { return c.key == key; }))
      fault(key, {}, "two columns have this name");
    content.columns.push_back({key, {}});
  }
  std::vector<Watch> watches(content.columns.begin(), content.columns.end());
  while (reader.next(cells)) {
    ++content.rows;
    if (cells.size() != content.columns.size()) {
      fault({}, {}, "expected " + std::to_string(content.columns.size()) + " cells as in the first row, found " + std::to_string(cells.size()));
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string value = table_value(cells[i]);
      if (value.empty()) fault(content.columns[i].key, {}, "the cell is empty");
      else if (!watches[i].see(value, reader.line())) {
        fault(content.columns[i].key, value, "more than 100 different words in one column");
        return content;
      }
    }
  }
  for (Watch& w : watches) w.finish();
  content.hash = hash_of(file);
  return content;
}

}  // namespace nerveload
