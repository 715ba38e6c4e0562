#include "postprocess/report/page_data.hpp"

#include <algorithm>
#include <cmath>

#include "postprocess/pictures/colours.hpp"
#include "postprocess/report/packer.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// Five significant digits: what a page shows and no more.
json five_digits(double v) {
  if (!std::isfinite(v)) return nullptr;
  if (v == 0.0) return 0.0;
  const double scale = std::pow(10.0, 4.0 - std::floor(std::log10(std::abs(v))));
  return std::round(v * scale) / scale;
}

json row_of(const HistoryRow& h) {
  return {{"step", h.step},
          {"phase", to_string(h.phase)},
          {"time_s", five_digits(h.time_s)},
          {"force_N", five_digits(h.force_N)},
          {"indentation_mm", five_digits(h.indentation_mm)},
          {"mean_pressure_kPa", five_digits(h.mean_pressure_kPa)},
          {"peak_compression_kPa", five_digits(h.compression.value)},
          {"peak_compression_at_mm", five_digits(h.compression.at_mm)},
          {"peak_strain_percent", five_digits(h.strain.value)},
          {"level", h.level}};
}

/// A column of the nerve's table; null where it means nothing outside the mesh.
json column_json(const NerveProfile& nerve, const NerveColumn& column) {
  json values = json::array();
  for (const NerveStation& s : nerve.stations) values.push_back(s.in_mesh || !column.needs_mesh ? five_digits(s.*column.value) : json(nullptr));
  return values;
}

json nerve_json(const Frame& frame) {
  json nerve = json::object();
  for (const NerveColumn& c : nerve_columns())
    for (const char* shown : {"compression_kPa", "compression_pose_kPa", "strain_percent", "tension_N", "flattening_percent",
                              "compression_utilisation", "tension_utilisation", "x_mm", "y_mm", "z_mm"})
      if (std::string(c.name) == shown) nerve[c.name] = column_json(frame.nerve, c);
  nerve["level"] = json::array();
  for (const NerveStation& s : frame.nerve.stations) nerve["level"].push_back(s.irritation_level);
  return nerve;
}

json stations_of(const RunFolder& run) {
  json s = {{"arc_length_mm", json::array()}, {"in_mesh", json::array()}, {"column", json::array()}};
  for (const NerveStation& n : run.frames.front().nerve.stations) {
    s["arc_length_mm"].push_back(five_digits(n.arc_length_mm));
    s["in_mesh"].push_back(n.in_mesh ? 1 : 0);
    s["column"].push_back(judged_column(run, n.arc_length_mm));
  }
  return s;
}

struct Box {
  std::array<double, 3> low{1e30, 1e30, 1e30}, high{-1e30, -1e30, -1e30};
};

Box model_box(const ModelSurfaces& model) {
  Box b;
  for (const ShownSurface& s : model.surfaces)
    for (const auto& xyz : s.xyz)
      for (std::size_t i = 0; i < xyz.size(); ++i) {
        b.low[i % 3] = std::min(b.low[i % 3], double(xyz[i]));
        b.high[i % 3] = std::max(b.high[i % 3], double(xyz[i]));
      }
  return b;
}

struct Extent {
  double low = 0.0, high = 0.0, top = 1.0;  ///< of all values; `top`: 99 % of them lie below, single cells do not set the scale
  bool there = false;
};

Extent extent_of(const ModelSurfaces& model, int field) {
  std::vector<float> all;
  for (const ShownSurface& s : model.surfaces)
    for (const auto& values : s.values[field]) all.insert(all.end(), values.begin(), values.end());
  if (all.empty()) return {};
  Extent e;
  const auto [low, high] = std::minmax_element(all.begin(), all.end());
  e.low = *low;
  e.high = *high;
  const auto at = all.begin() + static_cast<long>(0.99 * double(all.size() - 1));
  std::nth_element(all.begin(), at, all.end());
  e.top = std::max(1.0, double(*at));
  e.there = true;
  return e;
}

json surface_of(const ShownSurface& s, const Box& box, const Extent (&extents)[3], Packer& packer) {
  json surface = {{"name", s.name}, {"cut_mm", s.cut_mm}, {"triangles", packer.indices(s.triangles)}};
  if (!s.region.empty()) surface["region"] = packer.bytes(s.region);
  if (!s.side_mm.empty()) {
    const auto [low, high] = std::minmax_element(s.side_mm.begin(), s.side_mm.end());
    surface["side"] = {{"low", *low}, {"high", *high}, {"values", packer.quantised(s.side_mm, *low, *high)}};
  }
  if (!s.station.empty()) surface["station"] = packer.indices(s.station);
  surface["xyz"] = json::array();
  for (const auto& xyz : s.xyz) surface["xyz"].push_back(packer.quantised_points(xyz, box.low, box.high));
  surface["values"] = json::object();
  for (int f = 0; f < 3; ++f) {
    if (s.values[f].size() != s.xyz.size()) continue;
    json& frames = surface["values"][shown_fields[f].array] = json::array();
    for (const auto& values : s.values[f]) frames.push_back(packer.quantised(values, extents[f].low, extents[f].high));
  }
  return surface;
}

/// Words and colours of the regions, those of the pictures.
void add_region_looks(const std::vector<std::string>& names, json& m) {
  m["words"] = json::array();
  m["colours"] = json::array();
  for (const std::string& name : names) {
    std::string words = name;
    Colour colour{0.8, 0.7, 0.6};
    for (int t = 0; t < tissue_count; ++t)
      if (name == to_string(static_cast<Tissue>(t))) {
        words = tissue_words(static_cast<Tissue>(t));
        colour = tissue_colour(static_cast<Tissue>(t));
      }
    m["words"].push_back(words);
    m["colours"].push_back(colour);
  }
}

json model_of(const ModelSurfaces& model) {
  const Box box = model_box(model);
  Extent extents[3];
  json m = {{"low", box.low}, {"high", box.high}, {"displaced", model.displaced}, {"regions", model.region_names}, {"fields", json::array()}};
  for (int f = 0; f < 3; ++f) {
    extents[f] = extent_of(model, f);
    if (!extents[f].there) continue;
    m["fields"].push_back({{"name", shown_fields[f].array},
                           {"title", shown_fields[f].title},
                           {"unit", shown_fields[f].unit},
                           {"low", extents[f].low},
                           {"high", extents[f].high},
                           {"top", five_digits(extents[f].top)}});
  }
  add_region_looks(model.region_names, m);
  Packer packer;
  m["surfaces"] = json::array();
  for (const ShownSurface& s : model.surfaces) m["surfaces"].push_back(surface_of(s, box, extents, packer));
  m["packed"] = {{"bytes", packer.size()}, {"zlib", packer.base64()}};
  return m;
}

/// How a coarser mesh pressed on its way to the load: a finer one may have leapt there.
json led_of(const RunFolder& run) {
  json led = json::array();
  if (!run.summary.contains("coarser_meshes")) return led;
  for (const json& m : run.summary["coarser_meshes"])
    if (m.contains("pressing") && m["pressing"].size() >= 4) led.push_back({{"fidelity", m["fidelity"]}, {"pressing", m["pressing"]}});
  return led;
}

}  // namespace

json page_data(const RunFolder& run, const ModelSurfaces& model) {
  json data = {{"schema", 1}, {"name", run.summary["name"]}, {"side", run.summary["scenario"]["side"]}, {"governing", run.governing}};
  data["governing_station_mm"] = run.summary["verdict"].value("governing_at_mm", json(nullptr));
  data["levels"] = run.summary["thresholds"];
  data["history"] = json::array();
  for (const HistoryRow& h : run.history) data["history"].push_back(row_of(h));
  data["led_by"] = led_of(run);
  data["frames"] = json::array();
  for (const Frame& f : run.frames) {
    json frame = row_of(f.row);
    frame["nerve"] = nerve_json(f);
    data["frames"].push_back(std::move(frame));
  }
  data["stations"] = stations_of(run);
  data["model"] = model_of(model);
  return data;
}

std::string json_for_page(const json& data) {
  std::string safe;
  for (const char c : data.dump(-1, ' ', true)) {
    if (c == '<') safe += "\\u003c";
    else safe += c;
  }
  return safe;
}

}  // namespace nerveload
