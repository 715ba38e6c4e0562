#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace nerveload {

/// What makes a text unfit for the TOML reader, with its place.
struct TextFault {
  int line, column;
  std::string message;
};

inline constexpr std::size_t largest_input_bytes = std::size_t(1) << 20;
inline constexpr int deepest_nesting = 64;

/// The gate before the TOML reader: at most 1 MiB, valid UTF-8, no control bytes but tab and line ends, brackets and
/// dotted keys at most 64 deep. Texts beyond it make a recursive-descent reader run out of bounds or out of stack.
std::optional<TextFault> find_text_fault(std::string_view text);

/// The content of a regular file without a byte-order mark, cut one byte beyond `most`. @throws FileError
std::string read_text_file(const std::filesystem::path& path, std::size_t most = largest_input_bytes);

}  // namespace nerveload
