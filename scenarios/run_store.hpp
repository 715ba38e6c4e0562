#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "scenarios/run_figures.hpp"

namespace nerveload {

/// Finished runs in a folder, a file each, so that long work that was stopped need not start over.
/// A run is known by what was solved and by the program that solved it, to the byte.
class RunStore {
 public:
  explicit RunStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  /// None when there is no such run, or its file is damaged.
  std::optional<RunFigures> find(const std::string& key) const;
  /// @throws OutputError
  void put(const std::string& key, const RunFigures& figures) const;

 private:
  std::filesystem::path file_of(const std::string& key) const;
  std::filesystem::path folder_;
};

}  // namespace nerveload
