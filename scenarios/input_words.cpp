/// The part of TableReader that reads words, whole numbers and tables, and that finds what nobody asked for.
#include <algorithm>

#include "scenarios/input.hpp"
#include "scenarios/nearest.hpp"

namespace nerveload {
namespace {

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "\"" : i + 1 < words.size() ? ", \"" : " or \"") + words[i] + "\"";
  return text;
}

}  // namespace

std::optional<int> TableReader::integer(std::string_view key, int low, int high) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  const auto* i = std::get_if<std::int64_t>(&v->data());
  if (i && *i >= low && *i <= high) return static_cast<int>(*i);
  add(*v, last_key_, "expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return {};
}

std::optional<std::vector<int>> TableReader::integers(std::string_view key, int low, int high, std::size_t count) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  std::vector<int> values;
  if (const DocumentArray* array = v->array(); array && array->size() == count)
    for (const DocumentValue& item : *array)
      if (const auto* i = std::get_if<std::int64_t>(&item.data()); i && *i >= low && *i <= high) values.push_back(static_cast<int>(*i));
  if (values.size() == count) return values;
  add(*v, last_key_, "expected an array of " + std::to_string(count) + " whole numbers from " + std::to_string(low) + " to " + std::to_string(high));
  return {};
}

std::optional<bool> TableReader::boolean(std::string_view key) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  if (const bool* b = std::get_if<bool>(&v->data())) return *b;
  add(*v, last_key_, "expected true or false");
  return {};
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  if (const auto* s = std::get_if<std::string>(&v->data())) return *s;
  add(*v, last_key_, std::string("expected a text in quotes, found ") + v->kind());
  return {};
}

std::optional<int> TableReader::choice(std::string_view key, const std::vector<std::string>& names) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  const auto* s = std::get_if<std::string>(&v->data());
  if (s)
    if (const auto at = std::find(names.begin(), names.end(), *s); at != names.end()) return static_cast<int>(at - names.begin());
  std::string message = "expected " + listed(names);
  if (s) message += did_you_mean(*s, names, "\"");
  add(*v, last_key_, message);
  return {};
}

std::optional<std::vector<std::string>> TableReader::texts(std::string_view key, const std::vector<std::string>& allowed) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  std::vector<std::string> values;
  const DocumentArray* array = v->array();
  if (array)
    for (const DocumentValue& item : *array)
      if (const auto* s = std::get_if<std::string>(&item.data());
          s && (allowed.empty() || std::find(allowed.begin(), allowed.end(), *s) != allowed.end()))
        values.push_back(*s);
  if (array && values.size() == array->size()) return values;
  add(*v, last_key_, allowed.empty() ? std::string("expected an array of texts in quotes") : "expected an array of " + listed(allowed));
  return {};
}

const DocumentValue* TableReader::raw(std::string_view key) { return take(key, Dimension::none); }

std::optional<TableReader> TableReader::table(std::string_view key) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  if (const DocumentTable* t = v->table()) return TableReader(*t, *faults_, dotted(key), v->key_place);
  add(*v, last_key_, std::string("expected a table, found ") + v->kind());
  return {};
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
  const DocumentValue* v = take(key, Dimension::none);
  if (!v) return {};
  std::vector<TableReader> readers;
  if (const DocumentTable* t = v->table()) {
    readers.emplace_back(*t, *faults_, dotted(key), v->key_place);
  } else if (const DocumentArray* array = v->array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      const std::string path = dotted(key) + "[" + std::to_string(i + 1) + "]";
      if (const DocumentTable* item = (*array)[i].table()) readers.emplace_back(*item, *faults_, path, (*array)[i].key_place);
      else faults_->add({(*array)[i].place, path, (*array)[i].text, "expected a table"});
    }
  } else {
    add(*v, last_key_, std::string("expected [[") + last_key_ + "]] tables, found " + v->kind());
  }
  return readers;
}

std::vector<std::string> TableReader::keys() const {
  std::vector<std::string> all;
  for (const auto& [key, value] : table_->entries) all.push_back(key);
  return all;
}

void TableReader::fault(std::string_view key, const std::string& message) {
  for (const auto& [k, v] : table_->entries)
    if (k == key || split_key(k).stem == key) return add(v, k, message);
  faults_->add({place_, dotted(key), {}, message});
}

void TableReader::require_one_of(const std::vector<std::string>& stems, bool at_least_one) {
  std::vector<std::string> given;
  for (const std::string& s : stems)
    if (has(s)) given.push_back(s);
  if (given.size() > 1) fault(given[1], "expected only one of " + listed(given));
  if (given.empty() && at_least_one) faults_->add({place_, path_, {}, "expected one of " + listed(stems)});
}

void TableReader::finish() {
  std::vector<std::string> names;
  for (const Known& k : known_) {
    const auto units = units_of(k.dimension);
    std::string name = units.empty() ? k.stem : k.stem + "_" + units.front().suffix;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));  // a key may have been asked for twice
  }
  for (const auto& [key, value] : table_->entries) {
    if (taken_.contains(key)) continue;
    const Known* unit_missed = nullptr;
    for (const Known& k : known_)
      if (k.dimension != Dimension::none && key.starts_with(k.stem + "_") && (!unit_missed || k.stem.size() > unit_missed->stem.size()))
        unit_missed = &k;
    if (unit_missed) {
      add(value, key, "unknown key or unit: expected " + accepted_keys(unit_missed->stem, unit_missed->dimension), true);
      continue;
    }
    std::string message = value.table() && path_.empty() ? "unknown table" : "unknown key";
    const auto near = nearest_word(key, names);
    add(value, key,
        message + (near            ? "; did you mean " + dotted(*near) + "?"
                   : names.empty() ? ""
                                   : "; known here: " +
                                         [&] {
                                           std::string all;
                                           for (std::size_t i = 0; i < names.size() && i < 30; ++i) all += (i ? ", " : "") + names[i];
                                           return all;
                                         }()),
        true);
  }
}

}  // namespace nerveload
