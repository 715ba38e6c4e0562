#pragma once
#include <filesystem>
#include <vector>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

struct MergeEnd {
  std::int64_t added = 0, points = 0;
  std::map<std::string, std::int64_t> counts;
  std::vector<std::filesystem::path> without_store;  ///< folders that are there and hold none (yet): left out
};

/// Joins the stores of shards into one in `out`, which is made or gone on with: what is there stays, a point that did not come to its end gives way
/// to one that did; name and answers are those of the first shard. Doing it again changes nothing. All stores are checked before anything is written.
/// @param mixed  also stores of different versions of the program
/// @throws OutputError  another design, another version, a folder that is not there, no store in any of them
MergeEnd merge_stores(const std::vector<std::filesystem::path>& dirs, const std::filesystem::path& out, bool mixed);

}  // namespace nerveload
