#include "postprocess/report/explorer_page.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "postprocess/files.hpp"
#include "postprocess/report/explorer_table.hpp"
#include "postprocess/report/page_data.hpp"
#include "postprocess/report/page_template.hpp"
#include "postprocess/report/words.hpp"
#include "postprocess/verdict.hpp"

namespace nerveload {
namespace {

std::string levels_table(const ExplorerHead& head) {
  std::string text =
      "<table>\n<thead><tr><th scope=\"col\">Level</th><th scope=\"col\">What was found there</th><th scope=\"col\">Pressure, kPa (healthy / "
      "irritated / "
      "root)</th><th scope=\"col\">Source</th></tr></thead>\n<tbody>\n";
  for (int k = 1; k < ladder_levels; ++k) {
    text += "<tr><th scope=\"row\">" + std::to_string(k) + " " + html(head.ladder.levels[k].name) + "</th><td>" + level_meaning(k) + "</td><td>";
    for (int c = 0; c < ladder_columns; ++c)
      text += (c ? " / " : "") + figure(head.ladder.compression_kPa(k, static_cast<LadderColumn>(c), head.hold_min), 1);
    text += "</td><td>" + html(head.ladder.levels[k].source) + "</td></tr>\n";
  }
  return text + "</tbody></table>\n";
}

}  // namespace

std::vector<nlohmann::ordered_json> read_points(const std::filesystem::path& jsonl) {
  std::ifstream in(jsonl, std::ios::binary);
  if (!in) throw OutputError("'" + jsonl.string() + "' is missing");
  std::vector<nlohmann::ordered_json> points;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    auto point = nlohmann::ordered_json::parse(line, nullptr, false);
    if (point.is_discarded() || !point.is_object())
      throw OutputError("'" + jsonl.string() + "' is damaged: line " + std::to_string(number) + " is no JSON object");
    points.push_back(std::move(point));
  }
  return points;
}

std::string explorer_page(const ExplorerHead& head, const std::vector<nlohmann::ordered_json>& points) {
  try {
    const auto complete = std::count_if(points.begin(), points.end(), [](const auto& p) { return p.value("status", "") == "complete"; });
    std::string safety = "<ul>\n";
    for (const std::string& line : safety_texts()) safety += "<li>" + html(line) + "</li>\n";
    std::string notices;
    for (const std::string& notice : head.notices) notices += "<p class=\"notice\">" + html(notice) + "</p>\n";
    const std::string count = complete == static_cast<long>(points.size())
                                  ? std::to_string(points.size()) + " settings were computed."
                                  : std::to_string(complete) + " of " + std::to_string(points.size()) + " settings were computed to their end.";
    return filled_page("explorer", {{"name", html(head.name)},
                                    {"description", html(head.description)},
                                    {"points", count},
                                    {"notices", notices},
                                    {"safety", safety + "</ul>\n"},
                                    {"thresholds", levels_table(head)},
                                    {"data", json_for_page(explorer_table(head, points))}});
  } catch (const nlohmann::json::exception& e) {
    throw OutputError(std::string("the table of points does not fit: ") + e.what());
  }
}

}  // namespace nerveload
