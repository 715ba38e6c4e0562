#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace nerveload {

/// How a sweep goes to a cluster.
struct SlurmJob {
  std::filesystem::path program, sweep_file, dir;  ///< absolute
  int tasks = 1;                                   ///< of the array, a shard each
  int jobs = 1;                                    ///< points at a time in each, and its processors
  std::vector<std::string> settings;               ///< KEY=VALUE each
  std::string scratch;                             ///< folder on the node's own disk, its variables are the node's ($TMPDIR); empty = none
  std::vector<std::string> options;                ///< lines for `#SBATCH`, "--time=10:00:00"
};

/// The array job: a task computes a shard with a store of its own and may be requeued at any time.
std::string slurm_array_script(const SlurmJob& job);
/// The job that joins the shards after it.
std::string slurm_merge_script(const SlurmJob& job);

/// Writes both to DIR/slurm and submits them, the second to start when the first has ended. @return the numbers of the two jobs
/// @throws OutputError  they cannot be written, or sbatch is not there or refuses (it then says how to submit them by hand)
std::vector<std::string> submit_to_slurm(const SlurmJob& job);

}  // namespace nerveload
