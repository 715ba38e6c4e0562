#pragma once
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace nerveload {

enum class ValidationStatus { inside, outside, not_comparable, failed };
const char* to_string(ValidationStatus status);

/// A published figure beside the model's. Values are in `unit`.
struct ValidatedQuantity {
  std::string name, title, unit, source;
  std::optional<double> published, spread;  ///< mean and standard deviation as published
  /// What counts as inside; infinite = no bound; not a number where nothing is judged.
  double accept_low = std::numeric_limits<double>::quiet_NaN(), accept_high = std::numeric_limits<double>::quiet_NaN();
  std::optional<double> model;
  ValidationStatus status = ValidationStatus::not_comparable;
  std::string reason;                         ///< the finding, why it cannot be compared, or why there is no figure
  std::optional<double> band_low, band_high;  ///< recorded for this mesh
  bool within_record = true;                  ///< outcome and figure are as recorded; true where nothing is
};

struct ValidatedTarget {
  std::string id, title, role;
  std::string page;    ///< folder of the case
  std::string caveat;  ///< why being inside says less than it seems
  std::vector<ValidatedQuantity> quantities;
  /// Outside when a figure is, else failed when one is, else inside when one is.
  ValidationStatus status() const;
  bool within_record() const;
  /// Whether there is a figure of the model.
  bool simulated() const;
};

/// How many targets came out how, those held out counted again on their own.
struct ValidationCount {
  int simulated = 0, inside = 0, held_out_inside = 0, outside = 0, not_comparable = 0, failed = 0, beyond_record = 0;
  int unrecorded = 0;  ///< figures without a recorded band on this mesh
};
ValidationCount count_targets(const std::vector<ValidatedTarget>& targets);

/// A figure for people: four digits.
std::string figure_words(double v);
/// A unit for people: "%", "°", "cm²".
std::string unit_words(const std::string& unit);

/// A row a quantity: id, quantity, model, published, spread, tolerance, status, role, unit, and the rest.
std::string validation_csv(const std::vector<ValidatedTarget>& targets, const std::string& fidelity);

/// A table for a terminal.
std::string validation_text(const std::vector<ValidatedTarget>& targets);

/// A page with a table, and a section with a picture for each target; pictures are named `pictures/ID.png`.
std::string validation_page(const std::vector<ValidatedTarget>& targets, const std::string& fidelity);

/// Draws pictures/ID.png for every target that has something to show.
/// @return why there are none; empty when all were drawn
std::string draw_validation(const std::vector<ValidatedTarget>& targets, const std::filesystem::path& dir);

}  // namespace nerveload
