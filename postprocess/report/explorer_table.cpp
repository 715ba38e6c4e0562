#include "postprocess/report/explorer_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "postprocess/files.hpp"
#include "postprocess/nerve_metrics.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

constexpr double station_step_mm = 5.0;

[[noreturn]] void refuse_point(const json& point, const std::string& why) {
  throw OutputError("point " + (point.contains("point") ? point["point"].dump() : std::string("without a number")) + " of the table " + why);
}

struct Named {
  const char *key, *title;
};
/// Inputs that have better names than their keys.
constexpr Named known_inputs[] = {{"roller.position", "place of the roller below the sitting bone"},
                                  {"roller.lateral_offset", "roller moved to the outside"},
                                  {"roller.kind", "roller"},
                                  {"roller.diameter", "thickness of the roller"},
                                  {"roller.foam_modulus", "stiffness of the foam"},
                                  {"load.force", "force"},
                                  {"load.body_weight_fraction", "share of the body's weight"},
                                  {"load.mean_pressure", "mean pressure on the skin"},
                                  {"pose.hip_flexion", "hip bent by"},
                                  {"pose.hip_abduction", "thigh spread by"},
                                  {"pose.hip_external_rotation", "thigh turned out by"},
                                  {"pose.knee_flexion", "knee bent by"},
                                  {"pose.preset", "posture"},
                                  {"condition.kind", "condition"},
                                  {"subject.muscle_state", "muscles"}};
constexpr const char* unit_suffixes[] = {"mm", "cm", "m", "deg", "rad", "N", "kN", "kPa", "MPa", "mmHg", "s", "min", "kg", "percent", "per_min"};

/// Title and unit of an input from its key.
std::pair<std::string, std::string> words_of(const std::string& key) {
  std::string bare = key, unit;
  for (const std::string suffix : unit_suffixes)
    if (key.ends_with("_" + suffix) && suffix.size() > unit.size()) {
      unit = suffix;
      bare = key.substr(0, key.size() - suffix.size() - 1);
    }
  for (const Named& n : known_inputs)
    if (bare == n.key) return {n.title, unit == "deg" ? "°" : unit};
  std::string title = bare.substr(bare.find('.') + 1);
  std::replace(title.begin(), title.end(), '_', ' ');
  return {title, unit == "deg" ? "°" : unit};
}

/// One input over all points: a range of numbers, or words by their place in the list.
struct Input {
  std::string key;
  std::set<double> numbers;
  std::vector<std::string> words;
  bool is_words = false;

  void see(const json& value) {
    if (value.is_number()) numbers.insert(value.get<double>());
    else {
      is_words = true;
      const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
  }
  double number(const json& value) const {
    if (!is_words) return value.get<double>();
    const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
    return double(std::find(words.begin(), words.end(), word) - words.begin());
  }
  json description() const {
    const auto [title, unit] = words_of(key);
    std::vector<double> levels(numbers.begin(), numbers.end());
    if (is_words)
      for (levels.clear(); levels.size() < words.size();) levels.push_back(double(levels.size()));
    return {{"key", key},
            {"title", title},
            {"unit", unit},
            {"low", levels.front()},
            {"high", levels.back()},
            {"levels", levels},
            {"words", is_words ? json(words) : json(nullptr)}};
  }
};

std::vector<Input> inputs_of(const std::vector<json>& points) {
  std::vector<Input> inputs;
  for (const json& p : points) {
    if (!p.contains("inputs") || !p["inputs"].is_object()) refuse_point(p, "has no inputs");
    for (const auto& [key, value] : p["inputs"].items()) {
      auto at = std::find_if(inputs.begin(), inputs.end(), [&wanted = key](const Input& i) { return i.key == wanted; });
      if (at == inputs.end()) {
        inputs.emplace_back();
        at = inputs.end() - 1;
        at->key = key;
      }
      at->see(value);
    }
  }
  for (const Input& i : inputs)
    if (i.is_words && !i.numbers.empty()) throw OutputError("the input " + i.key + " of the table is a number in one point and a word in another");
  for (const json& p : points)
    for (const Input& i : inputs)
      if (!p["inputs"].contains(i.key)) refuse_point(p, "has no " + i.key);
  return inputs;
}

/// A column of a profile with its places; what means nothing somewhere is left out.
struct Column {
  std::vector<double> s, v;
};

Column column_of(const json& point, const char* name) {
  const json& profile = point.at("nerve_profile");
  if (!profile.contains(name) || !profile.contains("arc_length_mm") || profile[name].size() != profile["arc_length_mm"].size())
    refuse_point(point, std::string("has no nerve_profile with arc_length_mm and ") + name + " of one length");
  Column c;
  for (std::size_t i = 0; i < profile[name].size(); ++i)
    if (profile[name][i].is_number()) {
      c.s.push_back(profile["arc_length_mm"][i].get<double>());
      c.v.push_back(profile[name][i].get<double>());
    }
  if (c.s.size() < 2) refuse_point(point, std::string("has fewer than two stations with a ") + name);
  return c;
}

json on_stations(const Column& c, const std::vector<double>& stations) {
  json values = json::array();
  for (const double s : stations) {
    if (s < c.s.front() - 1e-9 || s > c.s.back() + 1e-9) values.push_back(nullptr);
    else values.push_back(std::round(1000.0 * interpolate(c.s, c.v, s)) / 1000.0);
  }
  return values;
}

/// By which column of the ladder each station was judged. Value over utilisation is the caution figure there; where nothing presses it says
/// nothing, and the nearest place that does is taken. A root's column holds everywhere, an irritated one only in places.
std::vector<std::string> columns_of(const json& point, const ExplorerHead& head, const std::vector<double>& stations) {
  constexpr double least = 1e-2;  // kPa and of caution: rounding would decide below
  const Column pressure = column_of(point, "compression_kPa"), used = column_of(point, "compression_utilisation");
  const double healthy = head.ladder.compression_kPa(1, LadderColumn::healthy, head.hold_min),
               other = head.ladder.compression_kPa(1, LadderColumn::irritated, head.hold_min);
  std::vector<std::pair<double, bool>> known;  // station, lower figure
  bool everywhere = true;
  for (std::size_t i = 0; i < std::min(pressure.s.size(), used.s.size()); ++i) {
    if (pressure.v[i] < least || used.v[i] < least) continue;
    const double limit = pressure.v[i] / used.v[i];
    known.emplace_back(pressure.s[i], std::abs(limit - other) < std::abs(limit - healthy));
    everywhere = everywhere && known.back().second;
  }
  std::vector<std::string> columns;
  for (const double s : stations) {
    const auto nearest =
        std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) { return std::abs(a.first - s) < std::abs(b.first - s); });
    const bool lower = nearest != known.end() && nearest->second;
    columns.push_back(!lower ? "healthy" : everywhere ? "root" : "irritated");
  }
  return columns;
}

json levels_of(const ExplorerHead& head) {
  json levels = json::array();
  auto finite = [](double v) { return std::isfinite(v) ? json(v) : json(nullptr); };
  for (int k = 1; k < ladder_levels; ++k) {
    json level = {{"level", k}, {"name", head.ladder.levels[k].name}};
    for (int c = 0; c < ladder_columns; ++c) {
      const auto column = static_cast<LadderColumn>(c);
      level[to_string(column)] = {{"compression_kPa", finite(head.ladder.compression_kPa(k, column, head.hold_min))},
                                  {"strain_percent", finite(head.ladder.strain_percent(k, column))}};
    }
    levels.push_back(level);
  }
  return levels;
}

std::vector<double> common_stations(const std::vector<json>& points) {
  double low = 1e30, high = -1e30;
  for (const json& p : points) {
    if (p.value("status", "") != "complete") continue;
    const Column c = column_of(p, "compression_kPa");
    low = std::min(low, c.s.front());
    high = std::max(high, c.s.back());
  }
  if (!(high > low)) throw OutputError("the table has no complete points with a nerve_profile");
  std::vector<double> stations;
  const int first = static_cast<int>(std::ceil(low / station_step_mm)), last = static_cast<int>(std::floor(high / station_step_mm));
  for (int i = first; i <= last; ++i) stations.push_back(i * station_step_mm);
  return stations;
}

}  // namespace

json explorer_table(const ExplorerHead& head, const std::vector<json>& points) {
  const std::vector<Input> inputs = inputs_of(points);
  const std::vector<double> stations = common_stations(points);
  json table = {{"schema", 1}, {"name", head.name}, {"inputs", json::array()}, {"stations", stations}, {"levels", levels_of(head)}};
  for (const Input& i : inputs) table["inputs"].push_back(i.description());
  table["columns"] = json::array();
  table["points"] = json::array();
  std::map<std::vector<std::string>, std::size_t> known;
  for (const json& p : points) {
    json x = json::array();
    for (const Input& i : inputs) x.push_back(i.number(p["inputs"][i.key]));
    json point = {{"x", x}, {"complete", p.value("status", "") == "complete"}};
    if (point["complete"]) {
      const std::vector<std::string> columns = columns_of(p, head, stations);
      const auto [at, added] = known.try_emplace(columns, known.size());
      if (added) table["columns"].push_back(columns);
      point["column"] = at->second;
      point["compression_kPa"] = on_stations(column_of(p, "compression_kPa"), stations);
      point["strain_percent"] = on_stations(column_of(p, "strain_percent"), stations);
    }
    table["points"].push_back(std::move(point));
  }
  return table;
}

}  // namespace nerveload
