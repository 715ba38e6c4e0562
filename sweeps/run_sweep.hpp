#pragma once
#include "sweeps/point.hpp"
#include "sweeps/sweep_plan.hpp"
#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// How far a sweep is, after each point.
struct SweepProgress {
  std::int64_t done = 0, of = 0;         ///< points of this call
  std::int64_t kept = 0;                 ///< found in the store
  std::int64_t failed = 0;               ///< not complete
  double elapsed_s = 0.0, left_s = 0.0;  ///< the latter from the rate so far
  const StoredPoint* last = nullptr;     ///< null before the first
};

struct SweepOptions {
  int jobs = 1;  ///< points at a time, each in a process of its own
  int shard = 1, shards = 1;
  bool resume = false;        ///< go on with the store that is there
  bool retry_failed = false;  ///< points that are not complete are missing too
  bool mixed = false;         ///< also when another version of the program began it
  bool alone = false;         ///< nobody looks at the store meanwhile (SweepStore)
  /// A folder on a disk of the node's own: the store is written there, and put into the sweep's folder now and then and at the end, however that
  /// comes about short of a kill; where that fails it stays there and the message names it. Empty = in the sweep's folder itself.
  std::filesystem::path scratch;
  double shelve_every_s = 300.0;
  std::function<bool()> stopped;
  std::function<void(const SweepProgress&)> observer;
  std::function<void(const std::string&)> warned;  ///< told what goes wrong without ending the sweep; may be empty
};

struct SweepEnd {
  bool stopped = false;
  std::int64_t computed = 0, kept = 0;
  std::map<std::string, std::int64_t> counts;  ///< rows of the store by status
};

/// Computes the points of a plan that the store in `dir` lacks, and adds them as they come. Points are known before anything is written or
/// computed. A store that is there is used only with `resume`, and only for the same design and shard; nothing is ever written over
/// but its name and answers, which become the plan's.
/// @throws OutputError, StatisticsError, FileError
SweepEnd run_sweep(const SweepPlan& plan, const std::filesystem::path& dir, const PointEvaluator& evaluate, const SweepOptions& options);

/// Before jobs are submitted that would be refused one by one: what is in `dir`, and in the shards below it, is of this design.
/// @throws OutputError  is of another one
void expect_same_design(const SweepPlan& plan, const std::filesystem::path& dir);

/// Version and commit of this program, as rows carry it.
std::string program_version();

}  // namespace nerveload
