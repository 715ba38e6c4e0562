#pragma once
#include <omp.h>

#include <algorithm>
#include <filesystem>

#include "app/interrupt.hpp"
#include "app/kept_runs.hpp"
#include "app/run_progress.hpp"
#include "app/verb.hpp"
#include "scenarios/input_error.hpp"

/// What `validate` and `claims` share: cases as data, chosen by id, whose runs are kept in DIR/runs and judged against a record.
namespace nerveload::app {

inline constexpr int left_record = not_as_expected;  ///< exit status: a figure or an outcome is not as recorded

/// The options that both take. @param what  that --only names one of: "claim"
inline boost::program_options::options_description recorded_options(const std::string& dir, const std::string& what) {
  namespace po = boost::program_options;
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->default_value(dir)->value_name("DIR"), "folder for the results")(
      "only", po::value<std::vector<std::string>>()->composing()->value_name("ID"), ("only this " + what + ", as often as wanted").c_str())(
      "fidelity", po::value<std::string>()->default_value("standard")->value_name("coarse|standard|fine"), "mesh of the legs")(
      "resume", "keep the runs that an earlier, stopped call of the same version finished in DIR")(
      "jobs", po::value<int>()->value_name("N"), "runs at a time, a process each (default: all cores, as far as memory goes; 1 with --threads)")(
      "threads", po::value<int>()->value_name("N"), "threads of a run (default: cores over jobs)")("force", "use DIR even if it holds other files")(
      "quiet,q", "no progress");
  return options;
}

/// The cases that --only names; all without it. @param what  "validation target"
/// @throws UsageError for an id that there is not
template <class Case>
std::vector<Case> only_named(std::vector<Case> cases, const boost::program_options::variables_map& map, const std::string& what) {
  if (!map.count("only")) return cases;
  std::vector<std::string> known;
  for (const Case& c : cases) known.push_back(c.id);
  const auto wanted = map["only"].as<std::vector<std::string>>();
  for (const std::string& id : wanted) expect_known(id, known, "no " + what + " " + id);
  std::erase_if(cases, [&](const Case& c) { return std::find(wanted.begin(), wanted.end(), c.id) == wanted.end(); });
  return cases;
}

/// --fidelity. @throws UsageError
inline std::string leg_fidelity(const boost::program_options::variables_map& map) {
  const std::string fidelity = map["fidelity"].as<std::string>();
  if (fidelity != "coarse" && fidelity != "standard" && fidelity != "fine")
    throw UsageError("--fidelity takes coarse, standard or fine, not " + fidelity);
  return fidelity;
}

/// Without --jobs and --threads a run a core with one thread, which is faster than one run on all of them, as many as memory holds.
/// @throws UsageError
inline Parallelism parallelism_of(const boost::program_options::variables_map& map, const std::string& fidelity) {
  const Parallelism p = parallelism_of(map, map.count("threads") ? 1 : runs_side_by_side(fidelity));
  omp_set_num_threads(p.threads);
  return p;
}

/// Calls `judge` with how to run: progress on the screen, Ctrl-C, runs kept in DIR and, with --resume, taken from there. What it found is handed to
/// `print`, whose answer is the exit status.
/// @param results  names of what the command leaves in DIR beside the runs
/// @throws FileError when DIR cannot be written
template <class Judge, class Print>
int with_kept_runs(const boost::program_options::variables_map& map, const std::filesystem::path& dir, const FileNames& results,
                   const std::string& fidelity, Parallelism parallelism, Judge&& judge, Print&& print) {
  try {
    KeptRuns runs(map, dir, results);
    runs.begin();
    RunProgressLine line(map.count("quiet") > 0);
    catch_stop_signals();
    RunOptions how;
    how.fidelity = fidelity;
    how.threads = parallelism.threads;
    how.jobs = parallelism.jobs;
    how.stopped = stop_requested;
    how.observer = [&](const RunProgress& p) {
      line.show(p);
      return !stop_requested();
    };
    how.kept = [&](const std::string& key) { return runs.find(key); };
    how.keep = [&](const std::string& key, const RunFigures& figures) { runs.put(key, figures); };
    const auto found = judge(how);
    line.finish();
    return print(found);
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace nerveload::app
