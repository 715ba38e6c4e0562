#pragma once
#include <filesystem>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// A place on a disk of the node's own where a store is written, to be put into the sweep's folder whole or not at all. SQLite never touches the
/// folder then, which may lie on a network's file system.
class ScratchStore {
 public:
  /// Makes a folder of its own in `scratch` and takes along the store that `dir` has. @throws OutputError
  ScratchStore(const std::filesystem::path& scratch, const std::filesystem::path& dir);
  ~ScratchStore();
  ScratchStore(const ScratchStore&) = delete;
  ScratchStore& operator=(const ScratchStore&) = delete;

  std::filesystem::path file() const { return own_ / store_name; }
  /// Puts all that the store holds into the folder, in place of what is there. @throws OutputError
  void shelve(const SweepStore& store) const;
  /// The same at the end. Where it fails the scratch folder outlives this, and the message, which begins with `said`, names it. @throws OutputError
  void bring_home(const SweepStore& store, const std::string& said = {});

 private:
  std::filesystem::path own_, dir_;
  bool kept_ = false;
};

}  // namespace nerveload
