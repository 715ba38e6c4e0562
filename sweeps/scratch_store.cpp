#include "sweeps/scratch_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "postprocess/files.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

constexpr const char* copy_name = "copy.sqlite";

/// A copy that is on the disk when this returns.
void copy_durably(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (error) throw OutputError("cannot copy '" + from.string() + "' to '" + to.string() + "': " + error.message());
  const int file = open(to.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!done) throw OutputError("cannot write '" + to.string() + "'");
}

}  // namespace

ScratchStore::ScratchStore(const fs::path& scratch, const fs::path& dir) : dir_(dir) {
  std::string name = (scratch / "nerveload-XXXXXX").string();
  std::error_code error;
  fs::create_directories(scratch, error);
  if (error || !mkdtemp(name.data())) throw OutputError("cannot make a folder in the scratch folder '" + scratch.string() + "'");
  own_ = name;
  const fs::path there = dir / store_name;
  if (!SweepStore::exists(there)) return;
  // What a run without scratch left in its log would else be laid over the store that is put there later.
  if (fs::exists(there.string() + "-wal")) SweepStore::open(there, true).settle();
  copy_durably(there, file());
}

ScratchStore::~ScratchStore() {
  std::error_code ignored;
  if (!kept_) fs::remove_all(own_, ignored);
}

void ScratchStore::shelve(const SweepStore& store) const {
  const fs::path copy = own_ / copy_name;
  std::error_code error;
  fs::remove(copy, error);
  store.copy_to(copy);
  write_whole(dir_ / store_name, [&](const fs::path& beside) { copy_durably(copy, beside); });
}

void ScratchStore::bring_home(const SweepStore& store, const std::string& said) {
  try {
    shelve(store);
  } catch (const std::exception& e) {
    kept_ = true;
    std::error_code ignored;
    fs::remove(own_ / copy_name, ignored);
    throw OutputError(said + e.what() + "; what was computed stays in '" + own_.string() + "': copy its files into '" + dir_.string() +
                      "' and go on with --resume");
  }
}

}  // namespace nerveload
