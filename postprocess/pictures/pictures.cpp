#include "postprocess/pictures/pictures.hpp"

#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <future>

#include "postprocess/files.hpp"
#include "postprocess/pictures/apart.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/drawings.hpp"
#include "postprocess/pictures/virtual_display.hpp"
#include "postprocess/uncertainty_json.hpp"
#include "postprocess/vtk_reader.hpp"

namespace nerveload {
namespace fs = std::filesystem;

double compression_scale(const RunFolder& run) {
  double top = level_figures(run, 2, governing_column(run)).compression_kPa;
  for (const HistoryRow& h : run.history) top = std::max(top, h.compression.value);
  return 1.05 * top;
}

std::string governing_column(const RunFolder& run) { return judged_column(run, summary_number(run, "verdict.governing_at_mm")); }

std::string headline(const RunFolder& run) {
  std::string text = "level " + tick_text(summary_number(run, "verdict.level"), 1.0) + ", " + summary_text(run, "verdict.level_name");
  text += ": nerve pressed by " + tick_text(summary_number(run, "nerve.peak_compression_kPa"), 0.1) + " kPa, stretched by " +
          tick_text(summary_number(run, "nerve.peak_strain_percent"), 0.1) + " %";
  if (run.summary.value("preview", false)) text += " (preview on a coarse mesh)";
  if (summary_text(run, "status") != "complete") text += " (the run is incomplete)";
  return text;
}

Vec3 up_from_the_floor(const RunFolder& run) {
  if (!run.has_roller()) return Vec3::UnitZ();
  const fs::path& file = run.governing_frame().roller;
  Vec3 up;
  needed_array(*read_surface(file)->GetFieldData(), "direction", 3, 1, file).GetTuple(0, up.data());
  // Seen from the side: what of it points to the side does not count.
  up -= up.dot(run.outwards()) * run.outwards();
  return up.norm() > 0.1 ? Vec3(up.normalized()) : Vec3(Vec3::UnitZ());
}

LimbAxes limb_axes(const RunFolder& run) {
  const NerveStation *from = nullptr, *to = nullptr;
  for (const NerveStation& s : run.frames.front().nerve.stations) {
    if (!s.in_mesh) continue;
    if (!from || std::abs(s.arc_length_mm) < std::abs(from->arc_length_mm)) from = &s;
    to = &s;
  }
  LimbAxes a{-Vec3::UnitZ(), run.outwards(), Vec3::UnitY()};
  if (to != from) a.distal = (to->position - from->position).normalized();
  a.lateral = (a.lateral - a.lateral.dot(a.distal) * a.distal).normalized();
  a.posterior = a.lateral.cross(a.distal);
  if (run.summary["scenario"]["side"] == "right") a.posterior = -a.posterior;  // the written frame of a right leg is a mirror image
  return a;
}

std::string draw_apart(const std::function<void()>& draw) {
  constexpr std::chrono::seconds limit(180);
  std::string reason = "Xvfb is not installed or does not start";
  if (const auto display = VirtualDisplay::start()) reason = run_apart(display->name(), draw, limit);
  const char* screen = std::getenv("DISPLAY");
  if (reason.empty() || !screen || !*screen) return reason;
  const std::string there = run_apart(screen, draw, limit);
  return there.empty() ? there : reason + "; on the display " + screen + ": " + there;
}

namespace {

/// Why the tissue's fields do not make pictures; empty = they do.
std::string lacking_fields(const RunFolder& run) {
  const fs::path& file = run.governing_frame().tissue;
  const auto grid = read_grid(file);
  for (const bool there : {grid->GetPointData()->HasArray("displacement_mm") != 0, grid->GetCellData()->HasArray("cauchy_stress_kPa") != 0})
    if (!there) return "'" + file.string() + "' has no displacement_mm or no cauchy_stress_kPa (output.fields)";
  return {};
}

}  // namespace

PictureStyle picture_style_of(const RunFolder& run) {
  const auto word = run.summary["scenario"].value("picture_style", std::string("light"));
  for (const PictureStyle style : {PictureStyle::light, PictureStyle::dark, PictureStyle::both})
    if (word == to_string(style)) return style;
  throw OutputError("'" + (run.dir / "summary.json").string() + "' is damaged or from another version: \"scenario.picture_style\" is '" + word + "'");
}

PictureReport draw_pictures(const RunFolder& run, const fs::path& dir, PictureStyle style) {
  std::vector<std::pair<std::string, void (*)(const RunFolder&, const Look&, const fs::path&)>> drawings = {
      {"scene", draw_scene}, {"section", draw_section}, {"nerve_profile", draw_nerve_profile}, {"history", draw_history}};
  if (uncertainty_from_json(run.summary)) drawings.emplace_back("tornado", draw_tornado);
  std::vector<const Look*> looks;
  if (style != PictureStyle::dark) looks.push_back(&light_look());
  if (style != PictureStyle::light) looks.push_back(&dark_look());
  auto file = [&](const std::string& name, const Look& look) { return dir / (name + look.file_ending + ".png"); };
  auto draw_all = [&](const Look* look) {
    return draw_apart([&drawings, &run, &file, look] {
      for (const auto& [name, draw] : drawings) draw(run, *look, file(name, *look));
    });
  };
  PictureReport report;
  report.reason = lacking_fields(run);
  if (!report.reason.empty()) return report;
  // Side by side, a process each.
  std::vector<std::future<std::string>> others;
  for (std::size_t i = 1; i < looks.size(); ++i) others.push_back(std::async(std::launch::async, draw_all, looks[i]));
  report.reason = draw_all(looks.front());
  for (auto& other : others)
    if (const std::string reason = other.get(); report.reason.empty()) report.reason = reason;
  std::error_code ignored;
  for (const Look* look : {&light_look(), &dark_look()})
    for (const auto& [name, draw] : drawings) {
      const bool wanted = std::find(looks.begin(), looks.end(), look) != looks.end();
      if (report.reason.empty() && wanted) report.written.push_back(file(name, *look));
      else fs::remove(file(name, *look), ignored);  // all or none
    }
  return report;
}

}  // namespace nerveload
