#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nerveload {

/// Where a word of the input stands. `line` 0: not in a file, `source` then says what it is ("--set load.force_N=250").
struct Place {
  std::string source;
  int line = 0, column = 0;  ///< from 1
};
/// "hip.toml:7:1", or the source alone.
std::string to_string(const Place& place);

struct DocumentTable;
struct DocumentValue;
using DocumentArray = std::vector<DocumentValue>;

/// A value of an input file and where it stands.
struct DocumentValue {
  using Data = std::variant<bool, std::int64_t, double, std::string, DocumentArray, DocumentTable>;
  DocumentValue();
  DocumentValue(Data data, Place place, std::string text);
  DocumentValue(const DocumentValue&);
  DocumentValue(DocumentValue&&) noexcept;
  DocumentValue& operator=(const DocumentValue&);
  DocumentValue& operator=(DocumentValue&&) noexcept;
  ~DocumentValue();

  const DocumentTable* table() const;
  DocumentTable* table();
  const DocumentArray* array() const;
  DocumentArray* array();
  const char* kind() const;  ///< "a table", "a text", … for messages

  const Data& data() const;

  Place place;       ///< of the value
  Place key_place;   ///< of its key
  std::string text;  ///< as written, shortened

 private:
  std::vector<Data> data_;  ///< exactly one; a vector because the type contains itself
};

/// Keys in the order they were written.
struct DocumentTable {
  std::vector<std::pair<std::string, DocumentValue>> entries;
  const DocumentValue* find(std::string_view key) const;
  DocumentValue* find(std::string_view key);
  void erase(std::string_view key);
};

/// Lays a patch over a document: tables are merged, anything else replaces. A key replaces the same quantity in another
/// unit (`position_cm` over `position_mm`).
void apply_patch(DocumentTable& base, const DocumentTable& patch);

}  // namespace nerveload
