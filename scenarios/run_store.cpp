#include "scenarios/run_store.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/sha256.hpp"
#include "scenarios/run_figures_json.hpp"

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
    return run_figures_from(stored);
  } catch (const json::exception&) {
    return {};
  }
}

void RunStore::put(const std::string& key, const RunFigures& figures) const {
  json stored = {{"identity", identity(key)}, {"run", key}};
  stored.update(to_json(figures));
  write_text(file_of(key), stored.dump(1) + "\n");
}

}  // namespace nerveload
