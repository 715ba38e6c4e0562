#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/advice_results.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// A run of the search that is about to start (load: null) or has ended, for a progress line.
struct AdviceProgress {
  std::string proposal;
  std::vector<AdvisedChange> changes;
  int number = 0;  ///< of the runs, from 1
  const AdvisedLoad* load = nullptr;
  double elapsed_s = 0.0;
};

struct AdviceOptions {
  int level = 1;                      ///< of the ladder, 1…3, that shall not be reached
  double keep = 0.5;                  ///< share of the stress of the rolled muscle that must be left, 0…1; assumed
  int most_single = 3;                ///< changes of one parameter that are tried in full, those that promise most
  std::vector<std::string> settings;  ///< KEY=VALUE each, patches on the scenario
  std::optional<Fidelity> mesh;       ///< another than the scenario's, such as the rough one, which a file cannot ask for
  int threads = 2;
  std::function<void(const AdviceProgress&)> observer;
  std::function<bool()> stopped;
  std::function<std::optional<RunFigures>(const std::string& key)> kept;  ///< a run of an earlier call, by what decides it
  std::function<void(const std::string& key, const RunFigures&)> keep_run;
};

/// The smallest changes of place, lean, roller and leg angles that bring a scenario under a level and leave the rolled muscle its share. The force stays as it is.
/// One change of all levers together, of each of the most promising levers alone, and other kinds of roller; each step of the search is a full run
/// (docs/decisions/0034).
/// @throws InputError  for a scenario that has nothing to move or no derivatives; FileError; MeshRefusal for the scenario itself
Advice find_advice(const std::filesystem::path& scenario, const AdviceOptions& options);

}  // namespace nerveload
