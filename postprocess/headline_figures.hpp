#pragma once
#include <functional>
#include <string>
#include <vector>

#include "postprocess/nerve_profile.hpp"

namespace nerveload {

/// Power of the smoothed peak.
inline constexpr double peak_exponent = 40.0;

/// ∫ q^(k+1) ds / ∫ q^k ds over the nerve in the mesh, q not below zero, k = peak_exponent: a mean that the largest values decide, so
/// that it has a derivative where the peak passes from one station to the next. Never above the peak; zero where nothing is above zero.
double smoothed_peak(const NerveProfile& profile, const std::function<double(const NerveStation&)>& value);

/// The figures that derivatives and uncertainties are given for, in this order and by these keys of summary.json.
enum Headline { headline_compression, headline_strain, headline_tension, headline_combined, headline_count };
const std::vector<std::string>& headline_keys();
/// @param profile  judged: its utilisations are set
std::vector<double> headline_values(const NerveProfile& profile);

}  // namespace nerveload
