#include "postprocess/report/page_parts.hpp"

#include <cmath>

#include "postprocess/build_info.hpp"
#include "postprocess/report/uncertainty_part.hpp"
#include "postprocess/report/words.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

std::string item(const std::string& label, const std::string& text) { return "<div><dt>" + html(label) + "</dt><dd>" + html(text) + "</dd></div>\n"; }

std::string notice(const std::string& text) { return "<p class=\"notice\">" + html(text) + "</p>\n"; }

std::string column_words(const std::string& column) {
  if (column == "irritated") return "an irritated nerve";
  if (column == "root") return "a nerve whose root is under pressure";
  return "a healthy nerve";
}

std::string cell(double value, int digits) { return "<td>" + (std::isfinite(value) ? figure(value, digits) : std::string("not reached")) + "</td>"; }

}  // namespace

std::string notices_part(const RunFolder& run) {
  std::string text;
  if (summary_text(run, "status") != "complete")
    text += notice("This run did not reach its end (" + run.summary.value("reason", std::string("no reason is given")) +
                   "). Everything below is the state that it ended with: the true load on the nerve may be higher.");
  if (run.summary.value("preview", false))
    text += notice("This is a preview on a coarse mesh: pressures are too low. Run it at standard fidelity before you use a figure.");
  const std::string version = summary_text(run, "provenance.version"), here = build_info().version;
  if (version != here)
    text += notice("The results were computed by version " + version + " of nerveload, this page was built by version " + here + ".");
  return text;
}

std::string verdict_part(const RunFolder& run) {
  const int level = static_cast<int>(summary_number(run, "verdict.level"));
  std::string text = "<ol class=\"ladder\" aria-label=\"Levels, the one that is reached is marked\">\n";
  for (int k = 0; k <= 4; ++k)
    text += "<li class=\"level-" + std::to_string(k) + (k == level ? " reached\" aria-current=\"true\"" : "\"") + "><b>" + std::to_string(k) +
            "</b> " + html(level_name(run, k)) + (k == level ? "<span class=\"hidden\"> (this run)</span>" : "") + "</li>\n";
  return text + "</ol>\n<p class=\"lead\">" + html(summary_text(run, "verdict.text")) + "</p>\n";
}

std::string figures_part(const RunFolder& run) {
  std::string text;
  const double kPa = summary_number(run, "nerve.peak_compression_kPa");
  text += item("Pressure on the nerve",
               pressure_words(kPa) + ", " + place_words(summary_number(run, "nerve.peak_compression_at_mm")) + " along the nerve");
  text += item("Of the caution level", figure(100.0 * summary_number(run, "verdict.compression_utilisation"), 0) + " % by pressure, " +
                                           figure(100.0 * summary_number(run, "verdict.tension_utilisation"), 0) + " % by stretch");
  text += item("Stretch beyond rest", figure(summary_number(run, "nerve.peak_strain_percent"), 1) + " %, " +
                                          place_words(summary_number(run, "nerve.peak_strain_at_mm")) + " along the nerve");
  text += item("Length of nerve at or above caution", figure(summary_number(run, "nerve.length_above_threshold_mm"), 0) + " mm");
  if (!run.summary["roller"].is_null()) {
    text += item("Roller",
                 figure(summary_number(run, "roller.force_N"), 0) + " N, " + figure(summary_number(run, "roller.indentation_mm"), 0) + " mm in");
    text += item("Skin under the roller", figure(summary_number(run, "roller.contact_area_mm2") / mm2_per_cm2, 0) + " cm², mean " +
                                              figure(summary_number(run, "roller.mean_pressure_kPa"), 1) + " kPa, peak " +
                                              figure(summary_number(run, "roller.peak_pressure_kPa"), 1) + " kPa");
  }
  return "<dl class=\"figures\">\n" + text + "</dl>\n";
}

std::string safety_part(const RunFolder& run) {
  std::string text = "<ul>\n";
  for (const json& line : run.summary["safety"]) text += "<li>" + html(line.get<std::string>()) + "</li>\n";
  return text + "</ul>\n";
}

std::string facts_part(const RunFolder& run) {
  std::string text = "<dl class=\"facts\">\n";
  for (const json& fact : run.summary["scenario"].at("facts")) text += item(fact.at("label").get<std::string>(), fact.at("text").get<std::string>());
  return text + "</dl>\n";
}

std::string thresholds_part(const RunFolder& run) {
  std::string text =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the levels\">\n<table>\n<thead><tr><th scope=\"col\">Level</th>"
      "<th scope=\"col\">What was found there</th><th scope=\"col\">Pressure on a healthy nerve, kPa (mmHg)</th><th scope=\"col\">On an irritated "
      "one, "
      "kPa</th><th scope=\"col\">With a compressed root, kPa</th><th scope=\"col\">Stretch, % (healthy / irritated)</th><th "
      "scope=\"col\">Source</th></tr></thead>\n<tbody>\n";
  for (const json& l : run.summary["thresholds"]) {
    const int k = l.at("level").get<int>();
    const LevelFigures healthy = level_figures(run, k, "healthy"), irritated = level_figures(run, k, "irritated"),
                       root = level_figures(run, k, "root");
    text +=
        "<tr><th scope=\"row\">" + std::to_string(k) + " " + html(level_name(run, k)) + "</th><td>" + level_meaning(k) + "</td><td>" +
        (std::isfinite(healthy.compression_kPa) ? figure(healthy.compression_kPa, 2) + " (" + figure(healthy.compression_kPa / kPa_per_mmHg, 0) + ")"
                                                : std::string("not reached by so short a load")) +
        "</td>" + cell(irritated.compression_kPa, 2) + cell(root.compression_kPa, 2) + "<td>" + figure(healthy.strain_percent, 1) + " / " +
        figure(irritated.strain_percent, 1) + "</td><td>" + html(l.at("source").get<std::string>()) + "</td></tr>\n";
  }
  text += "</tbody>\n</table>\n</div>\n<p>Along this nerve: ";
  std::string spans;
  for (const json& c : run.summary["judgement"].at("columns")) {
    const std::string words = column_words(c.at("column").get<std::string>());
    if (run.summary["judgement"].at("columns").size() == 1) spans = "judged as " + words + " everywhere";
    else
      spans += (spans.empty() ? "judged as " : "; as ") + words + " from " + figure(c.at("from_mm").get<double>(), 0) + " to " +
               figure(c.at("to_mm").get<double>(), 0) + " mm";
  }
  return text + html(spans) + ". The load counts as held for " + figure(60.0 * summary_number(run, "judgement.hold_min"), 0) +
         " s at one place.</p>\n";
}

std::string sources_part(const RunFolder& run) {
  std::string keys;
  for (const json& l : run.summary["thresholds"]) keys += l.at("source").get<std::string>() + " ";
  std::string text = "<ul class=\"sources\">\n";
  for (const Reference& r : references_in(keys))
    text += "<li><b>" + html(r.key) + "</b>: " + html(r.text) + (r.doi.empty() ? "" : ", doi:" + html(r.doi)) + "</li>\n";
  return text + "</ul>\n";
}

std::string certainty_part(const RunFolder& run) {
  std::string text = "<p>" + html(summary_text(run, "mesh_error.text"));
  const json limit = run.summary["mesh_error"].value("limit", json());
  if (limit.is_object()) text += " " + html(summary_text(run, "mesh_error.limit.text"));
  text += "</p>\n";
  const json coarser = run.summary.value("coarser_meshes", json::array());
  if (!coarser.empty()) {
    text +=
        "<table class=\"narrow\"><caption>The same run on coarser meshes</caption>\n<thead><tr><th scope=\"col\">Mesh</th><th "
        "scope=\"col\">Cells</th>"
        "<th scope=\"col\">Pressure on the nerve, kPa</th><th scope=\"col\">Stretch, %</th></tr></thead>\n<tbody>\n";
    auto row = [&](const std::string& name, double cells, double kPa, double percent) {
      text += "<tr><th scope=\"row\">" + html(name) + "</th><td>" + figure(cells, 0) + "</td><td>" + figure(kPa, 1) + "</td><td>" +
              figure(percent, 1) + "</td></tr>\n";
    };
    for (const json& m : coarser)
      row(m.at("fidelity").get<std::string>(), m.at("cells").get<double>(), m.at("peak_compression_kPa").get<double>(),
          m.at("peak_strain_percent").get<double>());
    row(summary_text(run, "fidelity") + " (this run)", summary_number(run, "mesh.cells"), summary_number(run, "nerve.peak_compression_kPa"),
        summary_number(run, "nerve.peak_strain_percent"));
    text += "</tbody></table>\n";
  }
  return text + uncertainty_part(run);
}

std::string provenance_part(const RunFolder& run) {
  std::string text = "<dl class=\"facts\">\n";
  text += item("Program", "nerveload " + summary_text(run, "provenance.version") + " (" + summary_text(run, "provenance.git") + ")");
  std::string libraries;
  for (const auto& [name, version] : run.summary["provenance"].at("libraries").items())
    libraries += (libraries.empty() ? "" : ", ") + name + " " + version.get<std::string>();
  text += item("Libraries", libraries);
  text += item("Mesh", summary_text(run, "fidelity") + ", " + figure(summary_number(run, "mesh.cells"), 0) + " cells");
  text += item("Scenario, SHA-256", summary_text(run, "provenance.scenario_sha256"));
  text += item("Constants and defaults, SHA-256", summary_text(run, "provenance.parameters_sha256"));
  return text + "</dl>\n";
}

}  // namespace nerveload
