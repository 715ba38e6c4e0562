#pragma once
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

namespace nerveload {

/// What came of the cases of a long study, kept in the file that NERVELOAD_STUDY names, so that an interrupted study goes on and several processes
/// share one: NERVELOAD_SHARD=1/2 does every second case. Without the file all are done anew.
class StudyStore {
 public:
  StudyStore() {
    if (const char* path = std::getenv("NERVELOAD_STUDY")) path_ = path;
    if (const char* shard = std::getenv("NERVELOAD_SHARD")) std::sscanf(shard, "%d/%d", &shard_, &shards_);
    std::ifstream in(path_);
    int i;
    for (std::string words; in >> i && std::getline(in, words);) done_[i] = words.substr(1);
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
  std::string path_;
  int shard_ = 1, shards_ = 1;
  std::map<int, std::string> done_;
};

}  // namespace nerveload
