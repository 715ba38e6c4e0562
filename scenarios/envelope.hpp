#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/envelope_results.hpp"
#include "scenarios/run_figures.hpp"

namespace nerveload {

/// What varies; an empty list stays as the scenario has it, empty positions are twelve along the nerve.
struct EnvelopeGrid {
  std::vector<double> positions_mm, hip_flexion_deg, knee_flexion_deg;
  std::vector<std::string> rollers;
};

/// A point that is about to be or has been worked out, for a progress line.
struct EnvelopeProgress {
  int number = 0, of = 0;  ///< of the points, from 1
  const EnvelopePoint* point = nullptr;
  bool ended = false;
  double elapsed_s = 0.0;
};

struct EnvelopeOptions {
  int level = 1;                      ///< of the ladder, 1…3
  double most_fraction = 0.55;        ///< of body weight: upper end of what was measured on one limb [baumgart2019]
  std::vector<std::string> settings;  ///< KEY=VALUE each, patches on the scenario
  int threads = 2;
  std::function<bool(const EnvelopeProgress&)> observer;  ///< false stops
  std::function<bool()> stopped;
  std::function<std::optional<RunFigures>(const std::string& key)> kept;  ///< a point worked out earlier, by what decides it
  std::function<void(const std::string& key, const RunFigures&)> keep;
};

/// The critical force at every point of a grid.
/// @throws InputError  for a scenario that cannot be pressed, or a point outside what a scenario may be; FileError
Envelope find_envelope(const std::filesystem::path& scenario, const EnvelopeGrid& grid, const EnvelopeOptions& options);

}  // namespace nerveload
