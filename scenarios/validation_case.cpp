#include "scenarios/validation_case.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <set>

#include "postprocess/nerve_profile.hpp"
#include "scenarios/input.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {

EmbeddedFiles embedded_validation();  ///< "T10_excursion/expected.toml", …

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
const Range any_number{-unbounded, unbounded, {}};

/// A unit and what it measures.
struct UnitOf {
  Dimension dimension = Dimension::none;
  std::string suffix;
  double factor = 1.0;
};

UnitOf unit_of(std::string_view suffix) {
  const KnownUnit known = known_unit(suffix);
  return known.unit ? UnitOf{known.dimension, known.unit->suffix, known.unit->factor} : UnitOf{};
}

/// Reads one expected.toml.
class CaseReader {
 public:
  CaseReader(const DocumentTable& document, ValidationCase& result) : top_(document, faults_), case_(result) {}

  void read() {
    if (!top_.integer("schema", 1, 1)) missing(top_, "schema", "expected schema = 1");
    case_.id = required_name(top_, "id");
    case_.title = required_text(top_, "title");
    if (!top_.has("role")) missing(top_, "role", "expected \"training\", \"held_out\" or \"verification\"");
    if (const auto r = top_.choice("role", {"training", "held_out", "verification"})) case_.role = static_cast<ValidationCase::Role>(*r);
    for (TableReader& t : top_.tables("run")) read_run(t);
    for (TableReader& t : top_.tables("quantity")) read_quantity(t);
    if (case_.quantities.empty() && !top_.has("quantity")) missing(top_, "quantity", "expected at least one [[quantity]]");
    top_.finish();
    faults_.throw_if_any();
  }

 private:
  static void missing(TableReader& t, const std::string& key, const std::string& message) {
    if (!t.has(key)) t.fault(key, "missing: " + message);
  }
  static std::string required_text(TableReader& t, const std::string& key) {
    const auto text = t.text(key);
    if (!t.has(key)) t.fault(key, "missing: expected a text in quotes");
    else if (text && text->empty()) t.fault(key, "expected a text that is not empty");
    return text.value_or("");
  }

  /// A name that goes into file names and tables.
  static std::string required_name(TableReader& t, const std::string& key) {
    const std::string name = required_text(t, key);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; });
    if (!plain) t.fault(key, "expected letters, digits and underscores");
    return name;
  }

  void read_run(TableReader& t) {
    ValidationRun run;
    run.name = required_text(t, "name");
    if (std::any_of(case_.runs.begin(), case_.runs.end(), [&](const ValidationRun& r) { return r.name == run.name; }))
      t.fault("name", "given twice; each run has a name of its own");
    run.file = required_text(t, "file");
    if (!run.file.empty() && !case_.texts.contains(run.file)) {
      std::vector<std::string> names;
      for (const auto& [name, text] : case_.texts) names.push_back(name);
      const auto near = nearest_word(run.file, names);
      t.fault("file", "no such file in the folder of the case" + (near ? "; did you mean \"" + *near + "\"?" : ""));
    }
    if (const auto settings = t.texts("set", {})) run.settings = *settings;
    t.finish();
    case_.runs.push_back(std::move(run));
  }

  std::string run_name(TableReader& t, const std::string& key) {
    const std::string name = required_text(t, key);
    check_run(t, key, name);
    return name;
  }
  void check_run(TableReader& t, const std::string& key, const std::string& name) {
    std::vector<std::string> names;
    for (const ValidationRun& r : case_.runs) names.push_back(r.name);
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
    const auto near = nearest_word(name, names);
    t.fault(key, "no [[run]] of that name" + (near ? "; did you mean \"" + *near + "\"?" : ""));
  }

  std::string figure(TableReader& t, const std::string& key) {
    const std::string name = required_text(t, key);
    if (const std::string wrong = fault_of_figure(name); !name.empty() && !wrong.empty()) t.fault(key, wrong);
    return name;
  }

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
    const UnitOf unit = written_unit(t, q);
    q.unit = unit.suffix;
    q.factor = unit.factor;
    const bool of_probe = q.figure.figure.find(".probe.") != std::string::npos && q.kind != ValidationQuantity::Kind::ratio &&
                          q.kind != ValidationQuantity::Kind::change;
    if (of_probe && !unit.suffix.empty() && unit.suffix != "kPa" && unit.suffix != "mm")
      t.fault("accept", "a probe tells its figure in kPa or mm, and so must what it is compared with");
    if (const auto v = t.quantity("published", unit.dimension, any_number)) q.published = v->value / unit.factor;
    if (const auto v = t.quantity("spread", unit.dimension, {0.0, unbounded, "a spread"})) q.spread = v->value / unit.factor;
    read_span(t, "accept", unit, q.accept_low, q.accept_high);
    if (q.not_comparable.empty() && !t.has("accept")) t.fault("accept", "missing: expected accept = [lo, hi], what counts as inside");
    read_crossing(t, q);
    if (auto recorded = t.table("recorded")) read_recorded(*recorded, q, unit);
    t.finish();
    case_.quantities.push_back(std::move(q));
  }

  void read_figures(TableReader& t, ValidationQuantity& q) {
    q.figure.figure = figure(t, "figure");
    if (t.has("crossing")) return;
    q.figure.run = run_name(t, "run");
    const std::pair<const char*, ValidationQuantity::Kind> pairs[] = {{"minus", ValidationQuantity::Kind::difference},
                                                                      {"over", ValidationQuantity::Kind::ratio},
                                                                      {"change_from", ValidationQuantity::Kind::change}};
    std::vector<std::string> given;
    for (const auto& [key, kind] : pairs) {
      const std::string figure_key = std::string(key) + "_figure";
      if (!t.has(key) && !t.has(figure_key)) continue;
      given.push_back(key);
      q.kind = kind;
      q.other = FigureOfRun{t.has(key) ? run_name(t, key) : q.figure.run, t.has(figure_key) ? figure(t, figure_key) : q.figure.figure};
      const UnitOf a = unit_of(unit_suffix(q.figure.figure)), b = unit_of(unit_suffix(q.other->figure));
      if (a.dimension != b.dimension)
        t.fault(figure_key, std::string("measures ") + to_string(b.dimension) + ", the quantity's figure " + to_string(a.dimension));
    }
    if (given.size() > 1) t.fault(given[1], "expected only one of minus, over and change_from");
  }

  /// The unit of the published value: the figure's dimension decides what it may be; a figure without a unit takes what is written.
  UnitOf written_unit(TableReader& t, const ValidationQuantity& q) {
    UnitOf of_figure = unit_of(unit_suffix(q.figure.figure));
    if (q.kind == ValidationQuantity::Kind::ratio) of_figure = {};
    if (q.kind == ValidationQuantity::Kind::change) of_figure = unit_of("percent");
    const bool open =
        q.figure.figure.empty() || t.has("crossing") || (of_figure.dimension == Dimension::none && q.kind != ValidationQuantity::Kind::ratio);
    for (const std::string& key : t.keys())
      for (const char* stem : {"published", "accept"}) {
        const KeyParts parts = split_key(key);
        if (parts.stem != stem || parts.suffix.empty()) continue;
        const UnitOf written = unit_of(parts.suffix);
        if (open || written.dimension == of_figure.dimension) return written;
      }
    return of_figure;  // the reader then tells of the wrong or missing unit
  }

  void read_span(TableReader& t, const char* key, const UnitOf& unit, double& low, double& high) {
    const auto span = t.quantities(key, unit.dimension, any_number, 2, 2);
    if (!span) return;
    low = (*span)[0] / unit.factor;
    high = (*span)[1] / unit.factor;
    if (low > high) t.fault(key, "expected the lower bound first");
  }

  void read_crossing(TableReader& t, ValidationQuantity& q) {
    auto c = t.table("crossing");
    if (!c) return;
    q.kind = ValidationQuantity::Kind::crossing;
    Crossing crossing;
    if (const auto names = c->texts("runs", {})) crossing.runs = *names;
    for (const char* key : {"runs", "at"})
      if (!c->has(key)) c->fault(key, "missing: expected a series of two or more");
    if (c->has("runs") && crossing.runs.size() < 2) c->fault("runs", "expected a series of two or more");
    for (const std::string& name : crossing.runs) check_run(*c, "runs", name);
    const UnitOf unit = unit_of(q.unit), level = unit_of(unit_suffix(q.figure.figure));
    if (const auto at = c->quantities("at", unit.dimension, any_number, 2, 100)) crossing.at = *at;
    for (double& v : crossing.at) v /= unit.factor;
    if (crossing.at.size() != crossing.runs.size()) c->fault("at", "expected one value per run");
    if (!std::is_sorted(crossing.at.begin(), crossing.at.end())) c->fault("at", "expected ascending values");
    crossing.level = c->required_quantity("level", level.dimension, any_number);
    c->finish();
    q.crossing = std::move(crossing);
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

std::vector<ValidationCase> read_all(const std::map<std::filesystem::path, std::map<std::string, std::string>>& folders) {
  std::vector<ValidationCase> cases;
  std::vector<InputFault> faults;
  std::set<std::string> ids;
  std::vector<std::filesystem::path> repeated;
  for (const auto& [path, texts] : folders) {
    if (!texts.contains("expected.toml")) continue;
    try {
      cases.push_back(read_validation_case(path, texts));
      if (!ids.insert(cases.back().id).second) repeated.push_back(path / "expected.toml");
    } catch (const InputError& e) {
      faults.insert(faults.end(), e.faults.begin(), e.faults.end());
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  if (!repeated.empty()) throw InputError({repeated.front().string(), 0, 0}, "another case has the same id");
  return cases;
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
  const DocumentTable document = parse_toml(result.texts.at("expected.toml"), (path / "expected.toml").string());
  CaseReader(document, result).read();
  return result;
}

std::vector<ValidationCase> built_in_validation_cases() {
  std::map<std::filesystem::path, std::map<std::string, std::string>> folders;
  for (const auto& [file, text] : embedded_validation()) {
    const std::filesystem::path path(file);
    folders["scenarios/validation" / path.parent_path()][path.filename().string()] = text;
  }
  return read_all(folders);
}

std::vector<ValidationCase> read_validation_cases(const std::filesystem::path& folder) {
  std::map<std::filesystem::path, std::map<std::string, std::string>> folders;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_directory()) continue;
      for (const auto& file : std::filesystem::directory_iterator(entry.path()))
        if (file.path().extension() == ".toml") folders[entry.path()][file.path().filename().string()] = read_text_file(file.path());
    }
  } catch (const std::filesystem::filesystem_error& e) {
    throw FileError("cannot read the folder '" + folder.string() + "': " + e.code().message());
  }
  std::vector<ValidationCase> cases = read_all(folders);
  if (cases.empty()) throw FileError("no validation case in '" + folder.string() + "': expected folders with an expected.toml");
  return cases;
}

}  // namespace nerveload
