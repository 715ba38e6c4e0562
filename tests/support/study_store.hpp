#pragma once
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace nerveload {

/// What came of the cases of a long study, kept in a file of its name in the folder NERVELOAD_STUDY, so that an interrupted study goes on and several
/// processes share one: NERVELOAD_SHARD=1/2 does every second case. Without the folder all are done anew.
class StudyStore {
 public:
  explicit StudyStore(const std::string& name) {
    if (const char* folder = std::getenv("NERVELOAD_STUDY")) {
      std::filesystem::create_directories(folder);
      path_ = std::filesystem::path(folder) / (name + ".tsv");
    }
    if (const char* shard = std::getenv("NERVELOAD_SHARD")) std::sscanf(shard, "%d/%d", &shard_, &shards_);
    std::ifstream in(path_);
    int i;
    for (std::string words; in >> i && in.ignore() && std::getline(in, words);) done_[i] = words;
  }
  /// Whether a case is this process's to do.
  bool is_open(int i) const { return i % shards_ == shard_ - 1 && !done_.contains(i); }
  /// @param words  one line
  void keep(int i, const std::string& words) {
    done_[i] = words;
    if (!path_.empty()) std::ofstream(path_, std::ios::app) << std::to_string(i) + "\t" + words + "\n";
  }
  const std::map<int, std::string>& done() const { return done_; }

 private:
  std::filesystem::path path_;
  int shard_ = 1, shards_ = 1;
  std::map<int, std::string> done_;
};

}  // namespace nerveload
