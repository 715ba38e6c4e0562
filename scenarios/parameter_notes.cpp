#include "scenarios/parameter_notes.hpp"

#include "scenarios/input.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

EmbeddedFiles embedded_parameters();  ///< "parameters.toml"

namespace {

std::map<std::string, ParameterNote> read_notes() {
  std::map<std::string, ParameterNote> notes;
  const auto files = embedded_parameters();
  const DocumentTable document = parse_toml(files.front().second, "parameters.toml");
  Faults faults;
  TableReader top(document, faults);
  const std::vector<std::string> levels{"measured", "derived", "fitted", "assumed", "definition"};
  for (const std::string& key : top.keys()) {
    auto t = top.table(key);
    if (!t) continue;
    ParameterNote note;
    note.symbol = t->text("symbol").value_or("");
    if (const auto level = t->choice("confidence", levels)) note.confidence = levels[static_cast<std::size_t>(*level)];
    if (const auto v = t->quantity("value", Dimension::none, {-1e12, 1e12, {}})) note.value = v->value;
    note.target = t->text("target").value_or("");
    t->finish();
    notes[key] = std::move(note);
  }
  faults.throw_if_any();
  return notes;
}

}  // namespace

const std::map<std::string, ParameterNote>& parameter_notes() {
  static const std::map<std::string, ParameterNote> notes = read_notes();
  return notes;
}

double fitted_value(const std::string& dotted) {
  const auto note = parameter_notes().find(dotted);
  NL_EXPECT(note != parameter_notes().end() && note->second.value, "a fitted value of " + dotted + " in scenarios/parameters.toml");
  return *note->second.value;
}

}  // namespace nerveload
