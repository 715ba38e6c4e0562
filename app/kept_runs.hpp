#pragma once
#include <boost/program_options.hpp>
#include <filesystem>

#include "postprocess/files.hpp"
#include "scenarios/run_store.hpp"

namespace nerveload::app {

/// A results folder with the runs that lead to the results in DIR/runs. An earlier call's are taken up with --resume, and gone otherwise.
class KeptRuns {
 public:
  /// @param results  names of what the command leaves in DIR beside the runs
  /// @param input    the file that is read, which may not lie among the results
  /// @throws OutputError when DIR cannot be written, holds something else or is at work for another call
  KeptRuns(const boost::program_options::variables_map& map, const std::filesystem::path& dir, FileNames results,
           const std::filesystem::path& input = {})
      : dir_(dir), names_(with_runs(std::move(results))), lock_(prepare_output(dir, map.count("force") > 0, input, names_)), store_(dir / "runs"),
        ready_(map.count("resume") > 0) {}

  /// To be called once the input is known to be sound: only then what an earlier call left goes.
  void begin() {
    if (!ready_) clear_output(dir_, names_);
    ready_ = true;
  }
  std::optional<RunFigures> find(const std::string& key) const { return ready_ ? store_.find(key) : std::nullopt; }
  void put(const std::string& key, const RunFigures& figures) const { store_.put(key, figures); }

 private:
  static FileNames with_runs(FileNames results) {
    results.insert("runs");
    return results;
  }
  std::filesystem::path dir_;
  FileNames names_;
  FolderLock lock_;
  RunStore store_;
  bool ready_;
};

}  // namespace nerveload::app
