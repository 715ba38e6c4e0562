#include "postprocess/run_folder.hpp"

#include <vtkDataArray.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <regex>
#include <sstream>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

using json = nlohmann::ordered_json;

std::string text_of(const fs::path& file) {
  if (!fs::is_regular_file(file))
    throw OutputError("'" + file.string() + "' is missing: " + file.parent_path().string() + " is no whole results folder");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw OutputError("cannot read '" + file.string() + "'");
  return text.str();
}

[[noreturn]] void refuse(const fs::path& file, const std::string& why) { throw OutputError("'" + file.string() + "' " + why); }

json parse_summary(const fs::path& file, const std::string& text) {
  json s = json::parse(text, nullptr, false);
  if (s.is_discarded() || !s.is_object()) refuse(file, "is damaged: it is no JSON object");
  if (!s.contains("schema")) refuse(file, "is not the summary of a run: it has no \"schema\"");
  if (s["schema"] != 1) refuse(file, "has schema " + s["schema"].dump() + "; this program reads schema 1");
  if (s.value("kind", "") == "solid") refuse(file, "is of a solid model: a report is made of a run of a scenario");
  const std::string version = s.value(json::json_pointer("/provenance/version"), std::string("an unknown version"));
  for (const char* key : {"/name", "/status", "/governing_step", "/verdict/level", "/verdict/text", "/nerve", "/roller", "/safety", "/thresholds",
                          "/scenario/side", "/scenario/facts", "/judgement/columns", "/mesh", "/mesh_error", "/provenance/git"})
    if (!s.contains(json::json_pointer(key)))
      refuse(file, "has no \"" + std::string(key + 1) + "\": it was written by " + version + " of the program, this is " + build_info().version +
                       "; run its scenario.toml again");
  return s;
}

/// A table of comma-separated numbers and words with a row of names.
struct Table {
  fs::path file;
  std::map<std::string, std::size_t> column;
  std::vector<std::vector<std::string>> rows;

  const std::string& word(std::size_t row, const std::string& name) const {
    const auto at = column.find(name);
    if (at == column.end()) refuse(file, "has no column " + name + ": it was written by another version");
    return rows[row][at->second];
  }
  double number(std::size_t row, const std::string& name) const {
    const std::string& text = word(row, name);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
      refuse(file, "is damaged: line " + std::to_string(row + 2) + " has '" + text + "' in the column " + name + ", expected a number");
    return value;
  }
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line)
    if (c == ',') cells.emplace_back();
    else if (c != '\r') cells.back() += c;
  return cells;
}

Table read_table(const fs::path& file) {
  std::istringstream text(text_of(file));
  Table table{file, {}, {}};
  std::string line;
  std::getline(text, line);
  const std::vector<std::string> names = cells_of(line);
  for (std::size_t i = 0; i < names.size(); ++i) table.column[names[i]] = i;
  while (std::getline(text, line)) {
    table.rows.push_back(cells_of(line));
    if (table.rows.back().size() != names.size())
      refuse(file, "is damaged: line " + std::to_string(table.rows.size() + 1) + " has " + std::to_string(table.rows.back().size()) +
                       " cells, its first line " + std::to_string(names.size()));
  }
  if (table.rows.empty()) refuse(file, "is damaged: it has no rows");
  return table;
}

ResultStep::Phase phase_of(const Table& table, std::size_t row) {
  using Phase = ResultStep::Phase;
  for (const Phase p : {Phase::reference, Phase::pose, Phase::press, Phase::stroke, Phase::hold})
    if (table.word(row, "phase") == to_string(p)) return p;
  refuse(table.file, "is damaged: line " + std::to_string(row + 2) + " has the unknown phase '" + table.word(row, "phase") + "'");
}

std::vector<HistoryRow> read_history(const fs::path& file) {
  const Table t = read_table(file);
  std::vector<HistoryRow> rows;
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    HistoryRow h;
    h.step = static_cast<int>(t.number(i, "step"));
    h.phase = phase_of(t, i);
    h.time_s = t.number(i, "time_s");
    h.force_N = t.number(i, "force_N");
    h.indentation_mm = t.number(i, "indentation_mm");
    h.contact_area_mm2 = t.number(i, "contact_area_mm2");
    h.mean_pressure_kPa = t.number(i, "mean_pressure_kPa");
    h.peak_pressure_kPa = t.number(i, "peak_pressure_kPa");
    h.compression = {t.number(i, "peak_compression_kPa"), t.number(i, "peak_compression_at_mm")};
    h.strain = {t.number(i, "peak_strain_percent"), t.number(i, "peak_strain_at_mm")};
    h.level = static_cast<int>(t.number(i, "irritation_level"));
    rows.push_back(h);
  }
  return rows;
}

/// Files of a series by the number of their step.
std::map<int, fs::path> read_series(const fs::path& pvd) {
  const std::string text = text_of(pvd);
  const std::regex entry("<DataSet [^>]*file=\"([^\"]+_([0-9]{1,9})\\.vt[up])\"");
  std::map<int, fs::path> files;
  for (std::sregex_iterator m(text.begin(), text.end(), entry), end; m != end; ++m) files[std::stoi((*m)[2])] = pvd.parent_path() / (*m)[1].str();
  if (files.empty() || text.find("</VTKFile>") == std::string::npos) refuse(pvd, "is damaged: it names no files or has no end");
  return files;
}

NerveProfile read_nerve(const fs::path& file) {
  const auto line = read_surface(file);
  vtkPointData& data = *line->GetPointData();
  const long count = line->GetNumberOfPoints();
  NerveProfile nerve;
  nerve.stations.resize(static_cast<std::size_t>(count));
  auto take = [&](const char* name, auto&& set) {
    vtkDataArray& values = needed_array(data, name, 1, count, file);
    for (long i = 0; i < count; ++i) set(nerve.stations[static_cast<std::size_t>(i)], values.GetTuple1(i));
  };
  for (const NerveColumn& c : nerve_columns()) take(c.name, [&](NerveStation& s, double v) { s.*c.value = v; });
  take("irritation_level", [](NerveStation& s, double v) { s.irritation_level = static_cast<int>(std::lround(v)); });
  take("in_mesh", [](NerveStation& s, double v) { s.in_mesh = v != 0.0; });
  take("width_mm", [](NerveStation& s, double v) { s.width_mm = v; });
  take("thickness_mm", [](NerveStation& s, double v) { s.thickness_mm = v; });
  for (long i = 0; i < count; ++i) line->GetPoint(i, nerve.stations[static_cast<std::size_t>(i)].position.data());
  return nerve;
}

void read_frames(RunFolder& run) {
  const std::map<int, fs::path> tissue = read_series(run.dir / "tissue.pvd"), nerve = read_series(run.dir / "nerve.pvd");
  const bool rolled = !run.summary["roller"].is_null();
  const std::map<int, fs::path> roller = rolled ? read_series(run.dir / "roller.pvd") : std::map<int, fs::path>();
  const int governing = run.summary["governing_step"].get<int>();
  bool found = false;
  for (const auto& [step, file] : tissue) {
    if (!nerve.contains(step)) refuse(run.dir / "nerve.pvd", "has no step " + std::to_string(step) + ", which tissue.pvd has");
    if (rolled && !roller.contains(step)) refuse(run.dir / "roller.pvd", "has no step " + std::to_string(step) + ", which tissue.pvd has");
    const auto row = std::find_if(run.history.begin(), run.history.end(), [wanted = step](const HistoryRow& h) { return h.step == wanted; });
    if (row == run.history.end()) refuse(run.dir / "history.csv", "has no step " + std::to_string(step) + ", which tissue.pvd has");
    Frame frame{*row, read_nerve(nerve.at(step)), file, nerve.at(step), rolled ? roller.at(step) : fs::path()};
    if (frame.nerve.stations.size() != (run.frames.empty() ? frame : run.frames.front()).nerve.stations.size())
      refuse(nerve.at(step), "has another number of stations than the step before it");
    if (step == governing) run.governing = run.frames.size();
    found = found || step == governing;
    run.frames.push_back(std::move(frame));
  }
  if (!found) refuse(run.dir / "tissue.pvd", "has no step " + std::to_string(governing) + ", by which summary.json says the run was judged");
}

const json& entry(const RunFolder& run, const std::string& path) {
  std::string pointer = "/" + path;
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  const json::json_pointer at(pointer);
  if (!run.summary.contains(at)) refuse(run.dir / "summary.json", "has no \"" + path + "\": it was written by another version of the program");
  return run.summary[at];
}

}  // namespace

RunFolder read_run_folder(const fs::path& dir, const std::string& summary) {
  if (!fs::is_directory(dir)) throw OutputError("'" + dir.string() + "' is no folder");
  RunFolder run;
  run.dir = dir;
  const fs::path file = dir / "summary.json";
  try {
    run.summary = parse_summary(file, summary.empty() ? text_of(file) : summary);
    run.scenario_toml = text_of(dir / "scenario.toml");
    run.history = read_history(dir / "history.csv");
    run.bones = dir / "bones.vtp";
    read_frames(run);
  } catch (const json::exception& e) {
    refuse(file, std::string("is damaged: ") + e.what());
  }
  return run;
}

double summary_number(const RunFolder& run, const std::string& path) {
  const json& v = entry(run, path);
  if (v.is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (!v.is_number()) refuse(run.dir / "summary.json", "is damaged: \"" + path + "\" is no number");
  return v.get<double>();
}

std::string summary_text(const RunFolder& run, const std::string& path) {
  const json& v = entry(run, path);
  if (!v.is_string()) refuse(run.dir / "summary.json", "is damaged: \"" + path + "\" is no text");
  return v.get<std::string>();
}

std::string judged_column(const RunFolder& run, double station) {
  const json& columns = entry(run, "judgement.columns");
  for (const json& c : columns)
    if (station <= c.at("to_mm").get<double>() + 1e-3) return c.at("column");
  return columns.empty() ? "healthy" : columns.back().at("column").get<std::string>();
}

std::string level_name(const RunFolder& run, int level) {
  for (const json& l : entry(run, "thresholds"))
    if (l.at("level") == level) return l.at("name");
  return "below notice";
}

LevelFigures level_figures(const RunFolder& run, int level, const std::string& column) {
  for (const json& l : entry(run, "thresholds"))
    if (l.at("level") == level) {
      auto figure = [&](const char* name) {
        const json& v = l.at(column).at(name);
        return v.is_null() ? std::numeric_limits<double>::infinity() : v.get<double>();
      };
      return {figure("compression_kPa"), figure("strain_percent")};
    }
  refuse(run.dir / "summary.json", "has no threshold of level " + std::to_string(level));
}

}  // namespace nerveload
