#include "scenarios/vtk_file_faults.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <type_traits>

namespace nerveload {
namespace {

constexpr std::string_view white = " \t\r\n";

/// Numbers of a text, one after the other.
class Numbers {
 public:
  explicit Numbers(std::string_view text) : text_(text) {}
  template <class Number = std::int64_t>
  std::optional<Number> next() {
    constexpr bool real = std::is_floating_point_v<Number>;
    const std::size_t from = text_.find_first_not_of(white);
    if (from == std::string_view::npos) return {};
    text_.remove_prefix(from + (real && text_[from] == '+'));
    Number value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc() && !(real && error == std::errc::result_out_of_range)) return {};  // 1e-400 is a coordinate
    if (end != text_.data() + text_.size() && white.find(*end) == std::string_view::npos) return {};
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }
  std::string_view rest() const { return text_; }

 private:
  std::string_view text_;
};

/// Whole numbers of four bytes, the highest first.
class BinaryNumbers {
 public:
  explicit BinaryNumbers(std::string_view bytes) : bytes_(bytes) {}
  std::optional<std::int64_t> next() {
    if (bytes_.size() < 4) return {};
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[i]);
    bytes_.remove_prefix(4);
    return static_cast<std::int32_t>(value);
  }

 private:
  std::string_view bytes_;
};

template <class Source>
std::string fault_of_lengths(Source numbers, std::int64_t cells, std::int64_t size) {
  std::int64_t read = 0;
  for (std::int64_t c = 0; c < cells; ++c) {
    const auto points = numbers.next();
    const std::string cell = "cell " + std::to_string(c);
    if (!points || *points < 0 || *points > size - read - 1)
      return cell + " has no length, or one that goes beyond the " + std::to_string(size) + " numbers of CELLS";
    for (std::int64_t n = 0; n < *points; ++n)
      if (!numbers.next()) return cell + ": expected " + std::to_string(*points) + " points";
    read += 1 + *points;
  }
  return read == size ? "" : "the lengths of its cells come to " + std::to_string(read) + " numbers, CELLS says " + std::to_string(size);
}

/// Where the word ends that begins with a keyword, in capitals or not: as VTK takes it, who reads CELLS in "cells2". npos for nowhere.
std::size_t find_keyword(std::string_view text, std::string_view keyword, std::size_t from) {
  const auto same = [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; };
  while (from < text.size()) {
    const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), keyword.begin(), keyword.end(), same);
    if (found == text.end()) break;
    const auto at = static_cast<std::size_t>(found - text.begin());
    from = std::min(text.find_first_of(white, at), text.size());
    if (at == 0 || white.find(text[at - 1]) != std::string_view::npos) return from;
  }
  return std::string_view::npos;
}

/// Whether `count` numbers stand at the beginning of a text.
bool has_numbers(std::string_view text, std::int64_t count) {
  Numbers numbers(text);
  for (std::int64_t i = 0; i < count; ++i)
    if (!numbers.next<double>()) return false;
  return true;
}

std::string fault_of_points(std::string_view text, std::size_t from, bool binary) {
  for (std::size_t at = find_keyword(text, "POINTS", from); at != std::string_view::npos; at = find_keyword(text, "POINTS", at)) {
    Numbers header(text.substr(at));
    const auto points = header.next();
    if (!points || *points < 0) return "POINTS has no number of points";
    const std::size_t line_end = header.rest().find('\n');
    const std::string_view data = line_end == std::string_view::npos ? std::string_view() : header.rest().substr(line_end + 1);
    // Three of four bytes at least, or three with a space before each.
    if (*points > static_cast<std::int64_t>(data.size()) / (binary ? 12 : 5) + 1 || (!binary && !has_numbers(data, 3 * *points)))
      return "expected the coordinates of " + std::to_string(*points) + " points after POINTS";
  }
  return {};
}

/// Largest value of an attribute in a text, 1 where there is none; none if one is no number or beyond reason.
std::optional<double> largest_attribute(std::string_view text, std::string_view attribute) {
  double most = 1.0;
  for (std::size_t at = text.find(attribute); at != std::string_view::npos; at = text.find(attribute, at + 1)) {
    const std::size_t from = text.find_first_not_of(" \t\r\n=\"'", at + attribute.size());
    if (from == std::string_view::npos) return {};
    std::int64_t value = 0;
    if (std::from_chars(text.data() + from, text.data() + text.size(), value).ec != std::errc() || value < 0) return {};
    most = std::max(most, double(value));
  }
  return most;
}

}  // namespace

std::string fault_of_legacy_mesh(std::string_view text) {
  std::size_t third_line = 0;
  for (int i = 0; i < 2; ++i) third_line = text.find('\n', third_line) == std::string_view::npos ? text.size() : text.find('\n', third_line) + 1;
  const std::size_t version = text.substr(0, text.find('\n')).find("Version ");
  const bool offsets = version != std::string_view::npos && text.substr(version + 8, 1) >= "5";
  const bool binary = find_keyword(text.substr(third_line, 6), "BINARY", 0) == 6;
  if (std::string fault = fault_of_points(text, third_line, binary); !fault.empty()) return fault;
  for (std::size_t at = find_keyword(text, "CELLS", third_line); at != std::string_view::npos; at = find_keyword(text, "CELLS", at)) {
    Numbers header(text.substr(at));
    const auto cells = header.next(), size = header.next();
    if (!cells || !size) return "CELLS has no number of cells and of entries";
    if (*cells < 0 || *size < 0) return "CELLS has a negative number of cells or of entries";
    const std::size_t line_end = header.rest().find('\n');
    if (line_end == std::string_view::npos) return "it ends after CELLS";
    const std::string_view data = header.rest().substr(line_end + 1);
    if (offsets && data.substr(0, 7) == "OFFSETS") continue;  // which VTK checks
    const std::string fault = binary ? fault_of_lengths(BinaryNumbers(data), *cells, *size) : fault_of_lengths(Numbers(data), *cells, *size);
    if (!fault.empty()) return fault;
  }
  return {};
}

std::string fault_of_xml_mesh(std::string_view text) {
  constexpr double values_per_byte = 1e4;  // more than any of VTK's compressors reaches
  const std::string_view header = text.substr(0, text.find("<AppendedData"));
  const auto components = largest_attribute(header, "NumberOfComponents");
  if (!components) return "NumberOfComponents is not a number of anything";
  for (const char* attribute : {"NumberOfPoints", "NumberOfCells", "NumberOfTuples"}) {
    const auto most = largest_attribute(header, attribute);
    if (!most) return std::string(attribute) + " is not a number of anything";
    if (*most * *components > values_per_byte * double(text.size())) return std::string(attribute) + " promises more than the file can hold";
  }
  return {};
}

}  // namespace nerveload
