#include <algorithm>

#include "scenarios/parse_toml.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

/// An origin as a comment: one line, no control bytes.
std::string comment(std::string origin) {
  for (char& c : origin)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return origin.empty() ? origin : "  # " + origin;
}

}  // namespace

std::string resolved_toml(const Scenario& scenario, bool with_origins) {
  std::vector<std::string> tables;
  for (const ResolvedEntry& e : scenario.resolved)
    if (std::find(tables.begin(), tables.end(), e.table) == tables.end()) tables.push_back(e.table);
  std::string text = "# Resolved scenario: every value, with where it comes from.\n";
  for (const std::string& table : tables) {
    if (!table.empty()) text += "\n[" + table + "]\n";
    for (const ResolvedEntry& e : scenario.resolved)
      if (e.table == table) text += e.key + " = " + e.text + (with_origins ? comment(e.origin) : "") + "\n";
  }
  return text;
}

std::string input_kind(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return "roller";
  return input_kind(parse_toml_file(file));
}

std::string input_kind(const DocumentTable& document) {
  const DocumentValue* kind = document.find("kind");
  const auto* word = kind ? std::get_if<std::string>(&kind->data()) : nullptr;
  return word ? *word : "roller";
}

}  // namespace nerveload
