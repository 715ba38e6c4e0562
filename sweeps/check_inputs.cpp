#include "sweeps/check_inputs.hpp"

#include <optional>
#include <string>

#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

/// Values to try: of a long list, which is a range in order, the ends.
std::vector<std::string> probes_of(const SweepParameter& p) {
  constexpr std::size_t most = 200;
  std::vector<std::string> probes = p.values;
  if (p.distribution)
    for (const double end : p.distribution->bulk()) probes.push_back(written_number(end));
  if (probes.size() > most) probes = {probes.front(), probes.back()};
  return probes;
}

/// What the scenario refuses of it, at its place in the sweep; none = nothing.
std::optional<InputFault> refusal_of(const SweepPlan& plan, const SweepParameter& p, const std::string& value, const Place& at) {
  std::vector<std::string> settings = plan.settings;
  settings.push_back(p.key + "=" + value);
  try {
    read_scenario(plan.base, settings);
    return {};
  } catch (const InputError& e) {
    const InputFault& f = e.faults.front();
    const auto says = [&](const char* words) { return f.message.find(words) != std::string::npos; };
    const bool unknown = f.message.starts_with("unknown") || says("words joined by dots") || says("wants a unit");
    std::string message = f.message;
    if (p.distribution && !unknown)
      message +=
          "; cut it off: distribution = \"truncated(" + (p.written.empty() || p.written[0] == '[' ? std::string("…") : p.written) + ", low, high)\"";
    return InputFault{unknown ? p.place : at, p.key, unknown ? std::string() : value, message};
  }
}

}  // namespace

void check_inputs(const SweepPlan& plan, const std::vector<std::vector<TableColumn::Extreme>>& extremes, Faults& faults) {
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    const SweepParameter& p = plan.parameters[i];
    const std::vector<std::string> probes = probes_of(p);
    for (std::size_t k = 0; k < probes.size(); ++k) {
      const Place at = extremes.empty() ? p.at : Place{plan.design.table.string(), extremes[i][k].line, 1};
      if (auto refusal = refusal_of(plan, p, probes[k], at)) {
        faults.add(std::move(*refusal));
        break;
      }
    }
  }
}

}  // namespace nerveload
