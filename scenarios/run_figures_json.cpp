#include "scenarios/run_figures_json.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace nerveload {

using json = nlohmann::ordered_json;

json to_json(const RunFigures& figures) {
  json profile = json::object();
  for (const auto& [column, values] : figures.profile) {
    json list = json::array();
    for (const double v : values) list.push_back(std::isfinite(v) ? json(v) : json(nullptr));
    profile[column] = std::move(list);
  }
  json stored = {{"summary", json::parse(figures.summary)}, {"profile", std::move(profile)}};
  if (!figures.effects.by_figure.empty() || !figures.effects.without.empty())
    stored["effects"] = {{"by_figure", figures.effects.by_figure}, {"without", figures.effects.without}};
  return stored;
}

RunFigures run_figures_from(const json& stored) {
  RunFigures figures{true, {}, stored.at("summary").dump(2), {}};
  for (const auto& [column, values] : stored.at("profile").items())
    for (const json& v : values) figures.profile[column].push_back(v.is_null() ? std::numeric_limits<double>::quiet_NaN() : v.get<double>());
  const json effects = stored.value("effects", json::object());
  figures.effects.by_figure = effects.value("by_figure", decltype(figures.effects.by_figure)());
  figures.effects.without = effects.value("without", decltype(figures.effects.without)());
  return figures;
}

}  // namespace nerveload
