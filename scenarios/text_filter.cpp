#include "scenarios/text_filter.hpp"

#include <fstream>
#include <iterator>

#include "scenarios/input_error.hpp"

namespace nerveload {
namespace {

/// Length of the UTF-8 sequence at i, 0 when it is not valid.
std::size_t utf8_length(std::string_view s, std::size_t i) {
  auto byte = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0u; };
  auto next = [&](std::size_t k) { return (byte(k) & 0xC0u) == 0x80u; };
  const unsigned b = byte(0);
  if (b < 0x80u) return 1;
  if (b >= 0xC2u && b <= 0xDFu) return next(1) ? 2 : 0;
  if (b >= 0xE0u && b <= 0xEFu) {
    if (!next(1) || !next(2)) return 0;
    if (b == 0xE0u && byte(1) < 0xA0u) return 0;
    return b == 0xEDu && byte(1) >= 0xA0u ? 0 : 3;
  }
  if (b >= 0xF0u && b <= 0xF4u) {
    if (!next(1) || !next(2) || !next(3)) return 0;
    if (b == 0xF0u && byte(1) < 0x90u) return 0;
    return b == 0xF4u && byte(1) >= 0x90u ? 0 : 4;
  }
  return 0;
}

/// Follows strings and comments, so that only real brackets and dots are counted.
class NestingCounter {
 public:
  bool too_deep() const { return depth_ > deepest_nesting || dots_ > deepest_nesting; }

  /// Takes what stands at i; returns how many bytes it was.
  std::size_t take(std::string_view s, std::size_t i) {
    const char c = s[i];
    if (comment_) {
      comment_ = c != '\n';
      return 1;
    }
    if (!quote_.empty()) return take_in_string(s, i);
    if (c == '"' || c == '\'') {
      const std::string triple(3, c);
      quote_ = s.substr(i, 3) == triple ? triple : std::string(1, c);
      return quote_.size();
    }
    if (c == '#') comment_ = true;
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.') ++dots_;
    if (c == '\n' || c == '=' || c == ',') dots_ = 0;
    return 1;
  }

 private:
  std::size_t take_in_string(std::string_view s, std::size_t i) {
    if (s[i] == '\\' && quote_[0] == '"' && i + 1 < s.size()) return s[i + 1] == '\n' ? 1 : 2;
    if (s.substr(i, quote_.size()) == quote_) {
      const std::size_t n = quote_.size();
      quote_.clear();
      return n;
    }
    if (s[i] == '\n' && quote_.size() == 1) quote_.clear();  // not valid TOML; the reader will say so
    return 1;
  }

  int depth_ = 0, dots_ = 0;
  bool comment_ = false;
  std::string quote_;
};

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view text) {
  if (text.size() > largest_input_bytes) return TextFault{1, 1, "the file is larger than 1 MiB"};
  int line = 1, column = 1;
  NestingCounter nesting;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    const std::size_t length = utf8_length(text, i);
    if (length == 0) return TextFault{line, column, "not valid UTF-8 text"};
    const bool line_end = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
    if ((c < 0x20 && c != '\t' && !line_end) || c == 0x7F) return TextFault{line, column, "a control character"};
    if (i >= counted) counted = i + nesting.take(text, i);
    if (nesting.too_deep()) return TextFault{line, column, "nested deeper than 64 levels"};
    if (c == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
    i += length;
  }
  return {};
}

std::string read_text_file(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw FileError(path.string() + ": no such file");
  if (!std::filesystem::is_regular_file(status)) throw FileError(path.string() + ": not a regular file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw FileError(path.string() + ": cannot be opened for reading");
  std::string text;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  text.resize(error ? most + 1 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, most) + 1));
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) throw FileError(path.string() + ": cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

}  // namespace nerveload
