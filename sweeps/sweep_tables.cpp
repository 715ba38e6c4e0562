#include "sweeps/sweep_tables.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "postprocess/files.hpp"
#include "postprocess/nerve_file.hpp"
#include "sweeps/csv_reader.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

using json = nlohmann::ordered_json;

std::string cell_of(const json& v) {
  if (v.is_null()) return {};
  if (v.is_string()) return csv_cell(v.get<std::string>());
  if (v.is_number_float()) return number_text(v.get<double>());
  return v.dump();
}

/// Writes a text file row by row, whole or not at all.
template <class Fill>
void write_rows(const fs::path& file, Fill&& fill) {
  write_whole(file, [&](const fs::path& beside) {
    std::ofstream out(beside, std::ios::binary);
    fill(out);
    out.close();
    if (!out) throw OutputError("cannot write '" + file.string() + "'");
  });
}

void write_csv(const SweepStore& store, const fs::path& file) {
  const std::vector<std::string> figures = store.figure_names();
  write_rows(file, [&](std::ostream& out) {
    out << "point";
    for (const std::string& key : store.head().keys) out << ',' << csv_cell(key);
    out << ",status";
    for (const std::string& name : figures) out << ',' << csv_cell(name);
    out << ",wall_s,cpu_s,led,scenario_sha256,version,reason\n";
    store.visit([&](const StoredPoint& p) {
      const json inputs = json::parse(p.inputs), values = json::parse(p.figures);
      out << p.number;
      for (const std::string& key : store.head().keys) out << ',' << cell_of(inputs.value(key, json()));
      out << ',' << p.status;
      for (const std::string& name : figures) out << ',' << cell_of(values.value(name, json()));
      out << ',' << number_text(p.wall_s) << ',' << number_text(p.cpu_s) << ',' << (p.led ? 1 : 0) << ',' << p.scenario_sha256 << ','
          << csv_cell(p.version) << ',' << csv_cell(p.reason) << '\n';
      return static_cast<bool>(out);
    });
  });
}

void write_jsonl(const SweepStore& store, const fs::path& file) {
  write_rows(file, [&](std::ostream& out) {
    store.visit([&](const StoredPoint& p) {
      json line = {{"point", p.number}, {"inputs", json::parse(p.inputs)}, {"status", p.status}, {"figures", json::parse(p.figures)}};
      if (!p.profile.empty()) line["nerve_profile"] = json::parse(p.profile);
      line["wall_s"] = p.wall_s;
      line["cpu_s"] = p.cpu_s;
      line["led"] = p.led;
      line["scenario_sha256"] = p.scenario_sha256;
      line["version"] = p.version;
      if (!p.reason.empty()) line["reason"] = p.reason;
      out << line.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
      return static_cast<bool>(out);
    });
  });
}

/// The nerve of each point, under the point's number as time.
void write_series(const SweepStore& store, const fs::path& dir) {
  std::vector<NerveFile> files;
  store.visit([&](const StoredPoint& p) {
    if (p.status != "complete" || p.profile.empty()) return true;
    std::map<std::string, std::vector<double>> columns;
    const json profile = json::parse(p.profile);
    for (const auto& [name, values] : profile.items())
      for (const json& v : values) columns[name].push_back(v.is_null() ? std::numeric_limits<double>::quiet_NaN() : v.get<double>());
    char name[40];
    std::snprintf(name, sizeof name, "points/%06lld.vtp", static_cast<long long>(p.number));
    std::map<std::string, double> single;
    const json inputs = json::parse(p.inputs), figures = json::parse(p.figures);
    for (const json* object : {&inputs, &figures})
      for (const auto& [key, value] : object->items())
        if (value.is_number()) single[key] = value.get<double>();
    write_nerve_file(columns, single, double(p.number), dir / name);
    files.push_back({name, double(p.number)});
    return true;
  });
  if (!files.empty()) write_nerve_series(files, dir / "sweep.pvd");
}

}  // namespace

std::string write_tables(const SweepStore& store, const fs::path& dir) {
  write_csv(store, dir / "results.csv");
  write_jsonl(store, dir / "results.jsonl");
  clear_output(dir, {"sweep.pvd", "points"});  // a sweep that has grown too large had them, or a point that no longer is complete
  auto counts = store.counts();
  if (counts["complete"] > most_paraview_points)
    return "no sweep.pvd: it is written for at most " + std::to_string(most_paraview_points) + " points (their profiles are in results.jsonl)";
  write_series(store, dir);
  return {};
}

}  // namespace nerveload
