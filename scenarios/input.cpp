#include "scenarios/input.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nerveload {
namespace {

std::string limit_text(double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

std::string expectation(const Range& range, double factor, const char* suffix) {
  std::string text = "expected ";
  if (range.above_low) text += "more than " + limit_text(range.low / factor) + " and at most " + limit_text(range.high / factor);
  else if (range.low == range.high) text += limit_text(range.low / factor);
  else text += limit_text(range.low / factor) + " to " + limit_text(range.high / factor);
  if (*suffix) text += std::string(" ") + suffix;
  return range.reason.empty() ? text : text + " (" + range.reason + ")";
}

std::string a_number(const char* suffix) { return *suffix ? std::string("expected a number in ") + suffix : std::string("expected a number"); }

}  // namespace

std::string written_number(double value) {
  char buffer[64];
  const auto r = std::to_chars(buffer, buffer + sizeof buffer, value + 0.0);  // no "-0", which is read as 0
  return {buffer, r.ptr};
}

std::optional<double> number_of(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

TableReader::TableReader(const DocumentTable& table, Faults& faults, std::string path, Place place)
    : table_(&table), faults_(&faults), path_(std::move(path)), place_(std::move(place)) {}

std::string TableReader::dotted(std::string_view key) const { return path_.empty() ? std::string(key) : path_ + "." + std::string(key); }

void TableReader::add(const DocumentValue& v, const std::string& key, const std::string& message, bool at_key) {
  faults_->add({at_key ? v.key_place : v.place, dotted(key), v.text, message});
}

bool TableReader::has(std::string_view stem) const {
  return std::any_of(table_->entries.begin(), table_->entries.end(),
                     [&](const auto& e) { return e.first == stem || split_key(e.first).stem == stem; });
}

/// The value of a key in one of its units; faults for a missing or wrong unit and for a quantity given twice.
const DocumentValue* TableReader::take(std::string_view stem, Dimension dimension) {
  known_.push_back({std::string(stem), dimension});
  if (dimension == Dimension::none) {
    const DocumentValue* v = table_->find(stem);
    if (v) taken_.insert(last_key_ = stem);
    return v;
  }
  const DocumentValue* found = nullptr;
  for (const auto& [key, value] : table_->entries) {
    const KeyParts parts = split_key(key);
    if (parts.stem != stem || taken_.contains(key)) continue;
    taken_.insert(key);
    if (parts.suffix.empty()) {
      add(value, key, std::string("the key wants a unit for ") + to_string(dimension) + ": " + accepted_keys(stem, dimension), true);
    } else if (!find_unit(dimension, parts.suffix)) {
      add(value, key,
          "the unit " + std::string(parts.suffix) + " does not measure " + to_string(dimension) + ": expected " + accepted_keys(stem, dimension),
          true);
    } else if (found) {
      add(value, key, "given twice, also as " + last_key_ + "; expected exactly one", true);
    } else {
      found = &value;
      last_key_ = key;
    }
  }
  return found;
}

std::optional<double> TableReader::number(const DocumentValue& v, const std::string& key, double factor, const char* suffix, const Range& range) {
  double written = 0.0;
  if (const auto* d = std::get_if<double>(&v.data())) written = *d;
  else if (const auto* i = std::get_if<std::int64_t>(&v.data())) written = static_cast<double>(*i);
  else {
    add(v, key, a_number(suffix) + ", found " + v.kind());
    return {};
  }
  const double value = written * factor;
  // A hair of slack, so that a limit written in another unit is still allowed.
  const auto hair = [](double limit) { return std::isfinite(limit) ? 1e-12 * std::abs(limit) : 0.0; };
  const double slack = std::max(hair(range.low), hair(range.high));
  // Infinity is a number only where the range has no end.
  const bool known = std::isfinite(value) || value == range.low || value == range.high;
  const bool low_enough = value <= range.high + slack;
  const bool high_enough = range.above_low ? value > range.low : value >= range.low - slack;
  if (!known || !low_enough || !high_enough) {
    add(v, key, expectation(range, factor, suffix));
    return {};
  }
  return written;
}

std::optional<Quantity> TableReader::quantity(std::string_view stem, Dimension dimension, const Range& range) {
  const DocumentValue* v = take(stem, dimension);
  if (!v) return {};
  const std::string key = last_key_, suffix(split_key(key).suffix);
  const Unit* unit = dimension == Dimension::none ? nullptr : find_unit(dimension, suffix);
  const double factor = unit ? unit->factor : 1.0;
  const auto written = number(*v, key, factor, unit ? unit->suffix : "", range);
  if (!written) return {};
  return Quantity{*written * factor, *written, unit ? suffix : std::string(), v->place};
}

double TableReader::quantity_or(std::string_view stem, Dimension dimension, double fallback, const Range& range) {
  const auto q = quantity(stem, dimension, range);
  return q ? q->value : fallback;
}

std::optional<double> TableReader::peek(std::string_view stem, Dimension dimension) const {
  for (const auto& [key, value] : table_->entries) {
    const KeyParts parts = split_key(key);
    const Unit* unit = find_unit(dimension, parts.suffix);
    if (dimension == Dimension::none ? key != stem : parts.stem != stem || !unit) continue;
    const double factor = unit && dimension != Dimension::none ? unit->factor : 1.0;
    if (const auto* d = std::get_if<double>(&value.data())) return *d * factor;
    if (const auto* i = std::get_if<std::int64_t>(&value.data())) return static_cast<double>(*i) * factor;
  }
  return {};
}

void TableReader::add_missing(std::string_view stem, Dimension dimension) {
  faults_->add({place_, dotted(stem), {}, "missing: expected " + accepted_keys(stem, dimension)});
}

double TableReader::required_quantity(std::string_view stem, Dimension dimension, const Range& range) {
  if (!has(stem)) {
    add_missing(stem, dimension);
    known_.push_back({std::string(stem), dimension});
    return range.low;
  }
  return quantity_or(stem, dimension, range.low, range);
}

std::optional<std::vector<double>> TableReader::quantities(std::string_view stem, Dimension dimension, const Range& range, std::size_t least,
                                                           std::size_t most) {
  const DocumentValue* v = take(stem, dimension);
  if (!v) return {};
  const std::string key = last_key_;
  const Unit* unit = find_unit(dimension, split_key(key).suffix);
  const DocumentArray* array = v->array();
  if (!array || array->size() < least || array->size() > most) {
    add(*v, key,
        "expected an array of " + (least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most)) + " numbers");
    return {};
  }
  std::vector<double> values;
  for (const DocumentValue& item : *array)
    if (const auto x = number(item, key, unit ? unit->factor : 1.0, unit ? unit->suffix : "", range))
      values.push_back(*x * (unit ? unit->factor : 1.0));
  if (values.size() != array->size()) return {};
  return values;
}

std::optional<std::vector<std::vector<double>>> TableReader::quantity_rows(std::string_view stem, Dimension dimension, const Range& range,
                                                                           std::size_t rows, std::size_t columns) {
  const DocumentValue* v = take(stem, dimension);
  if (!v) return {};
  const std::string key = last_key_;
  const Unit* unit = find_unit(dimension, split_key(key).suffix);
  const double factor = unit ? unit->factor : 1.0;
  const DocumentArray* array = v->array();
  bool shaped = array && array->size() == rows;
  for (std::size_t i = 0; shaped && i < rows; ++i) shaped = (*array)[i].array() && (*array)[i].array()->size() == columns;
  if (!shaped) {
    add(*v, key, "expected " + std::to_string(rows) + " arrays of " + std::to_string(columns) + " numbers");
    return {};
  }
  std::vector<std::vector<double>> values(rows);
  bool good = true;
  for (std::size_t i = 0; i < rows; ++i)
    for (const DocumentValue& item : *(*array)[i].array()) {
      const auto x = number(item, key, factor, unit ? unit->suffix : "", range);
      good = good && x;
      values[i].push_back(x.value_or(0.0) * factor);
    }
  if (!good) return {};
  return values;
}

}  // namespace nerveload
