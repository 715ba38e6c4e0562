#pragma once
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/compared_figure.hpp"
#include "scenarios/run_figure_reader.hpp"

namespace nerveload {

/// What was found earlier on a mesh, and how far a run may stray from it before somebody must look.
struct RecordedBand {
  bool inside = false;
  double low = 0.0, high = 0.0;  ///< in the quantity's unit
};

/// A published figure and the model's counterpart. Published, spread, accepted and recorded values are in `unit`.
struct ValidationQuantity : ComparedFigure {
  std::string name, title, source;
  std::string finding;         ///< why it is outside
  std::string not_comparable;  ///< why nothing can be compared; then there may be no figure
  std::optional<double> published, spread;
  /// What counts as inside; infinite = no bound, and the other one is then not inside either; not a number where nothing is judged.
  double accept_low = std::numeric_limits<double>::quiet_NaN(), accept_high = std::numeric_limits<double>::quiet_NaN();
  std::map<std::string, RecordedBand> recorded;  ///< by fidelity
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
  std::string caveat;                        ///< why being inside says less than it seems; empty = it does not
  std::string folder;                        ///< name of its folder
  std::filesystem::path path;                ///< of its files; need not exist when the texts are built in
  std::map<std::string, std::string> texts;  ///< of its files by name
  std::vector<CaseRun> runs;
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
