/// What the uncertain parameters do to pressure and strain: bars either side of the computed figure, the longest at the top.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "postprocess/headline_figures.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/drawings.hpp"
#include "postprocess/uncertainty_json.hpp"

namespace nerveload {
namespace {

constexpr std::size_t most_rows = 11;
constexpr double top = 0.80, bottom = 0.16;

struct Panel {
  Headline figure;
  std::string title;
  double title_from, names_to, from, to;  ///< its left edge, where its names end, and its axis, as shares of the sheet
};

/// Two or three digits, which is more than such a number deserves.
std::string rough_words(double v) {
  char text[32];
  std::snprintf(text, sizeof text, std::abs(v) < 10.0 ? "%.2g" : "%.3g", v);
  return text;
}

/// "subject.fat_thickness_mm" as "fat thickness 8 ± 3.2 mm", a tissue's with its name.
std::string contribution_words(const Contribution& c) {
  const std::string& key = c.key;
  const std::size_t dot = key.rfind('.');
  std::string table = key.substr(0, dot), name = key.substr(dot + 1), unit;
  if (table.starts_with("materials.")) table = table.substr(10);
  for (const char* suffix : {"mm", "kPa", "MPa", "percent", "deg", "N", "kPa_per_mm", "N_per_mm"})
    if (name.ends_with(std::string("_") + suffix)) unit = suffix;
  if (!unit.empty()) name = name.substr(0, name.size() - unit.size() - 1);
  std::string text = table == "subject" || table == "roller" || table == "load" || table == "condition" ? name : table + ": " + name;
  std::replace(text.begin(), text.end(), '_', ' ');
  if (const std::size_t per = unit.find("_per_"); per != std::string::npos) unit.replace(per, 5, "/");
  if (unit == "percent") unit = "%";
  return text + " " + rough_words(c.value) + " ± " + rough_words(c.spread) + (unit.empty() ? "" : " " + unit);
}

void draw_panel(Canvas& canvas, const Uncertainty& u, const Panel& panel) {
  const Look& look = canvas.look();
  std::vector<const Contribution*> rows;
  for (const Contribution& c : u.contributions) rows.push_back(&c);
  std::stable_sort(rows.begin(), rows.end(), [&](const Contribution* a, const Contribution* b) {
    return std::abs(a->effect[panel.figure]) > std::abs(b->effect[panel.figure]);
  });
  rows.resize(std::min(rows.size(), most_rows));
  while (rows.size() > 1 && std::abs(rows.back()->effect[panel.figure]) < 0.01 * std::abs(rows.front()->effect[panel.figure])) rows.pop_back();
  const Interval& figure = u.figures[panel.figure];
  double reach = 0.0;
  for (const Contribution* c : rows) reach = std::max(reach, std::abs(c->effect[panel.figure]));
  if (!(reach > 0.0)) reach = std::max(1e-6, 0.1 * std::abs(figure.value));
  auto place = [&](double effect) { return 0.5 * (panel.from + panel.to) + 0.5 * (panel.to - panel.from) * effect / (1.05 * reach); };
  canvas.text(panel.title_from, top + 0.05, panel.title, 20, Canvas::Align::left, look.ink, true);
  const double step = (top - bottom) / double(most_rows), half = 0.32 * step;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double y = top - (double(i) + 0.5) * step, effect = rows[i]->effect[panel.figure];
    canvas.text(panel.names_to, y, contribution_words(*rows[i]), 16, Canvas::Align::right);
    canvas.rectangle({place(std::min(0.0, effect)), y - half, place(std::max(0.0, effect)), y + half}, look.more);
    canvas.rectangle({place(std::min(0.0, -effect)), y - half, place(std::max(0.0, -effect)), y + half}, look.less);
  }
  canvas.line(panel.from, bottom, panel.to, bottom, look.frame, 1.5);
  canvas.line(place(0.0), bottom, place(0.0), top, look.ink, 1.5);
  const std::vector<double> ticks = round_ticks(figure.value - reach, figure.value + reach, 5);
  for (const double t : ticks) {
    canvas.line(place(t - figure.value), bottom, place(t - figure.value), bottom - 0.008, look.frame, 1.5);
    canvas.text(place(t - figure.value), bottom - 0.03, tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 16, Canvas::Align::centre);
  }
}

}  // namespace

void draw_tornado(const RunFolder& run, const Look& look, const std::filesystem::path& path) {
  const Uncertainty u = uncertainty_from_json(run.summary).value();
  Canvas canvas(Canvas::height, look);
  canvas.text(0.02, 0.94, summary_text(run, "name") + ": what is uncertain, and what it does", 24, Canvas::Align::left, look.ink, true);
  auto range = [&](Headline h) {
    return rough_words(u.figures[h].value) + " (" + rough_words(u.figures[h].low) + " to " + rough_words(u.figures[h].high) + ")";
  };
  draw_panel(canvas, u, {headline_compression, "pressure on the nerve, kPa: " + range(headline_compression), 0.02, 0.30, 0.31, 0.50});
  draw_panel(canvas, u, {headline_strain, "stretch of the nerve, %: " + range(headline_strain), 0.53, 0.80, 0.81, 0.985});
  canvas.key(0.02, 0.085, {{look.more, "parameter greater by one standard deviation"}, {look.less, "less by as much"}});
  canvas.text(0.36, 0.07, "smoothed peaks; in brackets the range that holds nine tenths, all parameters together, first order", 16,
              Canvas::Align::left, look.quiet);
  canvas.save(path);
}

}  // namespace nerveload
