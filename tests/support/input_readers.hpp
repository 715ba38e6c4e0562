#pragma once
#include <filesystem>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace nerveload {

/// A reader of files that come from outside.
struct InputReader {
  std::string name;                             ///< as in tests/fuzz/corpus/NAME
  std::vector<std::filesystem::path> examples;  ///< sound files of the kind
  bool has_lines;                               ///< every fault has a line; of a mesh it may be a cell, or what the whole file lacks
  /// Reads, and looks at what came of it. @throws InputError, FileError, OutputError  refused; BrokenPromise
  std::function<void(const std::string& text, const std::filesystem::path& file)> read;
};

inline void PrintTo(const InputReader& reader, std::ostream* out) { *out << reader.name; }  // for GoogleTest

/// All of them.
const std::vector<InputReader>& input_readers();

/// A reader did something else than to read or to refuse in words.
struct BrokenPromise : std::logic_error {
  using std::logic_error::logic_error;
};

/// Whether an input is taken. @throws BrokenPromise  neither taken nor refused as every reader promises
bool is_read(const InputReader& reader, const std::string& text, const std::filesystem::path& file);

}  // namespace nerveload
