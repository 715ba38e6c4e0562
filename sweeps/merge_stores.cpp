#include "sweeps/merge_stores.hpp"

#include <optional>

#include "postprocess/files.hpp"

namespace nerveload {
namespace fs = std::filesystem;

MergeEnd merge_stores(const std::vector<fs::path>& dirs, const fs::path& out, bool mixed) {
  MergeEnd end;
  std::vector<fs::path> joined;
  for (const fs::path& dir : dirs) {
    std::error_code error;
    if (!fs::is_directory(dir, error)) throw OutputError("there is no folder '" + dir.string() + "'");
    if (fs::equivalent(dir, out, error)) throw OutputError("'" + out.string() + "' cannot be merged into itself");
    (SweepStore::exists(dir / store_name) ? joined : end.without_store).push_back(dir);
  }
  if (joined.empty())
    throw OutputError("there is no store in '" + dirs.front().string() + "'" + (dirs.size() > 1 ? " nor in any other folder named" : ""));
  std::vector<fs::path> all = joined;
  const fs::path target = out / store_name;
  const bool there = SweepStore::exists(target);
  if (there) all.push_back(out);
  std::optional<StoreHead> first;
  std::string first_version;
  for (const fs::path& dir : all) {
    const SweepStore store = SweepStore::read(dir / store_name);
    const StoreHead& head = store.head();
    if (!first) first = head;
    if (head.hash != first->hash)
      throw OutputError("'" + dir.string() + "' is of another design (" + head.name + ", " + std::to_string(head.points) + " points) than '" +
                        all.front().string() + "'; points of two designs have the same numbers and cannot be joined");
    for (const std::string& version : store.versions()) {
      if (first_version.empty()) first_version = version;
      if (version != first_version && !mixed)
        throw OutputError("'" + dir.string() + "' has points of version " + version + ", others are of " + first_version + "; mix them with --mixed");
    }
  }
  std::error_code error;
  fs::create_directories(out, error);
  if (error) throw OutputError("cannot create the folder '" + out.string() + "': " + error.message());
  StoreHead head = *first;
  head.shard = head.shards = 1;
  SweepStore store = there ? SweepStore::open(target) : SweepStore::create(target, head);
  store.retitle(head.name, head.answers);
  for (const fs::path& dir : joined) end.added += store.take_over(dir / store_name);
  store.settle();
  end.points = store.head().points;
  end.counts = store.counts();
  return end;
}

}  // namespace nerveload
