#include "sweeps/slurm.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>

#include "postprocess/files.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

/// A word as the shell reads it back.
std::string word(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return all + "'";
}

std::string head(const SlurmJob& job, const std::string& name) {
  std::string text = "#!/bin/sh\n#SBATCH --job-name=" + name + "\n#SBATCH --ntasks=1\n#SBATCH --open-mode=append\n";
  for (const std::string& o : job.options) text += "#SBATCH " + o + "\n";
  return text;
}

/// What a command prints in its first line. @throws OutputError with everything it said
std::string first_line_of(const std::string& command, const std::string& what) {
  std::FILE* out = popen((command + " 2>&1").c_str(), "r");
  if (!out) throw OutputError("cannot start sbatch");
  std::string said;
  char piece[256];
  while (std::fgets(piece, sizeof piece, out)) said += piece;
  const int status = pclose(out);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return said.substr(0, said.find_first_of(";\n"));
  throw OutputError("sbatch did not take the job (" + said.substr(0, said.find('\n')) + "); submit it by hand: " + what);
}

}  // namespace

std::string slurm_array_script(const SlurmJob& job) {
  const std::string tasks = std::to_string(job.tasks), jobs = std::to_string(job.jobs);
  std::string text = head(job, "nerveload-sweep");
  text += "#SBATCH --array=1-" + tasks + "\n#SBATCH --cpus-per-task=" + jobs + "\n#SBATCH --requeue\n";
  // Before the time is up a store on the node has to come home.
  const bool said = std::any_of(job.options.begin(), job.options.end(), [](const std::string& o) { return o.starts_with("--signal"); });
  if (!job.scratch.empty() && !said) text += "#SBATCH --signal=B:TERM@60\n";
  text += "#SBATCH --output=" + (job.dir / "slurm/log/%a.txt").string() + "\n";
  text += "# A shard each. A task that was stopped, or whose node was lost, finds its store again and computes what is missing.\n";
  text += "export OMP_NUM_THREADS=1\n";
  text += "echo \"shard $SLURM_ARRAY_TASK_ID of " + tasks + ", start $((${SLURM_RESTART_COUNT:-0} + 1)) on $(hostname)\"\n";
  text += "exec " + word(job.program.string()) + " sweep " + word(job.sweep_file.string()) + " -o " + word((job.dir / "slurm/shard_").string()) +
          "\"$SLURM_ARRAY_TASK_ID\" --shard \"$SLURM_ARRAY_TASK_ID/" + tasks + "\" --resume --alone --jobs " + jobs + " --threads 1 --quiet";
  for (const std::string& s : job.settings) text += " --set " + word(s);
  if (!job.scratch.empty()) text += " --scratch \"" + job.scratch + "\"";
  return text + "\n";
}

std::string slurm_merge_script(const SlurmJob& job) {
  return head(job, "nerveload-merge") + "#SBATCH --output=" + (job.dir / "slurm/log/merge.txt").string() + "\nexec " + word(job.program.string()) +
         " merge " + word((job.dir / "slurm/shard_").string()) + "* -o " + word(job.dir.string()) + "\n";
}

std::vector<std::string> submit_to_slurm(const SlurmJob& job) {
  const fs::path folder = job.dir / "slurm", array = folder / "array.sbatch", merge = folder / "merge.sbatch";
  std::error_code error;
  fs::create_directories(folder / "log", error);
  if (error) throw OutputError("cannot create the folder '" + folder.string() + "': " + error.message());
  write_text(array, slurm_array_script(job));
  write_text(merge, slurm_merge_script(job));
  const std::string by_hand = "sbatch " + array.string() + ", and when it has ended: sbatch " + merge.string();
  const std::string first = first_line_of("sbatch --parsable " + word(array.string()), by_hand);
  const std::string second = first_line_of("sbatch --parsable --dependency=afterany:" + word(first) + " " + word(merge.string()), by_hand);
  return {first, second};
}

}  // namespace nerveload
