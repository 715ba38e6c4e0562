#pragma once
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/dimension.hpp"
#include "scenarios/input_error.hpp"

namespace nerveload {

/// One simulation that a validation case needs: a leg scenario or a solid model, patched.
struct ValidationRun {
  std::string name;
  std::string file;                   ///< in the case's folder
  std::vector<std::string> settings;  ///< KEY=VALUE each
};

/// A figure of a run: a column of nerve_profile.csv at a station, "nerve_profile.strain_percent@172", or a dotted path into summary.json,
/// "steps.last.indenter.0.mean_pressure_kPa".
struct FigureOfRun {
  std::string run, figure;
};

/// Where a figure reaches a level along a series of runs, linear between them.
struct Crossing {
  std::vector<std::string> runs;
  std::vector<double> at;  ///< value of what the series varies, one per run, ascending, in the quantity's unit
  double level = 0.0;      ///< of the figure, internal units
};

/// What was found earlier on a mesh, and how far a run may stray from it before somebody must look.
struct RecordedBand {
  bool inside = false;
  double low = 0.0, high = 0.0;  ///< in the quantity's unit
};

/// A published figure and the model's counterpart. Published, spread, accepted and recorded values are in `unit`.
struct ValidationQuantity {
  enum class Kind { value, difference, ratio, change, crossing };
  std::string name, title, source;
  std::string finding;         ///< why it is outside
  std::string not_comparable;  ///< why nothing can be compared; then there may be no figure
  Kind kind = Kind::value;
  FigureOfRun figure;                ///< none for what is not comparable; without a run for a crossing
  std::optional<FigureOfRun> other;  ///< what is taken off, divided by, or the change is counted from
  std::optional<Crossing> crossing;
  std::string unit;     ///< suffix; empty for a plain number
  double factor = 1.0;  ///< internal units in one of `unit`
  std::optional<double> published, spread;
  /// What counts as inside; infinite = no bound, and the other one is then not inside either; not a number where nothing is judged.
  double accept_low = std::numeric_limits<double>::quiet_NaN(), accept_high = std::numeric_limits<double>::quiet_NaN();
  std::map<std::string, RecordedBand> recorded;  ///< by fidelity
  Place place;                                   ///< of the quantity in its file
};

/// One published measurement and how the model reproduces it.
struct ValidationCase {
  enum class Role {
    training,     ///< parameters were fitted to it
    held_out,     ///< no parameter was
    verification  ///< an exact solution: the program, not the model, is on trial
  };
  std::string id, title;
  Role role = Role::held_out;
  std::string folder;                        ///< name of its folder
  std::filesystem::path path;                ///< of its files; need not exist when the texts are built in
  std::map<std::string, std::string> texts;  ///< of its files by name
  std::vector<ValidationRun> runs;
  std::vector<ValidationQuantity> quantities;
};
const char* to_string(ValidationCase::Role role);

/// The cases that the program was built with, by id.
/// @throws InputError
std::vector<ValidationCase> built_in_validation_cases();

/// Every case in a folder of folders that hold an expected.toml. @throws InputError with the faults of all; FileError
std::vector<ValidationCase> read_validation_cases(const std::filesystem::path& folder);

/// One case from the texts of its files, `expected.toml` among them.
/// @throws InputError with every fault
ValidationCase read_validation_case(const std::filesystem::path& path, std::map<std::string, std::string> texts);

}  // namespace nerveload
