#include "scenarios/run_figure_reader.hpp"

#include <algorithm>
#include <cctype>

#include "scenarios/nearest.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {

FolderTexts by_folder(const EmbeddedFiles& files, const std::filesystem::path& root) {
  FolderTexts folders;
  for (const auto& [file, text] : files) {
    const std::filesystem::path path(file);
    folders[root / path.parent_path()][path.filename().string()] = text;
  }
  return folders;
}

FolderTexts toml_by_folder(const std::filesystem::path& folder) {
  FolderTexts folders;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_directory()) continue;
      for (const auto& file : std::filesystem::directory_iterator(entry.path()))
        if (file.path().extension() == ".toml") folders[entry.path()][file.path().filename().string()] = read_text_file(file.path());
    }
  } catch (const std::filesystem::filesystem_error& e) {
    throw FileError("cannot read the folder '" + folder.string() + "': " + e.code().message());
  }
  return folders;
}

UnitOf unit_of(std::string_view suffix) {
  const KnownUnit known = known_unit(suffix);
  return known.unit ? UnitOf{known.dimension, known.unit->suffix, known.unit->factor} : UnitOf{};
}

void RunFigureReader::missing(TableReader& t, const std::string& key, const std::string& message) {
  if (!t.has(key)) t.fault(key, "missing: " + message);
}
std::string RunFigureReader::required_text(TableReader& t, const std::string& key) {
  const auto text = t.text(key);
  if (!t.has(key)) t.fault(key, "missing: expected a text in quotes");
  else if (text && text->empty()) t.fault(key, "expected a text that is not empty");
  return text.value_or("");
}

/// A name that goes into file names and tables.
std::string RunFigureReader::required_name(TableReader& t, const std::string& key) {
  const std::string name = required_text(t, key);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; });
  if (!plain) t.fault(key, "expected letters, digits and underscores");
  return name;
}

void RunFigureReader::read_run(TableReader& t) {
  CaseRun run;
  run.name = required_text(t, "name");
  if (std::any_of(runs_.begin(), runs_.end(), [&](const CaseRun& r) { return r.name == run.name; }))
    t.fault("name", "given twice; each run has a name of its own");
  run.file = t.has("scenario") ? library_file(t) : required_text(t, "file");
  if (t.has("scenario") && t.has("file")) t.fault("file", "expected either a file or a scenario of the library");
  if (!run.file.empty() && !texts_.contains(run.file)) {
    std::vector<std::string> names;
    for (const auto& [name, text] : texts_) names.push_back(name);
    t.fault("file", "no such file in the folder of the case" + did_you_mean(run.file, names, "\""));
  }
  if (const auto settings = t.texts("set", {})) run.settings = *settings;
  t.finish();
  runs_.push_back(std::move(run));
}

/// Name of the text that stands for a library scenario.
std::string RunFigureReader::library_file(TableReader& t) {
  const std::string name = required_text(t, "scenario"), file = name + ".toml";
  if (name.empty()) return {};
  const std::vector<std::string> names = library_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    texts_.try_emplace(file, "schema = 1\nextends = \"" + file + "\"\n");
    return file;
  }
  t.fault("scenario", "no scenario of the library has that name" + did_you_mean(name, names, "\""));
  return {};
}

std::string RunFigureReader::run_name(TableReader& t, const std::string& key) const {
  const std::string name = required_text(t, key);
  check_run(t, key, name);
  return name;
}
void RunFigureReader::check_run(TableReader& t, const std::string& key, const std::string& name) const {
  std::vector<std::string> names;
  for (const CaseRun& r : runs_) names.push_back(r.name);
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  t.fault(key, "no [[run]] of that name" + did_you_mean(name, names, "\""));
}

std::string RunFigureReader::figure(TableReader& t, const std::string& key) {
  const std::string name = required_text(t, key);
  if (const std::string wrong = fault_of_figure(name); !name.empty() && !wrong.empty()) t.fault(key, wrong);
  return name;
}

void RunFigureReader::read_figures(TableReader& t, ComparedFigure& q) const {
  q.figure.figure = figure(t, "figure");
  if (t.has("crossing")) return;
  q.figure.run = run_name(t, "run");
  const std::pair<const char*, ComparedFigure::Kind> pairs[] = {
      {"minus", ComparedFigure::Kind::difference}, {"over", ComparedFigure::Kind::ratio}, {"change_from", ComparedFigure::Kind::change}};
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
UnitOf RunFigureReader::written_unit(TableReader& t, const ComparedFigure& q, std::initializer_list<const char*> stems) {
  UnitOf of_figure = unit_of(unit_suffix(q.figure.figure));
  if (q.kind == ComparedFigure::Kind::ratio) of_figure = {};
  if (q.kind == ComparedFigure::Kind::change) of_figure = unit_of("percent");
  const bool open = q.figure.figure.empty() || t.has("crossing") || (of_figure.dimension == Dimension::none && q.kind != ComparedFigure::Kind::ratio);
  for (const std::string& key : t.keys())
    for (const char* stem : stems) {
      const KeyParts parts = split_key(key);
      if (parts.stem != stem || parts.suffix.empty()) continue;
      const UnitOf written = unit_of(parts.suffix);
      if (open || written.dimension == of_figure.dimension) return written;
    }
  return of_figure;  // the reader then tells of the wrong or missing unit
}

void RunFigureReader::read_span(TableReader& t, const char* key, const UnitOf& unit, double& low, double& high) {
  const auto span = t.quantities(key, unit.dimension, any_number, 2, 2);
  if (!span) return;
  low = (*span)[0] / unit.factor;
  high = (*span)[1] / unit.factor;
  if (low > high) t.fault(key, "expected the lower bound first");
}

void RunFigureReader::read_crossing(TableReader& t, ComparedFigure& q) const {
  auto c = t.table("crossing");
  if (!c) return;
  q.kind = ComparedFigure::Kind::crossing;
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

}  // namespace nerveload
