#include <algorithm>

#include "scenarios/input.hpp"
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

/// So that the file, read again, is as uncertain as the scenario that it was made of.
std::string listed_defaults(const Scenario& scenario) {
  std::string text =
      "\n# What no user said. It is as little known as any default (--uncertainty) while the value above is still this one.\n[defaults]\n";
  for (const ResolvedEntry& e : scenario.resolved)
    if (e.is_default && number_of(e.text)) text += "\"" + e.table + "." + e.key + "\" = " + e.text + "\n";
  return text;
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
  if (with_origins) text += listed_defaults(scenario);
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
  if (word) return *word;
  const bool of_sweep = document.find("base") || document.find("parameter") || document.find("design");
  return of_sweep ? "sweep" : "roller";
}

}  // namespace nerveload
