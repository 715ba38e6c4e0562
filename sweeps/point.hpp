#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace nerveload {

/// One point to be computed.
struct PointTask {
  std::int64_t number = 0;
  std::string inputs;                 ///< JSON object, key of the scenario to value
  std::vector<std::string> settings;  ///< KEY=VALUE each, on top of the base scenario
};

/// What a point came to.
struct PointOutcome {
  enum class Status {
    complete,    ///< solved to its end
    incomplete,  ///< did not reach its load; figures are of the last converged state or the greatest load
    refused,     ///< person, pose and roller do not go together
    crashed      ///< its process ended, by a fault or for want of memory
  };
  Status status = Status::complete;
  std::string reason;                                   ///< why it is not complete
  std::vector<std::pair<std::string, double>> figures;  ///< by dotted name of summary.json, with unit; not finite = none
  std::string profile;                                  ///< JSON object, column of the nerve's profile to values; may be empty
  std::string scenario_sha256;                          ///< of the resolved scenario
  double wall_s = 0.0, cpu_s = 0.0;                     ///< the latter of the processor, which other work does not lengthen
  bool led = false;                                     ///< started from the same leg under another load, or from other legs of the sweep
};
const char* to_string(PointOutcome::Status status);

/// Computes a point. What it keeps from point to point stays within its process.
using PointEvaluator = std::function<PointOutcome(const PointTask&)>;

/// Both as one line of JSON, to go between processes.
std::string to_line(const PointTask& task);
PointTask task_from_line(const std::string& line);
std::string to_line(const PointOutcome& outcome);
PointOutcome outcome_from_line(const std::string& line);

/// Figures as a JSON object; what is not finite is null.
std::string figures_json(const std::vector<std::pair<std::string, double>>& figures);

}  // namespace nerveload
