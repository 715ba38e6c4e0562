#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace nerveload {

/// One figure of a verification case beside what it should be.
struct Verified {
  std::string problem, figure;  ///< "Cook's membrane, K/G = 5000", "tip displacement, mm"
  double found, reference;
  double allowed_percent;  ///< of the reference
  std::string source;      ///< where the reference comes from
};

inline std::string digits(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.5g", value);
  return text;
}

/// Writes a row of docs/verification.md where `./dev verification` collects them: into the folder NERVELOAD_VERIFICATION_ROWS.
inline void write_row(const std::string& problem, const std::string& figure, const std::string& cells) {
  const char* folder = std::getenv("NERVELOAD_VERIFICATION_ROWS");
  if (!folder) return;
  std::string name = problem + " " + figure;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  std::ofstream(std::filesystem::path(folder) / (name + ".md")) << "| " << problem << " | " << figure << " | " << cells << " |\n";
}

inline void expect_verified(const Verified& v) {
  const double error = 100.0 * (v.found / v.reference - 1.0);
  EXPECT_LE(std::abs(error), v.allowed_percent) << v.problem << ", " << v.figure << ": " << v.found << " for " << v.reference;
  char text[20];
  std::snprintf(text, sizeof text, "%+.2f %%", error);
  write_row(v.problem, v.figure,
            digits(v.found) + " | " + digits(v.reference) + " | " + text + " | ± " + digits(v.allowed_percent) + " % | " + v.source);
}

/// A figure that may not be below or above a bound, such as an order of convergence or a remainder.
inline void expect_at_least(const std::string& problem, const std::string& figure, double found, double least, const std::string& source) {
  EXPECT_GE(found, least) << problem << ", " << figure;
  write_row(problem, figure, digits(found) + " | – | – | ≥ " + digits(least) + " | " + source);
}
inline void expect_at_most(const std::string& problem, const std::string& figure, double found, double most, const std::string& source) {
  EXPECT_LE(found, most) << problem << ", " << figure;
  write_row(problem, figure, digits(found) + " | – | – | ≤ " + digits(most) + " | " + source);
}

}  // namespace nerveload
