#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/input_error.hpp"
#include "scenarios/scenario.hpp"
#include "sweeps/distribution.hpp"

namespace nerveload {

/// One input that a sweep varies, by its key of the scenario with its unit.
struct SweepParameter {
  std::string key;
  std::vector<std::string> values;  ///< levels as TOML: "30", "\"soft\"", "true"; of a distribution none
  std::optional<Distribution> distribution;
  Place place;          ///< of its table
  Place at;             ///< of what it takes
  std::string written;  ///< what it takes, as written

  bool numeric() const;  ///< whether all it takes are numbers
  bool is_load() const { return key.starts_with("load."); }
};

/// Rank correlation (Spearman) of two inputs; their dependence is that of a normal distribution (Gaussian copula).
struct SweepCorrelation {
  std::size_t first = 0, second = 0;
  double rank_correlation = 0.0;
};

struct SweepDesign {
  enum class Kind {
    grid,   ///< every value with every other
    lhs,    ///< Latin hypercube
    sobol,  ///< Sobol' sequence, shifted by the seed
    table   ///< a CSV file with a column for each input
  };
  Kind kind = Kind::grid;
  std::int64_t points = 0;  ///< of all shards
  int seed = 1;
  std::filesystem::path table;
};
const char* to_string(SweepDesign::Kind kind);

/// A sweep, read and checked: every input exists, and what it takes is allowed.
struct SweepPlan {
  std::string name, description;
  std::filesystem::path file;
  std::filesystem::path base;         ///< a scenario file or the name of a library scenario
  std::vector<std::string> settings;  ///< patches under every point, KEY=VALUE
  std::vector<SweepParameter> parameters;
  std::vector<SweepCorrelation> correlations;
  SweepDesign design;
  std::vector<std::string> answers;  ///< figures that the report is about
  std::string base_values;           ///< the resolved base scenario
  std::string hash;                  ///< of all that decides the points and their outcome, but for the program's version

  /// Shape and hash as text, kept in the store.
  std::string text() const;
};

/// @param settings  KEY=VALUE each, laid over the base scenario
/// @throws InputError with every fault, places in the sweep's own file; FileError
SweepPlan read_sweep(const std::filesystem::path& file, std::span<const std::string> settings = {});
/// The same from a text that stands for a file of that name.
SweepPlan read_sweep_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings = {});

/// The settings of one point: those of the plan, then an input each.
std::vector<std::string> point_settings(const SweepPlan& plan, std::span<const std::string> values);

}  // namespace nerveload
