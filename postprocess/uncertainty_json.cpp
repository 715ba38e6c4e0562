#include "postprocess/uncertainty_json.hpp"

#include "postprocess/headline_figures.hpp"
#include "postprocess/summary_parts.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

json by_figure(const std::vector<double>& values) {
  json figures = json::object();
  for (std::size_t k = 0; k < values.size(); ++k) figures[headline_keys()[k]] = finite(values[k]);
  return figures;
}

}  // namespace

json sensitivities_json(const Results& r) {
  if (!r.sensitivities) return {{"method", "none"}};
  const Sensitivities& s = *r.sensitivities;
  if (!s.reason.empty()) return {{"method", "none"}, {"reason", s.reason}};
  json out = {{"method", s.method}};
  for (std::size_t k = 0; k < headline_keys().size(); ++k) {
    json& of_figure = out[headline_keys()[k]] = json::object();
    for (const ParameterDerivative& p : s.parameters) of_figure[p.key] = finite(p.figures[k]);
  }
  out["figures"] = by_figure(s.figures);
  out["parameters"] = json::object();
  for (const ParameterDerivative& p : s.parameters) out["parameters"][p.key] = finite(p.value);
  out["without_derivative"] = json::object();
  for (const auto& [key, why] : s.without) out["without_derivative"][key] = why;
  out["wall_s"] = finite(s.wall_s);
  return out;
}

json critical_force_json(const Results& r) {
  if (!r.critical_force) return nullptr;
  const CriticalForce& f = *r.critical_force;
  if (!f.reason.empty()) return {{"force_N", nullptr}, {"reason", f.reason}};
  json out = {{"level", r.ladder.levels[1].name},
              {"of", headline_keys()[headline_combined]},
              {"force_N", finite(f.force.value)},
              {"low_N", finite(f.force.low)},
              {"high_N", finite(f.force.high)}};
  json derivatives = json::object(), values = json::object();
  for (const ParameterDerivative& p : f.parameters) {
    derivatives[p.key] = finite(p.figures[0]);
    values[p.key] = finite(p.value);
  }
  out["derivatives_N"] = std::move(derivatives);
  out["parameters"] = std::move(values);
  return out;
}

json uncertainty_json(const Results& r) {
  if (!r.uncertainty) return nullptr;
  const Uncertainty& u = *r.uncertainty;
  json out = {{"method", "first order, parameters taken for independent; ranges hold nine tenths"}};
  out["figures"] = json::object();
  for (std::size_t k = 0; k < u.figures.size(); ++k)
    out["figures"][headline_keys()[k]] = {
        {"value", finite(u.figures[k].value)}, {"low", finite(u.figures[k].low)}, {"high", finite(u.figures[k].high)}};
  out["probability_of_level"] = json::object();
  for (int k = 1; k < ladder_levels; ++k)
    out["probability_of_level"][r.ladder.levels[k].name] = {{"compression", finite(u.by_compression[k])}, {"tension", finite(u.by_tension[k])}};
  out["contributions"] = json::array();
  for (const Contribution& c : u.contributions)
    out["contributions"].push_back({{"key", c.key},
                                    {"value", finite(c.value)},
                                    {"standard_deviation", finite(c.spread)},
                                    {"source", c.source},
                                    {"effect_of_one_standard_deviation", by_figure(c.effect)}});
  out["remarks"] = u.remarks;
  return out;
}

std::optional<Uncertainty> uncertainty_from_json(const json& summary) {
  const json found = summary.value("uncertainty", json());
  if (!found.is_object()) return {};
  Uncertainty u;
  for (const std::string& key : headline_keys()) {
    const json& f = found.at("figures").at(key);
    u.figures.push_back({f.at("value").get<double>(), f.at("low").get<double>(), f.at("high").get<double>()});
  }
  for (const json& c : found.at("contributions")) {
    Contribution one{
        c.at("key").get<std::string>(), c.at("value").get<double>(), c.at("standard_deviation").get<double>(), c.at("source").get<std::string>(), {}};
    for (const std::string& key : headline_keys()) one.effect.push_back(c.at("effect_of_one_standard_deviation").at(key).get<double>());
    u.contributions.push_back(std::move(one));
  }
  return u;
}

}  // namespace nerveload
