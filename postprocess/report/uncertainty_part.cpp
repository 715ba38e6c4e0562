#include "postprocess/report/uncertainty_part.hpp"

#include <algorithm>
#include <cmath>

#include "postprocess/headline_figures.hpp"
#include "postprocess/report/words.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

struct Words {
  const char *title, *unit;
};
/// Of the headline figures, in their order.
constexpr Words words[headline_count] = {
    {"pressure on the nerve", "kPa"}, {"stretch beyond rest", "%"}, {"tension of the nerve", "N"}, {"pressure and stretch together, of caution", ""}};

double number_or_nan(const json& v) { return v.is_number() ? v.get<double>() : std::nan(""); }

/// Two significant digits and no more than two places: such a number deserves no more.
std::string rough(double v) {
  if (!std::isfinite(v) || v == 0.0) return figure(v, 0);
  return figure(v, std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(v)))), 0, 2));
}

std::string ranges(const json& uncertainty) {
  std::string text =
      "<table class=\"narrow\"><caption>What is not known of tissue and body: ranges that hold nine tenths</caption>\n<thead><tr><th "
      "scope=\"col\">Figure</th>"
      "<th scope=\"col\">Computed</th><th scope=\"col\">From</th><th scope=\"col\">To</th></tr></thead>\n<tbody>\n";
  for (int k = 0; k < headline_count; ++k) {
    const json& f = uncertainty.at("figures").at(headline_keys()[k]);
    text += "<tr><th scope=\"row\">" + std::string(words[k].title) + (*words[k].unit ? std::string(", ") + words[k].unit : "") + "</th>";
    for (const char* part : {"value", "low", "high"}) text += "<td>" + rough(number_or_nan(f.at(part))) + "</td>";
    text += "</tr>\n";
  }
  return text + "</tbody></table>\n";
}

std::string likelihoods(const json& uncertainty) {
  std::string text;
  for (const auto& [level, p] : uncertainty.at("probability_of_level").items()) {
    const double pressure = 100.0 * number_or_nan(p.at("compression")), stretch = 100.0 * number_or_nan(p.at("tension"));
    if (!std::isfinite(pressure) || !std::isfinite(stretch)) continue;
    text += (text.empty() ? "" : "; ") + html(level) + " " + figure(pressure, 0) + " % by pressure, " + figure(stretch, 0) + " % by stretch";
  }
  return text.empty() ? text : "<p>How likely each level is reached: " + text + ".</p>\n";
}

std::string contributions(const json& uncertainty) {
  constexpr std::size_t most_rows = 6;
  std::string text =
      "<table class=\"narrow\"><caption>What matters most for the pressure on the nerve</caption>\n<thead><tr><th scope=\"col\">Parameter</th><th "
      "scope=\"col\">Value</th><th scope=\"col\">Standard deviation</th><th scope=\"col\">Moves the pressure by, kPa</th></tr></thead>\n<tbody>\n";
  std::size_t rows = 0;
  for (const json& c : uncertainty.at("contributions")) {
    if (++rows > most_rows) break;
    text += "<tr><th scope=\"row\">" + html(c.at("key").get<std::string>()) + "</th><td>" + rough(number_or_nan(c.at("value"))) + "</td><td>" +
            rough(number_or_nan(c.at("standard_deviation"))) + "</td><td>" +
            rough(number_or_nan(c.at("effect_of_one_standard_deviation").at(headline_keys()[headline_compression]))) + "</td></tr>\n";
  }
  return rows ? text + "</tbody></table>\n" : std::string();
}

}  // namespace

std::string uncertainty_part(const RunFolder& run) {
  const json uncertainty = run.summary.value("uncertainty", json());
  if (uncertainty.is_object()) return ranges(uncertainty) + likelihoods(uncertainty) + contributions(uncertainty);
  std::string text = "<p>How much the result hangs on the tissues' constants was not computed in this run";
  const json sensitivities = run.summary.value("sensitivities", json::object());
  if (sensitivities.contains("reason")) text += " (" + html(sensitivities["reason"].get<std::string>()) + ")";
  else text += " (<code>--uncertainty</code> does)";
  return text + "; people differ by more than meshes do.</p>\n";
}

}  // namespace nerveload
