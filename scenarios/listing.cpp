#include "scenarios/listing.hpp"

#include <cstdio>
#include <vector>

#include "postprocess/text_table.hpp"
#include "scenarios/parameter_notes.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/read_scenario.hpp"

namespace nerveload {
namespace {

using Row = TableRow;

std::string markdown_table(const std::vector<Row>& rows) {
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const std::string& cell : rows[r]) text += "| " + cell + " ";
    text += "|\n";
    if (r == 0) {
      for (std::size_t i = 0; i < rows[r].size(); ++i) text += "|---";
      text += "|\n";
    }
  }
  return text;
}

std::string table(const std::vector<Row>& rows, ListFormat format) { return format == ListFormat::plain ? plain_table(rows) : markdown_table(rows); }

std::string short_number(double v) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.5g", v);
  return buffer;
}

Scenario default_scenario() { return read_scenario_text("schema = 1\n", "default"); }

std::string accepted(const Parameter& p, const Scenario& s) {
  if (p.kind == Parameter::Kind::boolean) return "true, false";
  if (p.kind == Parameter::Kind::choice) {
    std::string text;
    for (const std::string& c : p.choices) text += (text.empty() ? "" : ", ") + c;
    return text;
  }
  const Range r = p.range(s);
  if (r.above_low) return "more than " + short_number(r.low) + ", to " + short_number(r.high);
  return r.low == r.high ? short_number(r.low) : short_number(r.low) + " to " + short_number(r.high);
}

const ResolvedEntry* find_entry(const Scenario& s, const std::string& t, const std::string& key) {
  for (const ResolvedEntry& e : s.resolved)
    if (e.table == t && e.key == key) return &e;
  return nullptr;
}

std::string other_units(const Parameter& p) {
  std::string text;
  for (const Unit& u : units_of(p.dimension))
    if (p.unit != u.suffix) text += (text.empty() ? "" : ", ") + std::string(u.suffix);
  return text;
}

std::string without(std::string text, const std::string& prefix) {
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
  return text;
}

}  // namespace

std::string list_scenarios(ListFormat format) {
  std::vector<Row> rows = {{"scenario", "condition", "pose", "roller", "position_mm", "what it is"}};
  for (const auto& [file, text] : embedded_library()) {
    const Scenario s = read_scenario_text(text, file);
    rows.push_back({std::string(file.substr(0, file.size() - std::string_view(".toml").size())), to_string(s.condition.kind), s.pose_preset,
                    s.roller.kind, s.roller.present ? short_number(s.roller.position_mm) : "-", s.description});
  }
  return table(rows, format);
}

std::string list_materials(ListFormat format) {
  const Scenario s = default_scenario();
  std::vector<Row> rows = {{"material", "key", "default", "source"}};
  for (const ResolvedEntry& e : s.resolved)
    if (e.table.starts_with("materials.")) rows.push_back({without(e.table, "materials."), e.key, e.text, without(e.origin, "default: ")});
  return table(rows, format) +
         "\nA muscle_state \"guarded\" doubles the shear modulus of every muscle. Any of gluteus_maximus, hamstrings, piriformis,\n"
         "deep_rotators, quadriceps_adductors, deep_muscle, fascicles and epineurium may be given its own table.\n";
}

std::string list_thresholds(ListFormat format) {
  const ThresholdLadder ladder;
  std::vector<Row> rows = {{"level", "name", "column", "compression_mmHg", "compression_kPa", "strain_percent", "source"}};
  for (int k = 1; k < ladder_levels; ++k)
    for (int c = 0; c < ladder_columns; ++c) {
      const ThresholdLevel& l = ladder.levels[k];
      rows.push_back({"L" + std::to_string(k), l.name, to_string(static_cast<LadderColumn>(c)),
                      short_number(l.compression_kPa[c] / find_unit(Dimension::pressure, "mmHg")->factor), short_number(l.compression_kPa[c]),
                      short_number(l.strain_percent[c]), l.source});
    }
  return table(rows, format);
}

std::string list_parameters(ListFormat format) {
  const Scenario s = default_scenario();
  std::vector<Row> rows = {{"key", "symbol", "default", "accepted", "other units", "meaning", "confidence", "source"}};
  for (const Parameter& p : scenario_parameters()) {
    const ResolvedEntry* e = find_entry(s, p.table, p.key());
    const ParameterNote note = note_of(p.dotted());
    rows.push_back({p.table + "." + p.key(), note.symbol, e ? e->text : "-", accepted(p, s), other_units(p), p.meaning,
                    note.confidence + (note.target.empty() ? "" : " to " + note.target), e ? without(e->origin, "default: ") : ""});
  }
  return table(rows, format);
}

std::string scenario_reference() {
  const ListFormat m = ListFormat::markdown;
  return "# What a scenario may say\n\n"
         "Made from the program's own tables (`nerveload list … --markdown`); a test keeps it current. Everything is optional:\n"
         "`schema = 1` alone is the default scenario. A key carries its unit; any unit of the right dimension may be its suffix.\n"
         "Sources are keys of docs/theory/references.bib; \"assumed\" says that none was found.\n\n"
         "Beside the keys below: `schema = 1`, `kind = \"roller\"`, `name`, `description`, `extends = \"other.toml\"` (a path beside the\n"
         "file, or a library scenario), `[output] fields = [..]`, and `[expect]` with dotted keys of summary.json, each\n"
         "`{ between = [lo, hi], source = \"..\" }`. `condition.kind`, `pose.preset` and `roller.kind` name a preset: a patch that decides\n"
         "several keys, over which the same file's own keys win.\n\n"
         "Of `[load]` exactly one key counts; a patch's load replaces whatever the file under it said.\n\n## Keys\n\n" +
         list_parameters(m) +
         "\n## Materials: `[materials.NAME]`\n\n"
         "`model` is `\"ogden\"` (`shear_modulus`, `alpha`, or `mu = [..]`, `alpha = [..]`), `\"neo_hookean\"` (`shear_modulus`) or\n"
         "`\"mooney_rivlin\"` (`c10`, `c01`), each with `bulk_modulus`; figures are those of resting tissue\n"
         "under a load that comes on within a second. `prony = [{ g, tau_s }, ..]` lets it relax where `motion.relaxation` is on.\n\n" +
         list_materials(m) + "\n## Thresholds\n\n" + list_thresholds(m) + "\n## Library\n\n" + list_scenarios(m);
}

}  // namespace nerveload
