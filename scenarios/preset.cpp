#include "scenarios/preset.hpp"

#include <algorithm>
#include <optional>

#include "scenarios/dimension.hpp"
#include "scenarios/parse_toml.hpp"

namespace nerveload {
namespace {

void set_origin(DocumentTable& table, const std::string& origin) {
  for (auto& [key, value] : table.entries) {
    value.place = value.key_place = {origin, 0, 0};
    if (DocumentTable* inner = value.table()) set_origin(*inner, origin);
  }
}

std::optional<DocumentTable> preset(const std::string& table, const std::string& name) {
  const std::string path = table + "/" + name + ".toml";
  for (const auto& [file, text] : embedded_presets()) {
    if (file != path) continue;
    DocumentTable content = parse_toml(text, path);
    std::string origin = "preset " + name;
    if (const DocumentValue* source = content.find("source"))
      if (const auto* words = std::get_if<std::string>(&source->data())) origin += ": " + *words;
    content.erase("source");
    set_origin(content, origin);
    return content;
  }
  return {};
}

const std::string* selected(const DocumentTable& patch, const PresetSelector& selector) {
  const DocumentValue* t = patch.find(selector.table);
  const DocumentValue* v = t && t->table() ? t->table()->find(selector.key) : nullptr;
  return v ? std::get_if<std::string>(&v->data()) : nullptr;
}

}  // namespace

std::vector<std::string> preset_names(std::string_view table) {
  std::vector<std::string> names;
  for (const auto& [file, text] : embedded_presets())
    if (const std::size_t slash = file.find('/'); file.substr(0, slash) == table)
      names.emplace_back(file.substr(slash + 1, file.size() - slash - 1 - std::string_view(".toml").size()));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> library_names() {
  std::vector<std::string> names;
  for (const auto& [file, text] : embedded_library()) names.emplace_back(file.substr(0, file.rfind('.')));
  return names;
}

DocumentTable with_presets(const DocumentTable& patch) {
  DocumentTable all;
  for (const PresetSelector& selector : preset_selectors)
    if (const std::string* name = selected(patch, selector))
      if (const auto content = preset(selector.table, *name)) apply_patch(all, *content);
  apply_patch(all, patch);
  return all;
}

void drop_old_presets(DocumentTable& base, const DocumentTable& patch) {
  for (const PresetSelector& selector : preset_selectors) {
    DocumentValue* old = base.find(selector.table);
    if (!selected(patch, selector) || !old || !old->table()) continue;
    for (const std::string& name : preset_names(selector.table)) {
      const DocumentTable content = *preset(selector.table, name);
      const DocumentValue* decided = content.find(selector.table);
      if (!decided) continue;
      for (const auto& [key, value] : decided->table()->entries)
        std::erase_if(old->table()->entries, [stem = split_key(key).stem](const auto& e) { return split_key(e.first).stem == stem; });
    }
  }
}

}  // namespace nerveload
