#include "sweeps/sweep_explorer.hpp"

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/report/explorer_page.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// "0.1.0" of "0.1.0 (16dd76f803d5)".
std::string release_of(const std::string& version) { return version.substr(0, version.find(' ')); }

std::vector<std::string> notices_of(const SweepStore& store, const Scenario& base) {
  std::vector<std::string> notices;
  if (base.fidelity == Fidelity::coarse)
    notices.push_back("These are previews on a coarse mesh: pressures are too low. Sweep at standard fidelity before you use a figure.");
  const std::string here = build_info().version;
  std::string others;
  for (const std::string& version : store.versions())
    if (release_of(version) != here) others += (others.empty() ? "" : ", ") + version;
  if (!others.empty())
    notices.push_back("The points were computed by version " + others + " of nerveload, this page was built by version " + here + ".");
  return notices;
}

/// Name, ladder and how long the load counts as held, from the sweep's own base.
ExplorerHead explorer_head(const SweepStore& store) {
  const json design = json::parse(store.head().design);
  const Scenario base = read_scenario_text(design.at("base").get<std::string>(), "the sweep's base");
  return {store.head().name, base.description, base.thresholds, judgement_context(base).hold_min, notices_of(store, base)};
}

std::vector<json> points_of(const SweepStore& store) {
  std::vector<json> points;
  store.visit([&](const StoredPoint& p) {
    json point = {{"point", p.number}, {"inputs", json::parse(p.inputs)}, {"status", p.status}};
    if (p.status == "complete" && !p.profile.empty()) point["nerve_profile"] = json::parse(p.profile);
    else point["status"] = p.status == "complete" ? "without a profile" : p.status;
    points.push_back(std::move(point));
    return true;
  });
  return points;
}

}  // namespace

std::string write_explorer(const SweepStore& store, const std::filesystem::path& dir) {
  clear_output(dir, {"explorer.html"});  // nobody is to take an earlier page for this store's
  std::int64_t stored = 0;
  for (const auto& [status, count] : store.counts()) stored += count;
  if (stored > most_explored_points)
    return "no explorer.html: it is written for at most " + std::to_string(most_explored_points) + " points, the sweep has " + std::to_string(stored);
  std::string page;
  try {
    page = explorer_page(explorer_head(store), points_of(store));
  } catch (const OutputError& e) {
    return std::string("no explorer.html: ") + e.what();
  } catch (const InputError& e) {
    return std::string("no explorer.html: the sweep's base is not one of this version: ") + e.what();
  } catch (const json::exception& e) {
    return std::string("no explorer.html: the sweep's store says nothing of its base: ") + e.what();
  }
  write_text(dir / "explorer.html", page);
  return {};
}

}  // namespace nerveload
