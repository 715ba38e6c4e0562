#include "scenarios/solid_settings.hpp"

#include <algorithm>

#include "scenarios/input_error.hpp"

namespace nerveload {
namespace {

/// What an entry of a list may be called by, besides its number.
std::vector<std::string> names_of(const DocumentValue& entry) {
  std::vector<std::string> names;
  for (const char* key : {"name", "region"}) {
    const DocumentValue* value = entry.table() ? entry.table()->find(key) : nullptr;
    if (!value) continue;
    if (const auto* text = std::get_if<std::string>(&value->data())) names.push_back(*text);
  }
  return names;
}

DocumentTable& entry_of(DocumentArray& list, const std::string& list_key, const std::string& word, const Place& place) {
  std::string known;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto names = names_of(list[i]);
    if (list[i].table() && (std::to_string(i) == word || std::find(names.begin(), names.end(), word) != names.end())) return *list[i].table();
    for (const std::string& n : names) known += ", " + n;
  }
  throw InputError(place, list_key + "." + word + ": there is no such [[" + list_key + "]]: expected a number from 0 to " +
                              std::to_string(list.size() - 1) + known);
}

}  // namespace

void apply_setting(DocumentTable& base, const DocumentTable& patch) {
  for (const auto& [key, value] : patch.entries) {
    DocumentValue* own = base.find(key);
    if (own && own->array() && value.table() && !own->array()->empty() && own->array()->front().table()) {
      for (const auto& [word, change] : value.table()->entries) {
        DocumentTable& entry = entry_of(*own->array(), key, word, change.key_place);
        if (!change.table())
          throw InputError(change.key_place, key + "." + word + ": expected a key of it, as in " + key + "." + word + ".KEY=VALUE");
        apply_setting(entry, *change.table());
      }
    } else if (own && own->table() && value.table()) {
      apply_setting(*own->table(), *value.table());
      own->key_place = value.key_place;
    } else {
      DocumentTable one;
      one.entries.emplace_back(key, value);
      apply_patch(base, one);
    }
  }
}

}  // namespace nerveload
