#pragma once
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/dimension.hpp"
#include "scenarios/document.hpp"
#include "scenarios/input_error.hpp"

namespace nerveload {

/// What a number may be, in internal units, and why.
struct Range {
  double low, high;        ///< both allowed
  std::string reason;      ///< "a knee bends no further"; may be empty
  bool above_low = false;  ///< low itself is not allowed
};
inline Range positive(double high, std::string reason = {}) { return {0.0, high, std::move(reason), true}; }

/// A number as read: in internal units, and how it was written.
struct Quantity {
  double value;        ///< internal units
  double written;      ///< in the key's unit
  std::string suffix;  ///< of the key; empty for a plain number
  Place place;
};

/// Gathers the faults of one input.
class Faults {
 public:
  void add(InputFault fault) { faults_.push_back(std::move(fault)); }
  bool any() const { return !faults_.empty(); }
  void throw_if_any() const {
    if (any()) throw InputError(faults_);
  }
  const std::vector<InputFault>& all() const { return faults_; }

 private:
  std::vector<InputFault> faults_;
};

/// One table of a document under reading. A getter takes a key without its unit; what is wrong with it becomes a fault and
/// the getter answers as if the key were not there. `finish` makes a fault of every key that nobody asked for.
/// The document and the faults must outlive the reader.
class TableReader {
 public:
  TableReader(const DocumentTable& table, Faults& faults, std::string path = {}, Place place = {});

  bool has(std::string_view stem) const;  ///< in whatever unit
  const Place& place() const { return place_; }
  const std::string& path() const { return path_; }  ///< dotted, empty for the top

  /// A number of a dimension, finite and in range.
  std::optional<Quantity> quantity(std::string_view stem, Dimension dimension, const Range& range);
  double quantity_or(std::string_view stem, Dimension dimension, double fallback, const Range& range);
  double required_quantity(std::string_view stem, Dimension dimension, const Range& range);  ///< low of the range after a fault
  /// The number of a key as it stands, internal units, unchecked and without counting as asked for.
  std::optional<double> peek(std::string_view stem, Dimension dimension) const;
  /// An array of numbers of a dimension, internal units; `least`…`most` of them.
  std::optional<std::vector<double>> quantities(std::string_view stem, Dimension dimension, const Range& range, std::size_t least, std::size_t most);
  /// `rows` arrays of `columns` numbers each, internal units.
  std::optional<std::vector<std::vector<double>>> quantity_rows(std::string_view stem, Dimension dimension, const Range& range, std::size_t rows,
                                                                std::size_t columns);
  std::optional<int> integer(std::string_view key, int low, int high);
  std::optional<std::vector<int>> integers(std::string_view key, int low, int high, std::size_t count);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  /// @param allowed  empty = any
  std::optional<std::vector<std::string>> texts(std::string_view key, const std::vector<std::string>& allowed);
  /// Index into `names`.
  std::optional<int> choice(std::string_view key, const std::vector<std::string>& names);
  /// Any value, taken as read.
  const DocumentValue* raw(std::string_view key);

  std::optional<TableReader> table(std::string_view key);
  std::vector<TableReader> tables(std::string_view key);  ///< of an array of tables; a single table counts as one
  std::vector<std::string> keys() const;                  ///< as written

  /// A fault at a key (its value's place), or at the table itself when the key is not there.
  void fault(std::string_view key, const std::string& message);
  void require_one_of(const std::vector<std::string>& stems, bool at_least_one = true);  ///< of these keys at most (exactly) one
  void finish();

 private:
  const DocumentValue* take(std::string_view key, Dimension dimension);
  std::optional<double> number(const DocumentValue& v, const std::string& key, double factor, const char* suffix, const Range& range);
  void add(const DocumentValue& v, const std::string& key, const std::string& message, bool at_key = false);
  void add_missing(std::string_view stem, Dimension dimension);
  std::string dotted(std::string_view key) const;

  const DocumentTable* table_;
  Faults* faults_;
  std::string path_;
  Place place_;
  std::set<std::string, std::less<>> taken_;  ///< keys as written
  struct Known {
    std::string stem;
    Dimension dimension;
  };
  std::vector<Known> known_;  ///< what was asked for
  std::string last_key_;      ///< as written, of the last take
};

/// A number as a person writes it: the shortest text that reads back to the same value.
std::string written_number(double value);
/// The number that a text is, as a whole; none = it is none.
std::optional<double> number_of(const std::string& text);

}  // namespace nerveload
