#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nerveload {

/// How an uncertain input is distributed, in the unit of its key.
struct Distribution {
  enum class Kind { uniform, normal, lognormal, triangular };
  Kind kind = Kind::uniform;
  /// uniform: low, high; normal: mean, standard deviation; lognormal: mean and standard deviation of the value itself;
  /// triangular: low, most likely, high.
  std::vector<double> arguments;
  std::optional<double> low, high;  ///< cut off there; the rest keeps its proportions

  /// Between these all but one value in a million lies (all, where there are ends).
  std::array<double, 2> bulk() const;
};
const char* to_string(Distribution::Kind kind);

/// Reads "normal(58, 8)", "uniform(0, 1)", "lognormal(20, 5)", "triangular(1, 2, 4)", and any of these cut off: "truncated(normal(58, 8), 30, 90)".
/// @return what is wrong, in words, instead
std::variant<Distribution, std::string> parse_distribution(std::string_view text);

}  // namespace nerveload
