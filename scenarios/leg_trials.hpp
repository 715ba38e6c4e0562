#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/advice_results.hpp"
#include "scenarios/least_change.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/simulate.hpp"

namespace nerveload {

/// A full run of a leg as a trial of a change.
struct LegTrial {
  AdvisedLoad load;
  Tissue muscle = Tissue::hamstrings;  ///< the one looked at
  /// By lever: derivatives of the logarithms of compression utilisation, tension utilisation (of smoothed peaks) and the muscle's stress.
  std::map<std::string, std::array<double, 3>> slopes;
  std::string fault_of_slopes;  ///< why there are none
};

/// Runs legs, each different one once, and measures what advice is judged by.
class LegTrials {
 public:
  struct Options {
    int level = 1, threads = 2;
    std::vector<std::string> levers;  ///< keys that derivatives are taken of
    std::function<bool()> stopped;
    std::function<std::optional<RunFigures>(const std::string& key)> kept;  ///< a run of an earlier call, by what decides it
    std::function<void(const std::string& key, const RunFigures&)> keep;    ///< a run without failure
  };
  explicit LegTrials(Options options) : options_(std::move(options)) {}

  /// @param muscle  looked at; none: the one that takes most of the pressing
  /// @param slopes  wanted
  const LegTrial& run(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes);
  /// Whether the run is at hand.
  bool knows(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const;
  int runs() const { return static_cast<int>(known_.size()); }
  bool stopped() const { return options_.stopped && options_.stopped(); }

 private:
  std::string key(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const;
  LegTrial solve(const Scenario& scenario, std::optional<Tissue> muscle, bool slopes) const;

  Options options_;
  std::map<std::string, LegTrial> known_;
};

}  // namespace nerveload
