#include "sweeps/sweep_plan.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "postprocess/sha256.hpp"
#include "scenarios/input.hpp"

namespace nerveload {

const char* to_string(SweepDesign::Kind kind) {
  constexpr const char* names[] = {"grid", "lhs", "sobol", "table"};
  return names[static_cast<int>(kind)];
}

bool SweepParameter::numeric() const {
  return std::none_of(values.begin(), values.end(), [](const std::string& v) { return v.starts_with('"') || v == "true" || v == "false"; });
}

std::string SweepPlan::text() const {
  using json = nlohmann::ordered_json;
  json inputs = json::array(), together = json::array();
  for (const SweepParameter& p : parameters) {
    json input = {{"key", p.key}};
    if (p.distribution) {
      input["distribution"] = {{"kind", to_string(p.distribution->kind)}, {"arguments", p.distribution->arguments}};
      if (p.distribution->low) input["distribution"]["between"] = {*p.distribution->low, *p.distribution->high};
    } else if (design.kind != SweepDesign::Kind::table) {
      input["values"] = p.values;
    }
    inputs.push_back(std::move(input));
  }
  for (const SweepCorrelation& c : correlations)
    together.push_back({{"between", {parameters[c.first].key, parameters[c.second].key}}, {"rank_correlation", c.rank_correlation}});
  json all = {{"design", {{"kind", to_string(design.kind)}, {"points", design.points}, {"seed", design.seed}}},
              {"parameters", std::move(inputs)},
              {"correlations", std::move(together)},
              {"base", base_values},
              {"settings", settings}};
  return all.dump();
}

std::vector<std::string> point_settings(const SweepPlan& plan, std::span<const std::string> values) {
  std::vector<std::string> all = plan.settings;
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) all.push_back(plan.parameters[i].key + "=" + values[i]);
  return all;
}

}  // namespace nerveload
