#include "postprocess/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

namespace nerveload {
namespace fs = std::filesystem;
namespace {

bool is_one_of(const FileNames& names, const fs::path& entry) {
  fs::path name = entry.filename();
  if (name.extension() == ".partial") name.replace_extension();
  return names.contains(name.string());
}

std::string shown(const fs::path& path) { return "'" + path.string() + "'"; }

}  // namespace

const FileNames& run_result_names() {
  static const FileNames names = {"summary.json", "scenario.toml", "tissue.pvd",        "tissue",  "nerve.pvd", "nerve",      "roller.pvd", "roller",
                                  "bones.vtp",    "history.csv",   "nerve_profile.csv", "view.py", "pictures",  "report.html"};
  return names;
}

const FileNames& solid_result_names() {
  static const FileNames names = {"summary.json", "model.toml", "tissue.pvd", "tissue", "probes.csv"};
  return names;
}

void write_whole(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  const fs::path beside = path.string() + ".partial";
  std::error_code error;
  try {
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
    if (error) throw OutputError("cannot create the folder " + shown(path.parent_path()) + ": " + error.message());
    write(beside);
    fs::rename(beside, path, error);
    if (error) throw OutputError("cannot write " + shown(path) + ": " + error.message());
  } catch (...) {
    fs::remove(beside, error);
    throw;
  }
}

void write_text(const fs::path& path, std::string_view text) {
  write_whole(path, [&](const fs::path& beside) {
    std::ofstream file(beside, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) throw OutputError("cannot write " + shown(path));
  });
}

FolderLock::FolderLock(const fs::path& dir) : descriptor_(open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw OutputError("cannot read the folder " + shown(dir));
  // A process that was killed a moment ago may still be going.
  for (int i = 0; i < 40; ++i) {
    if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  close(descriptor_);
  throw OutputError("another nerveload is at work in the folder " + shown(dir) + "; choose another one or wait for its end");
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

FolderLock prepare_output(const fs::path& dir, bool force, const fs::path& input, const FileNames& own) {
  prepare_folder(dir, force, own);
  std::error_code error;
  if (is_one_of(own, input) && fs::equivalent(input, dir / input.filename(), error))
    throw OutputError("the results would replace their own input " + shown(input) + "; choose another folder");
  return FolderLock(dir);
}

void prepare_folder(const fs::path& dir, bool force, const FileNames& own) {
  std::error_code error;
  const fs::file_status status = fs::status(dir, error);
  if (fs::exists(status) && !fs::is_directory(status)) throw OutputError(shown(dir) + " is a file, not a folder");
  fs::create_directories(dir, error);
  if (error) throw OutputError("cannot create the folder " + shown(dir) + ": " + error.message());
  fs::directory_iterator entries(dir, error);
  if (error) throw OutputError("cannot read the folder " + shown(dir) + ": " + error.message());
  for (const fs::directory_entry& entry : entries)
    if (!force && !is_one_of(own, entry.path()))
      throw OutputError("the folder " + shown(dir) + " holds something else (" + shown(entry.path().filename()) +
                        "); choose another one or use --force");
  if (access(dir.c_str(), W_OK | X_OK) != 0) throw OutputError("cannot write into the folder " + shown(dir));
}

void clear_output(const fs::path& dir, const FileNames& own) {
  std::error_code error;
  std::vector<fs::path> earlier;
  for (const fs::directory_entry& entry : fs::directory_iterator(dir, error))
    if (is_one_of(own, entry.path())) earlier.push_back(entry.path());
  for (const fs::path& path : earlier) {
    fs::remove_all(path, error);
    if (error) throw OutputError("cannot replace " + shown(path) + ": " + error.message());
  }
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string csv_text(const std::string& words) {
  std::string text = "\"";
  for (const char c : words) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

}  // namespace nerveload
