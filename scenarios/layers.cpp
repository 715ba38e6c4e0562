#include "scenarios/layers.hpp"

#include <algorithm>

#include "scenarios/dimension.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {
namespace {

constexpr int longest_chain = 16;
constexpr const char* loads[] = {"force", "body_weight_fraction", "mean_pressure", "indentation"};

bool is_load(const std::string& key) {
  const std::string_view stem = split_key(key).stem;
  return std::find(std::begin(loads), std::end(loads), stem) != std::end(loads);
}

/// A patch that says how hard the roller presses replaces whatever was said before, in whatever kind.
void drop_replaced_load(DocumentTable& base, const DocumentTable& patch) {
  DocumentValue* old = base.find("load");
  const DocumentValue* now = patch.find("load");
  if (!old || !now || !old->table() || !now->table()) return;
  const auto& entries = now->table()->entries;
  if (std::any_of(entries.begin(), entries.end(), [](const auto& e) { return is_load(e.first); }))
    std::erase_if(old->table()->entries, [](const auto& e) { return is_load(e.first); });
}

void lay_over(DocumentTable& base, const DocumentTable& patch) {
  drop_replaced_load(base, patch);
  drop_old_presets(base, patch);
  apply_patch(base, with_presets(patch));
}

constexpr std::string_view of_library = "library:";
bool is_of_library(const std::filesystem::path& path) { return path.string().starts_with(of_library); }

/// "library:default.toml" for "default" and "default.toml". @throws FileError  the library has none of that name
std::filesystem::path library_scenario(const std::string& word) {
  const std::vector<std::string> names = library_names();
  for (const std::string& name : names)
    if (word == name || word == name + ".toml") return std::string(of_library) + name + ".toml";
  throw FileError(word + ": no such file, and no library scenario has this name" + did_you_mean(std::filesystem::path(word).stem().string(), names));
}

std::string text_of(const std::filesystem::path& scenario) {
  if (!is_of_library(scenario)) return read_text_file(scenario);
  const std::string file = scenario.string().substr(of_library.size());
  for (const auto& [name, text] : embedded_library())
    if (name == file) return std::string(text);
  throw FileError(scenario.string() + ": the library has no such scenario");
}

/// What is read from the file at `path`, its own chain under it.
void lay_chain(DocumentTable& base, DocumentTable document, const std::filesystem::path& path, int depth) {
  const DocumentValue* v = document.find("extends");
  if (v) {
    const Place place = v->place;
    const auto* word = std::get_if<std::string>(&v->data());
    auto refuse = [&](const std::string& message) { throw InputError(std::vector<InputFault>(1, InputFault{place, "extends", v->text, message})); };
    if (!word || word->empty()) refuse("expected the name of a scenario file in quotes");
    if (depth >= longest_chain) refuse("the chain of extends is longer than 16 files; does a file extend itself?");
    std::filesystem::path parent;
    std::string text;
    try {
      parent = is_of_library(path) ? library_scenario(*word) : named_scenario(path.parent_path(), *word);
      text = text_of(parent);
    } catch (const FileError& e) {
      refuse(e.what());
    }
    document.erase("extends");
    lay_chain(base, parse_toml(text, parent.string()), parent, depth + 1);
    // The parent's own words about itself do not describe the child.
    if (document.find("name")) base.erase("description");
  }
  lay_over(base, document);
}

DocumentTable default_layer() {
  DocumentTable base = with_presets(parse_toml("condition.kind = 'healthy'\npose.preset = 'sit_on_roller'\nroller.kind = 'standard'\n", "default"));
  for (const PresetSelector& s : preset_selectors) base.find(s.table)->table()->erase(s.key);
  return base;
}

void lay_settings(DocumentTable& base, std::span<const std::string> settings) {
  DocumentTable all;
  std::vector<InputFault> faults;
  for (const std::string& setting : settings) {
    try {
      const DocumentTable patch = parse_setting(setting);
      drop_replaced_load(all, patch);
      apply_patch(all, patch);
    } catch (const InputError& e) {
      faults.insert(faults.end(), e.faults.begin(), e.faults.end());
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  lay_over(base, all);
}

DocumentTable all_layers(DocumentTable document, const std::filesystem::path& path, std::span<const std::string> settings) {
  DocumentTable base = default_layer();
  lay_chain(base, std::move(document), path, 0);
  lay_settings(base, settings);
  return base;
}

}  // namespace

DocumentTable layered_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings) {
  return all_layers(parse_toml(text, name.string()), name, settings);
}

std::filesystem::path named_scenario(const std::filesystem::path& folder, const std::string& word) {
  std::error_code error;
  const std::filesystem::path file = folder / word;
  const bool a_name = !std::filesystem::path(word).has_parent_path() && !word.starts_with(of_library);
  return std::filesystem::exists(file, error) || !a_name ? file : library_scenario(word);
}

DocumentTable layered_document(const std::filesystem::path& file, std::span<const std::string> settings) {
  const std::filesystem::path found = named_scenario({}, file.string());
  DocumentTable document = parse_toml(text_of(found), file.string());
  // More likely cut off than meant.
  if (document.entries.empty()) throw InputError({file.string(), 1, 1}, "says nothing; expected at least extends = \"default\"");
  return all_layers(std::move(document), found, settings);
}

}  // namespace nerveload
