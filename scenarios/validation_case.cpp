#include "scenarios/validation_case.hpp"

#include <algorithm>

#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {

EmbeddedFiles embedded_validation();  ///< "T10_excursion/expected.toml", …

namespace {

/// Reads one expected.toml.
class CaseReader : private RunFigureReader {
 public:
  CaseReader(const DocumentTable& document, const std::string& file, ValidationCase& result)
      : RunFigureReader(result.runs, result.texts), top_(document, faults_, {}, {file, 1, 1}), case_(result) {}

  void read() {
    if (!top_.integer("schema", 1, 1)) missing(top_, "schema", "expected schema = 1");
    case_.id = required_name(top_, "id");
    case_.title = required_text(top_, "title");
    if (!top_.has("role")) missing(top_, "role", "expected \"training\", \"held_out\" or \"verification\"");
    if (const auto r = top_.choice("role", {"training", "held_out", "verification"})) case_.role = static_cast<ValidationCase::Role>(*r);
    case_.caveat = top_.text("caveat").value_or("");
    for (TableReader& t : top_.tables("run")) read_run(t);
    for (TableReader& t : top_.tables("quantity")) read_quantity(t);
    if (case_.quantities.empty() && !top_.has("quantity")) missing(top_, "quantity", "expected at least one [[quantity]]");
    top_.finish();
    faults_.throw_if_any();
  }

 private:
  void read_quantity(TableReader& t) {
    ValidationQuantity q;
    q.place = t.place();
    q.name = required_name(t, "name");
    if (std::any_of(case_.quantities.begin(), case_.quantities.end(), [&](const ValidationQuantity& o) { return o.name == q.name; }))
      t.fault("name", "given twice; each quantity has a name of its own");
    q.title = t.text("title").value_or(q.name);
    q.source = required_text(t, "source");
    q.finding = t.text("finding").value_or("");
    q.not_comparable = t.text("not_comparable").value_or("");
    if (q.not_comparable.empty() || t.has("figure")) read_figures(t, q);
    const UnitOf unit = written_unit(t, q, {"published", "accept"});
    q.unit = unit.suffix;
    q.factor = unit.factor;
    const bool of_probe = q.figure.figure.find(".probe.") != std::string::npos && q.kind != ValidationQuantity::Kind::ratio &&
                          q.kind != ValidationQuantity::Kind::change;
    if (of_probe && !unit.suffix.empty() && unit.suffix != "kPa" && unit.suffix != "mm")
      t.fault("accept", "a probe tells its figure in kPa or mm, and so must what it is compared with");
    if (const auto v = t.quantity("published", unit.dimension, any_number)) q.published = v->value / unit.factor;
    if (const auto v = t.quantity("spread", unit.dimension, {0.0, any_number.high, "a spread"})) q.spread = v->value / unit.factor;
    read_span(t, "accept", unit, q.accept_low, q.accept_high);
    if (q.not_comparable.empty() && !t.has("accept")) t.fault("accept", "missing: expected accept = [lo, hi], what counts as inside");
    read_crossing(t, q);
    if (auto recorded = t.table("recorded")) read_recorded(*recorded, q, unit);
    t.finish();
    case_.quantities.push_back(std::move(q));
  }

  void read_recorded(TableReader& recorded, ValidationQuantity& q, const UnitOf& unit) {
    for (const char* fidelity : {"coarse", "standard", "fine"}) {
      auto t = recorded.table(fidelity);
      if (!t) continue;
      RecordedBand band;
      if (const auto i = t->choice("outcome", {"inside", "outside"})) band.inside = *i == 0;
      if (!t->has("outcome") && q.not_comparable.empty()) t->fault("outcome", "missing: expected \"inside\" or \"outside\"");
      if (!t->has("band")) t->fault("band", "missing: expected band = [lo, hi] around the figure that was found");
      read_span(*t, "band", unit, band.low, band.high);
      t->finish();
      if (t->has("outcome") && !q.not_comparable.empty()) t->fault("outcome", "what is not comparable has none");
      if (!band.inside && q.finding.empty() && q.not_comparable.empty()) t->fault("outcome", "an outside figure wants a finding = \"why\"");
      q.recorded[fidelity] = band;
    }
    recorded.finish();
  }

  Faults faults_;
  TableReader top_;
  ValidationCase& case_;
};

std::vector<ValidationCase> read_all_cases(const FolderTexts& folders) {
  return read_folders(folders, "expected.toml", "case", read_validation_case);
}

}  // namespace

const char* to_string(ValidationCase::Role role) {
  switch (role) {
    case ValidationCase::Role::training: return "training";
    case ValidationCase::Role::held_out: return "held_out";
    case ValidationCase::Role::verification: return "verification";
  }
  return "";
}

ValidationCase read_validation_case(const std::filesystem::path& path, std::map<std::string, std::string> texts) {
  ValidationCase result;
  result.path = path;
  result.folder = path.filename().string();
  result.texts = std::move(texts);
  const std::string file = (path / "expected.toml").string();
  const DocumentTable document = parse_toml(result.texts.at("expected.toml"), file);
  CaseReader(document, file, result).read();
  return result;
}

std::vector<ValidationCase> built_in_validation_cases() { return read_all_cases(by_folder(embedded_validation(), "scenarios/validation")); }

std::vector<ValidationCase> read_validation_cases(const std::filesystem::path& folder) {
  std::vector<ValidationCase> cases = read_all_cases(toml_by_folder(folder));
  if (cases.empty()) throw FileError("no validation case in '" + folder.string() + "': expected folders with an expected.toml");
  return cases;
}

}  // namespace nerveload
