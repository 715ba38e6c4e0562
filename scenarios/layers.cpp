#include "scenarios/layers.hpp"

#include <algorithm>

#include "scenarios/dimension.hpp"
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

std::string library_name(const std::string& word) { return word.ends_with(".toml") ? word : word + ".toml"; }

struct TextOfFile {
  std::string text;
  std::filesystem::path path;
};

/// A file, or the library scenario of that name when there is no such file.
TextOfFile find_text(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    for (const auto& [name, text] : embedded_library())
      if (name == library_name(path.filename().string())) return {std::string(text), path};
  return {read_text_file(path), path};
}

void lay_chain(DocumentTable& base, DocumentTable document, const std::filesystem::path& path, int depth) {
  const DocumentValue* v = document.find("extends");
  if (v) {
    const Place place = v->place;
    const auto* word = std::get_if<std::string>(&v->data());
    auto refuse = [&](const std::string& message) { throw InputError(std::vector<InputFault>(1, InputFault{place, "extends", v->text, message})); };
    if (!word || word->empty()) refuse("expected the name of a scenario file in quotes");
    if (depth >= longest_chain) refuse("the chain of extends is longer than 16 files; does a file extend itself?");
    TextOfFile parent;
    try {
      parent = find_text(path.parent_path() / *word);
    } catch (const FileError& e) {
      refuse(e.what());
    }
    document.erase("extends");
    lay_chain(base, parse_toml(parent.text, parent.path.string()), parent.path, depth + 1);
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

}  // namespace

DocumentTable layered_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings) {
  DocumentTable base = default_layer();
  lay_chain(base, parse_toml(text, name.string()), name, 0);
  lay_settings(base, settings);
  return base;
}

DocumentTable layered_document(const std::filesystem::path& file, std::span<const std::string> settings) {
  const TextOfFile found = find_text(file);
  return layered_text(found.text, found.path, settings);
}

}  // namespace nerveload
