#include "sweeps/point.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

json object_of(const std::vector<std::pair<std::string, double>>& figures) {
  json object = json::object();
  for (const auto& [name, value] : figures) object[name] = std::isfinite(value) ? json(value) : json(nullptr);
  return object;
}

}  // namespace

const char* to_string(PointOutcome::Status status) {
  constexpr const char* names[] = {"complete", "incomplete", "refused", "crashed"};
  return names[static_cast<int>(status)];
}

std::string to_line(const PointTask& task) {
  return json{{"number", task.number}, {"inputs", task.inputs}, {"settings", task.settings}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

PointTask task_from_line(const std::string& line) {
  const json j = json::parse(line);
  return {j.at("number").get<std::int64_t>(), j.at("inputs").get<std::string>(), j.at("settings").get<std::vector<std::string>>()};
}

std::string to_line(const PointOutcome& o) {
  return json{{"status", static_cast<int>(o.status)},
              {"reason", o.reason},
              {"figures", object_of(o.figures)},
              {"profile", o.profile},
              {"scenario_sha256", o.scenario_sha256},
              {"wall_s", o.wall_s},
              {"cpu_s", o.cpu_s},
              {"led", o.led}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

PointOutcome outcome_from_line(const std::string& line) {
  const json j = json::parse(line);
  PointOutcome o;
  o.status = static_cast<PointOutcome::Status>(j.at("status").get<int>());
  o.reason = j.at("reason").get<std::string>();
  for (const auto& [name, value] : j.at("figures").items())
    o.figures.emplace_back(name, value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
  o.profile = j.at("profile").get<std::string>();
  o.scenario_sha256 = j.at("scenario_sha256").get<std::string>();
  o.wall_s = j.at("wall_s").get<double>();
  o.cpu_s = j.at("cpu_s").get<double>();
  o.led = j.at("led").get<bool>();
  return o;
}

std::string figures_json(const std::vector<std::pair<std::string, double>>& figures) { return object_of(figures).dump(); }

}  // namespace nerveload
