#include <vtkAxis.h>

#include <algorithm>
#include <cmath>

#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/chart.hpp"
#include "postprocess/pictures/drawings.hpp"

namespace nerveload {
namespace {

/// Room for the curves and for the level next above them, with a margin.
Span vertical_span(double low, double peak, const std::vector<double>& levels) {
  double high = peak;
  for (const double l : levels)
    if (l > peak) {
      high = l;
      break;
    }
  if (!(high > 0.0)) high = 1.0;
  return {std::min(0.0, 1.1 * low), 1.15 * high};
}

/// The levels along the nerve: constant but for where another column of the ladder holds.
void add_levels(Chart& chart, const RunFolder& run, const Look& look, const std::vector<double>& stations, bool compression, double top) {
  for (int k = 1; k <= 3; ++k) {
    Curve c{level_name(run, k) + " level", {}, {}, look.level(k), 2.5f, true};
    c.pattern = k - 1;
    for (std::size_t i = 0; i < stations.size(); ++i) {
      const LevelFigures level = level_figures(run, k, judged_column(run, stations[i]));
      const double v = compression ? level.compression_kPa : level.strain_percent;
      if (!c.y.empty() && c.y.back() != v) {  // a step, not a slope
        c.x.push_back(stations[i]);
        c.y.push_back(c.y.back());
      }
      c.x.push_back(stations[i]);
      c.y.push_back(v);
    }
    if (*std::min_element(c.y.begin(), c.y.end()) < top) chart.add(c);
  }
}

std::vector<double> levels_at(const RunFolder& run, const std::string& column, bool compression) {
  std::vector<double> v;
  for (int k = 1; k <= 3; ++k)
    v.push_back(compression ? level_figures(run, k, column).compression_kPa : level_figures(run, k, column).strain_percent);
  return v;
}

}  // namespace

void draw_nerve_profile(const RunFolder& run, const Look& look, const std::filesystem::path& path) {
  const auto& stations = run.governing_frame().nerve.stations;
  const std::string column = governing_column(run);
  auto curve = [&](const std::string& name, double NerveStation::*value, bool mesh_only, const Colour& colour, float width) {
    Curve c{name, {}, {}, colour, width, false};
    for (const NerveStation& s : stations)
      if (s.in_mesh || !mesh_only) {
        c.x.push_back(s.arc_length_mm);
        c.y.push_back(s.*value);
      }
    return c;
  };
  auto lowest = [](const Curve& c) { return *std::min_element(c.y.begin(), c.y.end()); };
  auto highest = [](const Curve& c) { return *std::max_element(c.y.begin(), c.y.end()); };

  Canvas canvas(Canvas::height, look);
  const std::string along = "place along the nerve (mm; 0 = level of the sitting bone, negative = above, positive = towards the knee)";
  const Curve total = curve("pressure on the nerve", &NerveStation::compression_kPa, true, look.curve, 4.0f);
  const Curve pose = curve("of it without the roller", &NerveStation::compression_pose_kPa, true, look.side_curve, 2.0f);
  const Curve strain = curve("stretch of the nerve", &NerveStation::strain_percent, false, look.curve, 4.0f);
  Chart upper(canvas, {0.01, 0.48, 0.99, 0.89}, along, "pressure (kPa)");
  Chart lower(canvas, {0.01, 0.04, 0.99, 0.45}, along, "stretch beyond rest (%)");
  const Span p = vertical_span(std::min(lowest(total), lowest(pose)), std::max(highest(total), highest(pose)), levels_at(run, column, true));
  const Span e = vertical_span(lowest(strain), highest(strain), levels_at(run, column, false));
  upper.add(total);
  if (run.has_roller()) upper.add(pose);
  lower.add(strain);
  add_levels(upper, run, look, total.x, true, p.high);
  add_levels(lower, run, look, strain.x, false, e.high);
  upper.range(vtkAxis::BOTTOM, total.x.front(), total.x.back());
  upper.range(vtkAxis::LEFT, p.low, p.high);
  lower.range(vtkAxis::BOTTOM, strain.x.front(), strain.x.back());
  constexpr double slackest = -5.0;  // %; how slack a slack nerve is does not matter, and would squeeze the rest
  lower.range(vtkAxis::LEFT, std::max(e.low, slackest), e.high);
  canvas.text(0.02, 0.965, "The nerve along its path, against the levels that count: " + summary_text(run, "name"), 28, Canvas::Align::left, look.ink,
              true);
  canvas.text(0.02, 0.922, headline(run), 22);
  canvas.text(0.02, 0.02, "Levels come from published experiments; this is research and teaching, not medical advice.", 15);
  canvas.save(path);
}

void draw_history(const RunFolder& run, const Look& look, const std::filesystem::path& path) {
  const ResultStep::Phase last_phase = run.history.back().phase;
  const bool stroke = last_phase == ResultStep::Phase::stroke, timed = stroke || last_phase == ResultStep::Phase::hold;
  const bool pressed = std::any_of(run.history.begin(), run.history.end(), [](const HistoryRow& h) { return h.phase == ResultStep::Phase::press; });
  Curve force{"force on the roller", {}, {}, look.curve, 4.0f, false}, nerve{"largest pressure on the nerve", {}, {}, look.curve, 4.0f, false};
  for (const HistoryRow& s : run.history) {
    if ((timed || pressed) && s.phase == ResultStep::Phase::reference) continue;
    if (timed && pressed && s.phase == ResultStep::Phase::pose) continue;
    const double x = timed ? s.time_s : pressed ? s.indentation_mm : s.time_s;
    force.x.push_back(x);
    force.y.push_back(s.force_N);
    nerve.x.push_back(x);
    nerve.y.push_back(s.compression.value);
  }
  if (force.x.size() == 1) {  // a line needs two ends
    for (Curve* c : {&force, &nerve}) {
      c->x.push_back(c->x.back() + 1.0);
      c->y.push_back(c->y.back());
    }
  }
  // A finer mesh leaps from the touch to the load: a line between the two would be an invented history. The coarser one that led it there
  // has one.
  force.points_only = nerve.points_only = force.x.size() < 4;
  Curve coarser_force{"", {}, {}, look.side_curve, 2.0f}, coarser_nerve = coarser_force;
  const auto coarser = run.summary.value("coarser_meshes", nlohmann::ordered_json::array());
  const auto led = std::find_if(coarser.begin(), coarser.end(), [](const auto& m) { return m.contains("pressing") && m["pressing"].size() >= 4; });
  if (force.points_only && pressed && !timed && led != coarser.end()) {
    coarser_force.name = coarser_nerve.name = "the same on the " + (*led)["fidelity"].get<std::string>() + " mesh";
    for (const auto& state : (*led)["pressing"]) {
      coarser_force.x.push_back(state.at(0));
      coarser_nerve.x.push_back(state.at(0));
      coarser_force.y.push_back(state.at(1));
      coarser_nerve.y.push_back(state.at(2));
    }
  }
  const std::string along = timed     ? std::string("time (s): the load comes on, then the ") + (stroke ? "stroke" : "hold")
                            : pressed ? "how far the roller is pressed in (mm)"
                                      : "share of the pose";
  const auto [first, last] = std::minmax_element(force.x.begin(), force.x.end());
  const std::string column = governing_column(run);
  const std::vector<double> levels = levels_at(run, column, true);
  const double most_force = *std::max_element(force.y.begin(), force.y.end());
  const double most = *std::max_element(nerve.y.begin(), nerve.y.end()), least = *std::min_element(nerve.y.begin(), nerve.y.end());

  Canvas canvas(Canvas::height, look);
  Chart upper(canvas, {0.01, 0.48, 0.99, 0.89}, along, "force (N)");
  Chart lower(canvas, {0.01, 0.04, 0.99, 0.45}, along, "pressure (kPa)");
  if (last_phase != ResultStep::Phase::hold) {  // what is held is highest at first
    upper.legend_left();
    lower.legend_left();
  }
  upper.add(force);
  if (!coarser_force.x.empty()) {
    upper.add(coarser_force);
    lower.add(coarser_nerve);
  }
  upper.range(vtkAxis::LEFT, 0.0, most_force > 0.0 ? 1.15 * most_force : 1.0);
  const Span p = vertical_span(least, most, levels);
  lower.add(nerve);
  for (int k = 1; k <= 3; ++k)
    if (levels[k - 1] < p.high)
      lower.add({level_name(run, k) + " level", {*first, *last}, {levels[k - 1], levels[k - 1]}, look.level(k), 2.5f, true, false, 14.0f, k - 1});
  lower.range(vtkAxis::LEFT, p.low, p.high);
  const double margin = force.points_only ? 0.03 * (*last - *first) : 0.0;  // whole marks at the ends
  upper.range(vtkAxis::BOTTOM, *first - margin, *last + margin);
  lower.range(vtkAxis::BOTTOM, *first - margin, *last + margin);
  canvas.text(0.02, 0.965,
              std::string(stroke  ? "The stroke of the roller"
                          : timed ? "While the load is held"
                                  : "While the load comes on") +
                  ": " + summary_text(run, "name"),
              28, Canvas::Align::left, look.ink, true);
  canvas.text(0.02, 0.922, headline(run), 22);
  canvas.text(0.02, 0.02, "Levels come from published experiments; this is research and teaching, not medical advice.", 15);
  canvas.save(path);
}

}  // namespace nerveload
