#pragma once
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/scratch_folder.hpp"

namespace nerveload {

/// What a started program left behind.
struct ProgramResult {
  int code = -1;  ///< exit status; 128 + signal when it was killed
  std::string out, err;
};

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
