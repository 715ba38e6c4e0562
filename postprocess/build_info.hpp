#pragma once
#include <string>
#include <utility>
#include <vector>

namespace nerveload {

/// What this program was built from.
struct BuildInfo {
  std::string version, git;                                    ///< git: commit at configure time, "unknown" outside a repository
  std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version
};
BuildInfo build_info();

}  // namespace nerveload
