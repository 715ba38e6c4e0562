#include "postprocess/pictures/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "postprocess/files.hpp"
#include "postprocess/pictures/apart.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/drawings.hpp"
#include "postprocess/pictures/virtual_display.hpp"

namespace nerveload {
namespace fs = std::filesystem;

double compression_scale(const Results& r) {
  double top = r.ladder.compression_kPa(2, governing_column(r), r.context.hold_min);
  for (const ResultStep& s : r.steps) top = std::max(top, peak_of(s.nerve, &NerveStation::compression_kPa).value);
  return 1.05 * top;
}

LadderColumn governing_column(const Results& r) { return column_at(r.verdict.governing_at_mm, r.ladder, r.context); }

std::string headline(const Results& r) {
  const NerveProfile& p = r.steps[r.governing_step].nerve;
  const Peak kPa = peak_of(p, &NerveStation::compression_kPa), strain = peak_of(p, &NerveStation::strain_percent);
  std::string text = "level " + std::to_string(r.verdict.level) + ", " + r.verdict.level_name;
  text += ": nerve pressed by " + tick_text(kPa.value, 0.1) + " kPa, stretched by " + tick_text(strain.value, 0.1) + " %";
  if (r.fidelity == "coarse") text += " (preview on a coarse mesh)";
  if (!r.complete) text += " (the run is incomplete)";
  return text;
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

PictureReport draw_pictures(const Results& results, const fs::path& dir) {
  std::vector<std::pair<const char*, void (*)(const Results&, const fs::path&)>> drawings = {
      {"scene.png", draw_scene}, {"section.png", draw_section}, {"nerve_profile.png", draw_nerve_profile}, {"history.png", draw_history}};
  if (results.uncertainty) drawings.emplace_back("tornado.png", draw_tornado);
  auto draw_all = [&] {
    for (const auto& [name, draw] : drawings) draw(results, dir / name);
  };
  PictureReport report;
  report.reason = draw_apart(draw_all);
  std::error_code ignored;
  for (const auto& [name, draw] : drawings) {
    if (report.reason.empty()) report.written.push_back(dir / name);
    else fs::remove(dir / name, ignored);  // all or none
  }
  return report;
}

}  // namespace nerveload
