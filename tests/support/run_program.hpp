#pragma once
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace nerveload {

/// What a started program left behind.
struct ProgramResult {
  int code = -1;  ///< exit status; 128 + signal when it was killed
  std::string out, err;
};

/// A folder of its own that goes away with the object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nerveload-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no scratch folder");
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Runs the built program with words that reach it unchanged.
/// @param before  put before the program's name, for example "timeout -s INT 2"
inline ProgramResult run_program(const std::vector<std::string>& words, const std::filesystem::path& folder, const std::string& before = {}) {
  std::string command = "cd '" + folder.string() + "' && " + before + " '" + NERVELOAD_PROGRAM + "'";
  for (const std::string& w : words) {
    command += " '";
    for (const char c : w) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += "'";
  }
  const auto out = folder / ".out", err = folder / ".err";
  const int status = std::system((command + " >'" + out.string() + "' 2>'" + err.string() + "' </dev/null").c_str());
  ProgramResult r;
  r.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  r.out = text_of_file(out);
  r.err = text_of_file(err);
  return r;
}

}  // namespace nerveload
