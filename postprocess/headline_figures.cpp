#include "postprocess/headline_figures.hpp"

#include <algorithm>
#include <cmath>

namespace nerveload {

double smoothed_peak(const NerveProfile& profile, const std::function<double(const NerveStation&)>& value) {
  double largest = 0.0;  // no power overflows relative to it, and it drops out of the quotient
  for (const NerveStation& s : profile.stations)
    if (s.in_mesh) largest = std::max(largest, value(s));
  if (!(largest > 0.0)) return 0.0;
  double above = 0.0, below = 0.0;
  for (std::size_t i = 0; i + 1 < profile.stations.size(); ++i) {
    const NerveStation &a = profile.stations[i], &b = profile.stations[i + 1];
    if (!a.in_mesh || !b.in_mesh) continue;
    for (const NerveStation* s : {&a, &b}) {
      const double q = std::max(0.0, value(*s)) / largest, power = 0.5 * (b.arc_length_mm - a.arc_length_mm) * std::pow(q, peak_exponent);
      above += power * q;
      below += power;
    }
  }
  return largest * above / below;
}

const std::vector<std::string>& headline_keys() {
  static const std::vector<std::string> keys = {"nerve.smoothed_peak_compression_kPa", "nerve.smoothed_peak_strain_percent",
                                                "nerve.smoothed_peak_tension_N", "verdict.smoothed_combined_index"};
  return keys;
}

std::vector<double> headline_values(const NerveProfile& profile) {
  return {smoothed_peak(profile, [](const NerveStation& s) { return s.compression_kPa; }),
          smoothed_peak(profile, [](const NerveStation& s) { return s.strain_percent; }),
          smoothed_peak(profile, [](const NerveStation& s) { return s.tension_N; }), smoothed_peak(profile, [](const NerveStation& s) {
            return std::max(0.0, s.compression_utilisation) + std::max(0.0, s.tension_utilisation);
          })};
}

}  // namespace nerveload
