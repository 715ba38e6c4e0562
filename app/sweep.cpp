#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "app/interrupt.hpp"
#include "app/status_line.hpp"
#include "app/sweep_outputs.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/leg_meshes.hpp"
#include "scenarios/read_scenario.hpp"
#include "sweeps/leg_evaluator.hpp"
#include "sweeps/run_sweep.hpp"
#include "sweeps/slurm.hpp"
#include "sweeps/statistics_program.hpp"
#include "sweeps/sweep_folder.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

struct Shard {
  int number = 1, of = 1;
};

Shard shard_of(const po::variables_map& map) {
  Shard s;
  if (!map.count("shard")) return s;
  const std::string text = map["shard"].as<std::string>();
  char rest = 0;
  if (std::sscanf(text.c_str(), "%d/%d%c", &s.number, &s.of, &rest) != 2 || s.of < 1 || s.of > 100'000 || s.number < 1 || s.number > s.of)
    throw UsageError("--shard takes K/N, the K-th of N parts, such as 1/4; found " + text);
  return s;
}

/// A line after each point; on a terminal it is written over.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet) : line_(quiet) {}
  void show(const SweepProgress& p) {
    if (!p.last) {
      if (p.kept > 0) line_.lasting(std::to_string(p.kept) + " points are in the store, " + std::to_string(p.of) + " are missing");
      return;
    }
    // A pipe gets at most a line a second.
    if (!line_.watched() && p.done < p.of && p.elapsed_s - shown_s_ < 1.0) return;
    shown_s_ = p.elapsed_s;
    std::string text = line_.watched() ? progress_bar(double(p.done) / double(p.of)) + " " : std::string();
    text += std::to_string(p.done) + " of " + std::to_string(p.of) + " points";
    if (p.failed > 0) text += ", " + std::to_string(p.failed) + " not complete";
    const double rate = double(p.done) / p.elapsed_s;
    char times[32];
    std::snprintf(times, sizeof times, rate >= 1.0 ? ", %.1f a second" : ", %.1f s each", rate >= 1.0 ? rate : 1.0 / rate);
    text += times + (", " + duration(p.elapsed_s)) + ", about " + duration(p.left_s) + " left";
    p.done < p.of ? line_.step(text) : line_.lasting(text);
  }
  void finish() { line_.finish(); }
  void warn(const std::string& warning) {
    line_.finish();
    std::cerr << "nerveload: " << warning << "\n";
  }

 private:
  static std::string duration(double s) {
    char text[32];
    if (s < 90.0) std::snprintf(text, sizeof text, "%.0f s", s);
    else if (s < 5400.0) std::snprintf(text, sizeof text, "%.0f min", s / 60.0);
    else std::snprintf(text, sizeof text, "%.1f h", s / 3600.0);
    return text;
  }
  StatusLine line_;
  double shown_s_ = -10.0;
};

void print_end(const SweepPlan& plan, const SweepEnd& end, const std::filesystem::path& dir) {
  std::int64_t all = 0;
  for (const auto& [status, n] : end.counts) all += n;
  std::cout << plan.name << ": " << all << " of " << plan.design.points << " points in the store";
  for (const auto& [status, n] : end.counts) std::cout << ", " << n << " " << status;
  std::cout << "\nresults: " << dir.string() << "\n";
}

int say_interrupted() {
  std::cerr << "nerveload: interrupted; go on with --resume\n";
  return interrupted;
}

int submit(const po::variables_map& map, const SweepPlan& plan, const std::filesystem::path& dir, int jobs) {
  SlurmJob job;
  job.program = std::filesystem::read_symlink("/proc/self/exe");
  job.sweep_file = std::filesystem::absolute(plan.file);
  job.dir = std::filesystem::absolute(dir);
  job.jobs = jobs;
  job.settings = plan.settings;
  // A scheduler starts a few tasks a second: each gets a part of the points, not one.
  job.tasks = map.count("tasks") ? map["tasks"].as<int>() : static_cast<int>(std::min<std::int64_t>(50, plan.design.points));
  if (job.tasks < 1 || job.tasks > 100'000) throw UsageError("--tasks takes a whole number from 1 to 100000");
  if (map.count("scratch")) job.scratch = map["scratch"].as<std::string>();
  if (job.scratch.find_first_of("\"`\\") != std::string::npos || job.scratch.find("$(") != std::string::npos)
    throw UsageError("--scratch takes a folder, perhaps with a variable of the node such as $TMPDIR; found " + job.scratch);
  if (map.count("slurm-option")) job.options = map["slurm-option"].as<std::vector<std::string>>();
  expect_same_design(plan, dir);
  const std::vector<std::string> numbers = submit_to_slurm(job);
  std::cout << plan.name << ": " << plan.design.points << " points in " << job.tasks << " tasks, job " << numbers[0] << "; joined by job "
            << numbers[1] << "\nresults will be in: " << dir.string() << "\n";
  return done;
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"), "folder for the results")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on the base scenario, as often as wanted")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"), "mesh of every point")(
      "jobs", po::value<int>()->value_name("N"), "points at a time, a process each (default: all cores, as far as memory goes; 1 with --slurm)")(
      "threads", po::value<int>()->value_name("N"), "threads of a point (default: cores over jobs)")(
      "shard", po::value<std::string>()->value_name("K/N"), "only the K-th of N parts; join them with: nerveload merge")(
      "resume", "go on with the sweep in DIR: exactly what is missing is computed")(
      "retry-failed", "with --resume: points that are not complete once more")("mixed", "with --resume: also what another version began")(
      "slurm", "write an array job for the whole sweep and submit it (sbatch); the shards are joined when it has ended")(
      "tasks", po::value<int>()->value_name("N"), "with --slurm: tasks of the array, a shard each (default: at most 50)")(
      "slurm-option", po::value<std::vector<std::string>>()->composing()->value_name("OPTION"),
      "with --slurm: for sbatch, such as --slurm-option=--time=10:00:00")(
      "scratch", po::value<std::string>()->value_name("DIR"),
      "write the store on a disk of the node's own, and into the folder for the results every five minutes, when told to stop and at the end")(
      "alone", "nobody else looks at the store meanwhile; needed on a network's file system")(
      "cold", "no point starts from what others came to: slower, for comparison")("force", "use DIR even if it holds other files")("quiet,q",
                                                                                                                                   "no progress");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a sweep file");
  if (!map->count("output")) throw UsageError("expected a folder for the results: -o DIR");
  want_kind(file, "sweep");
  const Shard shard = shard_of(*map);
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  try {
    const SweepPlan plan = read_sweep(file, patches(*map));
    const auto [jobs, threads] =
        parallelism_of(*map, map->count("slurm") ? 1 : runs_side_by_side(to_string(read_scenario(plan.base, plan.settings).fidelity)));
    prepare_folder(dir, map->count("force") > 0, sweep_names());
    if (map->count("slurm")) return submit(*map, plan, dir, jobs);
    catch_stop_signals();
    ProgressLine line(map->count("quiet") > 0);
    SweepOptions how;
    how.jobs = jobs;
    how.shard = shard.number;
    how.shards = shard.of;
    how.resume = map->count("resume") > 0;
    how.retry_failed = map->count("retry-failed") > 0;
    if (map->count("scratch")) how.scratch = (*map)["scratch"].as<std::string>();
    how.alone = map->count("alone") > 0;
    how.mixed = map->count("mixed") > 0;
    how.stopped = stop_requested;
    how.warned = [&](const std::string& warning) { line.warn(warning); };
    how.observer = [&](const SweepProgress& p) { line.show(p); };
    const SweepEnd end = run_sweep(plan, dir, leg_evaluator(plan, threads, map->count("cold") > 0), how);
    line.finish();
    print_end(plan, end, dir);
    write_sweep_outputs(dir, !end.stopped && shard.of == 1);
    return end.stopped || stop_requested() ? say_interrupted() : done;
  } catch (const OutputError& e) {
    throw FileError(e.what());
  } catch (const StatisticsError& e) {
    if (stop_requested()) return say_interrupted();  // what stops this program was sent to that one too
    throw UsageError(file + ": " + e.what());
  }
}

}  // namespace

Verb sweep_verb() {
  return {"sweep", "SWEEP.toml -o DIR [--jobs N] [--shard K/N] [--resume] [--fidelity coarse|standard|fine] [--set KEY=VALUE]...",
          "simulate every point of a design; leaves a store that outlives any interruption, tables and a report in DIR",
          "nerveload sweep my_sweep.toml -o out --fidelity coarse", run};
}

}  // namespace nerveload::app
