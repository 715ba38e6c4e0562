#include "scenarios/run_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "scenarios/dimension.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/text_lines.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;
constexpr std::string_view profile_prefix = "nerve_profile.";

/// A column of the nerve's profile at a station.
struct ProfileName {
  std::string column;
  double station_mm;
};

std::optional<ProfileName> profile_name(std::string_view figure) {
  if (!figure.starts_with(profile_prefix)) return {};
  figure.remove_prefix(profile_prefix.size());
  const std::size_t at = figure.find('@');
  if (at == std::string_view::npos) return {};
  const auto station = finite_number(figure.substr(at + 1));
  if (!station) return {};
  return ProfileName{std::string(figure.substr(0, at)), *station};
}

std::vector<std::string> column_names() {
  std::vector<std::string> names;
  for (const NerveColumn& c : nerve_columns()) names.emplace_back(c.name);
  return names;
}

std::string one_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& n : names) text += (text.empty() ? "" : ", ") + n;
  return text;
}

std::vector<std::string> path_parts(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t dot = path.find('.');
    parts.emplace_back(path.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    path.remove_prefix(dot + 1);
  }
}

bool is_index(const std::string& part) {
  return part == "last" || (!part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

double on_profile(const RunFigures& run, const ProfileName& name) {
  if (run.profile.empty()) throw UnknownFigure("a solid model has no nerve");
  const auto column = run.profile.find(name.column);
  if (column == run.profile.end()) throw UnknownFigure("no such column; there are " + one_of(column_names()));
  const std::vector<double>&s = run.profile.at("arc_length_mm"), &v = column->second;
  for (std::size_t k = 0; k + 1 < s.size(); ++k) {
    if (name.station_mm < s[k] || name.station_mm > s[k + 1]) continue;
    const double t = (name.station_mm - s[k]) / (s[k + 1] - s[k]), value = (1.0 - t) * v[k] + t * v[k + 1];
    if (std::isfinite(value)) return value;
  }
  throw UnknownFigure("the nerve has no such figure at that station");
}

double in_summary(const RunFigures& run, std::string_view figure) {
  const json summary = json::parse(run.summary);
  const json* at = &summary;
  for (const std::string& part : path_parts(figure)) {
    if (at->is_array()) {
      if (!is_index(part) || at->empty()) throw UnknownFigure("\"" + part + "\" stands where a list takes a number from 0 or \"last\"");
      const std::size_t i = part == "last" ? at->size() - 1 : std::stoul(part.substr(0, 9));
      if (i >= at->size()) throw UnknownFigure("a list ends before entry " + part);
      at = &(*at)[i];
      continue;
    }
    if (!at->is_object() || !at->contains(part)) {
      std::vector<std::string> names;
      if (at->is_object())
        for (const auto& [key, value] : at->items()) names.push_back(key);
      const auto near = nearest_word(part, names);
      throw UnknownFigure("\"" + part + "\" is not in the summary; " + (near ? "did you mean \"" + *near + "\"?" : "there are " + one_of(names)));
    }
    at = &(*at)[part];
  }
  if (!at->is_number()) throw UnknownFigure("is not a number in the summary");
  return at->get<double>();
}

}  // namespace

std::map<std::string, std::vector<double>> profile_columns(const NerveProfile& profile) {
  std::map<std::string, std::vector<double>> columns;
  for (const NerveColumn& c : nerve_columns())
    for (const NerveStation& s : profile.stations)
      columns[c.name].push_back(s.in_mesh || !c.needs_mesh ? s.*c.value : std::numeric_limits<double>::quiet_NaN());
  return columns;
}

std::string fault_of_figure(std::string_view figure) {
  if (figure.starts_with(profile_prefix)) {
    const auto name = profile_name(figure);
    if (!name) return "expected nerve_profile.COLUMN@STATION, the station in mm";
    const std::vector<std::string> names = column_names();
    if (std::find(names.begin(), names.end(), name->column) != names.end()) return {};
    const auto near = nearest_word(name->column, names);
    return "no such column of the nerve's profile; " + (near ? "did you mean " + *near + "?" : "there are " + one_of(names));
  }
  for (const std::string& part : path_parts(figure))
    if (part.empty()) return "expected a dotted path into summary.json, such as nerve.peak_strain_percent";
  return {};
}

std::string_view unit_suffix(std::string_view figure) {
  if (const auto name = profile_name(figure)) figure = figure.substr(0, figure.find('@'));
  // The last word that has one, "reaction_N" of "steps.last.reaction_N.zmax.2"; but a probe's name is the user's own word.
  if (figure.find(".probe.") != std::string_view::npos) return {};
  while (true) {
    const std::size_t dot = figure.rfind('.');
    const std::string_view suffix = split_key(dot == std::string_view::npos ? figure : figure.substr(dot + 1)).suffix;
    if (!suffix.empty() || dot == std::string_view::npos) return suffix;
    figure = figure.substr(0, dot);
  }
}

double figure_of(const RunFigures& run, std::string_view figure) {
  if (const auto name = profile_name(figure)) return on_profile(run, *name);
  return in_summary(run, figure);
}

}  // namespace nerveload
