#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nerveload {

/// A file or folder that could not be read, written or used; `what()` names it.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Lets `write` fill a file beside `path` and renames it when it is whole; nothing is left behind when `write` throws.
/// @throws OutputError when the file cannot be put in place
void write_whole(const std::filesystem::path& path, const std::function<void(const std::filesystem::path&)>& write);

/// The same for text.
void write_text(const std::filesystem::path& path, std::string_view text);

/// A results folder for one run alone, as long as this lives; goes with the process however that ends.
class FolderLock {
 public:
  /// @throws OutputError  another run holds it. Where the file system knows no locks, nobody is kept out.
  explicit FolderLock(const std::filesystem::path& dir);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  int descriptor_ = -1;
};

/// Names of files and folders.
using FileNames = std::set<std::string>;

/// Everything that a run may leave in its folder (docs/architecture.md).
const FileNames& run_result_names();
/// The same of a solved model.
const FileNames& solid_result_names();

/// Creates `dir` for results of these names and sees that they can go there; an earlier call's stay until clear_output. Anything else, such
/// as another command's results, makes it refuse; with `force` it stays where it is.
/// @param input  what is read: refused where the results would replace it
/// @return keeps other runs out of it
/// @throws OutputError  `dir` is a file, holds something else, is being written by another run, or cannot be created or written into
[[nodiscard]] FolderLock prepare_output(const std::filesystem::path& dir, bool force, const std::filesystem::path& input = {},
                                        const FileNames& own = run_result_names());
/// The same for work that leaves files of other names, and that several processes may do at a time.
void prepare_folder(const std::filesystem::path& dir, bool force, const FileNames& own);

/// Takes away what an earlier call left in `dir`, so that old and new never mix: just before writing, when there is something to write.
/// @throws OutputError
void clear_output(const std::filesystem::path& dir, const FileNames& own = run_result_names());

/// Shortest text that reads back as the same number, whatever the locale; empty for a number that is not finite.
std::string number_text(double value);
/// Empty for none.
inline std::string number_text(const std::optional<double>& value) { return value ? number_text(*value) : std::string(); }

/// Words as a field of a CSV file, in quotes.
std::string csv_text(const std::string& words);

}  // namespace nerveload
