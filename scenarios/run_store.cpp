#include "scenarios/run_store.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/sha256.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// What tells this program from any other: the executable itself, for a version says nothing of a tree under change.
const std::string& program_identity() {
  static const std::string identity = [] {
    std::ifstream executable("/proc/self/exe", std::ios::binary);
    std::stringstream bytes;
    bytes << executable.rdbuf();
    const BuildInfo build = build_info();
    return sha256(executable ? bytes.str() : build.version + "\n" + build.git);
  }();
  return identity;
}

std::string identity(const std::string& key) { return sha256(program_identity() + "\n" + key); }

}  // namespace

std::filesystem::path RunStore::file_of(const std::string& key) const { return folder_ / (identity(key).substr(0, 16) + ".json"); }

std::optional<RunFigures> RunStore::find(const std::string& key) const {
  std::ifstream stream(file_of(key));
  if (!stream) return {};
  const json stored = json::parse(stream, nullptr, false);
  try {
    if (!stored.is_object() || stored.at("identity").get<std::string>() != identity(key)) return {};
    RunFigures figures{true, {}, stored.at("summary").dump(2), {}};
    for (const auto& [column, values] : stored.at("profile").items())
      for (const json& v : values) figures.profile[column].push_back(v.is_null() ? std::numeric_limits<double>::quiet_NaN() : v.get<double>());
    const json effects = stored.value("effects", json::object());
    figures.effects.by_figure = effects.value("by_figure", decltype(figures.effects.by_figure)());
    figures.effects.without = effects.value("without", decltype(figures.effects.without)());
    return figures;
  } catch (const json::exception&) {
    return {};
  }
}

void RunStore::put(const std::string& key, const RunFigures& figures) const {
  json profile = json::object();
  for (const auto& [column, values] : figures.profile) {
    json list = json::array();
    for (const double v : values) list.push_back(std::isfinite(v) ? json(v) : json(nullptr));
    profile[column] = std::move(list);
  }
  json stored = {{"identity", identity(key)}, {"run", key}, {"summary", json::parse(figures.summary)}, {"profile", std::move(profile)}};
  if (!figures.effects.by_figure.empty() || !figures.effects.without.empty())
    stored["effects"] = {{"by_figure", figures.effects.by_figure}, {"without", figures.effects.without}};
  write_text(file_of(key), stored.dump(1) + "\n");
}

}  // namespace nerveload
