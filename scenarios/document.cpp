#include "scenarios/document.hpp"

#include <algorithm>

#include "scenarios/dimension.hpp"

namespace nerveload {

std::string to_string(const Place& place) {
  if (place.line == 0) return place.source;
  return place.source + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

DocumentValue::DocumentValue() : DocumentValue(Data{false}, {}, {}) {}
DocumentValue::DocumentValue(Data data, Place where, std::string written) : place(where), key_place(std::move(where)), text(std::move(written)) {
  data_.push_back(std::move(data));
}
DocumentValue::DocumentValue(const DocumentValue&) = default;
DocumentValue::DocumentValue(DocumentValue&&) noexcept = default;
DocumentValue& DocumentValue::operator=(const DocumentValue&) = default;
DocumentValue& DocumentValue::operator=(DocumentValue&&) noexcept = default;
DocumentValue::~DocumentValue() = default;

const DocumentValue::Data& DocumentValue::data() const { return data_.front(); }
const DocumentTable* DocumentValue::table() const { return std::get_if<DocumentTable>(&data_.front()); }
DocumentTable* DocumentValue::table() { return std::get_if<DocumentTable>(&data_.front()); }
const DocumentArray* DocumentValue::array() const { return std::get_if<DocumentArray>(&data_.front()); }
DocumentArray* DocumentValue::array() { return std::get_if<DocumentArray>(&data_.front()); }

const char* DocumentValue::kind() const {
  static constexpr const char* names[] = {"true or false", "a whole number", "a number", "a text", "an array", "a table"};
  return names[data().index()];
}

const DocumentValue* DocumentTable::find(std::string_view key) const {
  for (const auto& [k, v] : entries)
    if (k == key) return &v;
  return nullptr;
}
DocumentValue* DocumentTable::find(std::string_view key) { return const_cast<DocumentValue*>(std::as_const(*this).find(key)); }
void DocumentTable::erase(std::string_view key) {
  std::erase_if(entries, [&](const auto& e) { return e.first == key; });
}

void apply_patch(DocumentTable& base, const DocumentTable& patch) {
  for (const auto& [key, value] : patch.entries) {
    if (DocumentValue* own = base.find(key)) {
      if (own->table() && value.table()) {
        apply_patch(*own->table(), *value.table());
        own->key_place = value.key_place;
      } else {
        *own = value;
      }
      continue;
    }
    const KeyParts parts = split_key(key);
    if (!parts.suffix.empty())
      std::erase_if(base.entries, [&](const auto& e) {
        const KeyParts other = split_key(e.first);
        const bool in_patch = std::as_const(patch).find(e.first) != nullptr;
        return !in_patch && !other.suffix.empty() && other.stem == parts.stem;
      });
    base.entries.emplace_back(key, value);
  }
}

}  // namespace nerveload
