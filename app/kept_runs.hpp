#pragma once
#include <boost/program_options.hpp>
#include <filesystem>

#include "postprocess/files.hpp"
#include "scenarios/run_store.hpp"

namespace nerveload::app {

/// A results folder with the runs that lead to the results in DIR/runs. An earlier call's are taken up with --resume, and gone otherwise.
class KeptRuns {
 public:
  /// @param input  the file that is read, which may not lie among the results
  /// @throws OutputError when DIR cannot be written or is another call's
  KeptRuns(const boost::program_options::variables_map& map, const std::filesystem::path& dir, const std::filesystem::path& input = {})
      : dir_(dir), lock_(prepare_output(dir, map.count("force") > 0, input)), store_(dir / "runs"), ready_(map.count("resume") > 0) {}

  /// To be called once the input is known to be sound: only then what an earlier call left goes.
  void begin() {
    if (!ready_) clear_output(dir_);
    ready_ = true;
  }
  std::optional<RunFigures> find(const std::string& key) const { return ready_ ? store_.find(key) : std::nullopt; }
  void put(const std::string& key, const RunFigures& figures) const { store_.put(key, figures); }

 private:
  std::filesystem::path dir_;
  FolderLock lock_;
  RunStore store_;
  bool ready_;
};

}  // namespace nerveload::app
