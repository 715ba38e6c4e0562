#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/run_figures.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/simulate.hpp"
#include "scenarios/solid_model.hpp"

namespace nerveload {

/// Something to be run: a leg scenario or a solid model, patched.
struct RunRequest {
  std::string id, name;        ///< who asks, and the run's name there
  std::filesystem::path file;  ///< that the text stands for; need not exist
  std::string text;
  std::vector<std::string> settings;             ///< KEY=VALUE each
  std::vector<std::string> differentiated = {};  ///< figures of a leg that effects of uncertain parameters are wanted for
};

/// A run that has ended, for a progress line and to keep.
struct RunProgress {
  std::string id, run;                  ///< who asked for it first, and its name there
  int ended = 0, of = 0;                ///< how many of the different runs have, this one included when it has
  const RunFigures* figures = nullptr;  ///< null before the run
  double run_s = 0.0, left_s = 0.0;     ///< what the run took, and what is left at the rate so far
};

struct RunOptions {
  std::string fidelity = "standard";  ///< of leg scenarios; a request's own setting wins
  int threads = 2;                    ///< of a run
  int jobs = 1;                       ///< runs at a time; more than one: each in a process of its own, which must be before this one starts threads
  bool uncertainty = false;  ///< where it is for who asks for the runs to say: what is not known of tissue and body is carried to what is compared
  std::function<bool(const RunProgress&)> observer;  ///< before and after each run; false stops
  std::function<bool()> stopped;                     ///< asked within a run
  /// Figures of a run kept earlier, by the key that says what was run; none = run it.
  std::function<std::optional<RunFigures>(const std::string& key)> kept;
  std::function<void(const std::string& key, const RunFigures&)> keep;
};

/// Everything that is asked for, each different run once.
class RunJobs {
 public:
  /// @throws InputError  for scenarios and models that are wrong, with the faults of all
  RunJobs(const std::vector<RunRequest>& requests, const std::string& fidelity);
  /// Solves what is not kept, one after the other or several at a time. A run that does not reach its end has figures that say so.
  /// @return false when it was told to stop; runs that are missing then say "interrupted"
  bool solve(const RunOptions& options);
  const RunFigures& figures(const std::string& id, const std::string& name) const;

 private:
  struct Job {
    std::string id, run;  ///< of the first who asks for it
    std::string key;      ///< what is solved, whoever asks
    std::optional<Scenario> scenario;
    std::optional<SolidModel> solid;
    std::set<std::string> differentiated;  ///< by whoever asks
    RunFigures figures;
  };
  class Ledger;
  static RunFigures figures_of(const Job& job, const RunOptions& options, BaselineStore& baselines);
  /// Whether figures that were kept hold all that is asked for.
  static bool answers(const Job& job, const RunFigures& kept);
  static Job read(const RunRequest& request, const std::string& fidelity);
  /// @return false when told to stop
  static bool solve_in_turn(const std::vector<Job*>& missing, const RunOptions& options, Ledger& ledger);
  static bool solve_side_by_side(const std::vector<Job*>& missing, const RunOptions& options, Ledger& ledger);
  std::vector<Job> jobs_;
  std::map<std::string, std::size_t> index_, of_request_;
};

/// What decides the outcome of a leg: everything resolved but its name and what is done with the results.
std::string key_of(const Scenario& scenario);

}  // namespace nerveload
