#include "postprocess/pictures/response_pictures.hpp"

#include <vtkAxis.h>
#include <vtkColorTransferFunction.h>

#include <algorithm>
#include <cmath>

#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/chart.hpp"
#include "postprocess/pictures/pictures.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;
constexpr Colour curve_colour{0.05, 0.25, 0.55}, interval_colour{0.45, 0.62, 0.85}, point_colour{0.70, 0.70, 0.70}, total_colour{0.85, 0.55, 0.15};

Span span_of(const std::vector<const std::vector<double>*>& lists) {
  std::vector<double> all;
  for (const auto* list : lists) all.insert(all.end(), list->begin(), list->end());
  return span_with_room(all, 0.06, 0.1);
}

void draw_effects(const ResponseDrawing& d, const fs::path& path) {
  const int count = static_cast<int>(d.panels.size()), columns = count > 4 ? 3 : count > 1 ? 2 : 1, rows = (count + columns - 1) / columns;
  const double row_pixels = rows > 1 ? 365.0 : 450.0, tall_pixels = 171.0 + row_pixels * rows, pixel = 1.0 / tall_pixels;
  Canvas canvas(static_cast<int>(tall_pixels));
  std::vector<const std::vector<double>*> figures;
  for (const ResponsePanel& p : d.panels)
    for (const auto* list : {&p.low, &p.high, &p.mean, &p.points_y}) figures.push_back(list);
  const Span y = span_of(figures);
  std::vector<Chart> charts;  // they live until the sheet is saved
  charts.reserve(static_cast<std::size_t>(count));
  const double top = 1.0 - 108 * pixel, wide = 0.98 / columns, tall = row_pixels * pixel;
  for (int i = 0; i < count; ++i) {
    const ResponsePanel& p = d.panels[static_cast<std::size_t>(i)];
    const int column = i % columns, row = i / columns;
    const double x0 = 0.01 + wide * column, y1 = top - tall * row;
    Chart& chart = charts.emplace_back(canvas, std::array<double, 4>{x0, y1 - tall + 9 * pixel, x0 + wide - 0.01, y1}, p.input, d.figure);
    if (!p.points_x.empty()) chart.add({"computed", p.points_x, p.points_y, point_colour, 2.0f, false, true, 7.0f});
    chart.add({"low", p.x, p.low, interval_colour, 2.0f, true});
    chart.add({"high", p.x, p.high, interval_colour, 2.0f, true});
    chart.add({"mean", p.x, p.mean, curve_colour, 4.0f});
    chart.no_legend();
    const Span x = span_of({&p.x, &p.points_x});
    chart.range(vtkAxis::BOTTOM, x.low, x.high);
    chart.range(vtkAxis::LEFT, y.low, y.high);
  }
  canvas.text(0.02, 1.0 - 40 * pixel, d.title + ": what each input does on its own", 26, Canvas::Align::left, ink, true);
  canvas.text(0.02, 1.0 - 79 * pixel, "line: mean over all other inputs; dashed: 95 % interval of it; grey: computed points", 18);
  canvas.text(0.02, 27 * pixel, d.note, 16);
  canvas.save(path);
}

void draw_indices(const ResponseDrawing& d, const fs::path& path) {
  const double row_pixels = 84.0, tall = 190.0 + row_pixels * double(d.indices.size()), pixel = 1.0 / tall;
  Canvas canvas(static_cast<int>(tall));
  constexpr double from = 0.30, to = 0.93;
  double most = 1.0;
  for (const IndexBar& b : d.indices) most = std::max({most, b.total_high, b.first_high});
  auto place = [&](double v) { return from + (to - from) * std::clamp(v, 0.0, most) / most; };
  auto bar = [&](double y, double value, double low, double high, const Colour& colour) {
    canvas.rectangle({from, y - 12 * pixel, std::max(place(value), from + 0.001), y + 12 * pixel}, colour);
    canvas.line(place(low), y, place(high), y, ink, 2.5);
    for (const double end : {low, high}) canvas.line(place(end), y - 7 * pixel, place(end), y + 7 * pixel, ink, 2.5);
  };
  canvas.text(0.02, 1.0 - 34 * pixel, d.title + ": what its variation comes from", 26, Canvas::Align::left, ink, true);
  canvas.key(0.30, 1.0 - 74 * pixel, {{curve_colour, "Sobol' index of first order: the input alone"}});
  canvas.key(0.62, 1.0 - 74 * pixel, {{total_colour, "total index: with all that it does together with others"}});
  double y = 1.0 - (110.0 + 0.5 * row_pixels) * pixel;
  for (const IndexBar& b : d.indices) {
    canvas.text(from - 0.012, y, b.input, 19, Canvas::Align::right);
    bar(y + 15 * pixel, b.first, b.first_low, b.first_high, curve_colour);
    bar(y - 15 * pixel, b.total, b.total_low, b.total_high, total_colour);
    y -= row_pixels * pixel;
  }
  const double axis = 62 * pixel;
  canvas.line(from, axis, to, axis, ink, 1.5);
  const std::vector<double> ticks = round_ticks(0.0, most, 5);
  for (const double t : ticks) {
    canvas.line(place(t), axis - 6 * pixel, place(t), axis, ink, 1.5);
    canvas.text(place(t), axis - 18 * pixel, tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 17, Canvas::Align::centre);
  }
  canvas.text(0.02, 18 * pixel, "share of the variance, with 95 % intervals; " + d.indices_note, 16);
  canvas.save(path);
}

void draw_map(const ResponseDrawing& d, const ResponseMap& m, const fs::path& path) {
  Canvas canvas;
  constexpr double x0 = 0.12, x1 = 0.90, y0 = 0.26, y1 = 0.88;
  double low = m.value[0][0], high = low;
  for (const auto& row : m.value)
    for (const double v : row) low = std::min(low, v), high = std::max(high, v);
  if (!(high > low)) high = low + 1.0;
  const auto colours = even_colours(low, high);
  const std::size_t columns = m.x.size(), rows = m.y.size();
  for (std::size_t j = 0; j < rows; ++j)
    for (std::size_t i = 0; i < columns; ++i) {
      Colour c;
      colours->GetColor(m.value[j][i], c.data());
      canvas.rectangle({x0 + (x1 - x0) * double(i) / double(columns), y0 + (y1 - y0) * double(j) / double(rows),
                        x0 + (x1 - x0) * double(i + 1) / double(columns) + 0.0005, y0 + (y1 - y0) * double(j + 1) / double(rows) + 0.0005},
                       c);
    }
  // Values stand in the middle of their cells.
  auto along = [](const std::vector<double>& at, double v) {
    const double n = double(at.size()), step = (at.back() - at.front()) / (n - 1.0);
    return ((v - at.front()) / step + 0.5) / n;
  };
  auto ticks = [&](const std::vector<double>& at, bool horizontal) {
    const std::vector<double> all = round_ticks(at.front(), at.back(), 6);
    for (const double t : all) {
      const std::string words = tick_text(t, all.size() > 1 ? all[1] - all[0] : 1.0);
      const double place = along(at, t);
      if (horizontal) {
        const double x = x0 + (x1 - x0) * place;
        canvas.line(x, y0 - 0.008, x, y0, ink, 1.5);
        canvas.text(x, y0 - 0.028, words, 18, Canvas::Align::centre);
      } else {
        const double y = y0 + (y1 - y0) * place;
        canvas.line(x0 - 0.005, y, x0, y, ink, 1.5);
        canvas.text(x0 - 0.01, y, words, 18, Canvas::Align::right);
      }
    }
  };
  ticks(m.x, true);
  ticks(m.y, false);
  for (std::size_t i = 0; i < m.points_x.size(); ++i) {
    const double x = along(m.x, m.points_x[i]), y = along(m.y, m.points_y[i]);
    if (x < 0.0 || x > 1.0 || y < 0.0 || y > 1.0) continue;
    const double cx = x0 + (x1 - x0) * x, cy = y0 + (y1 - y0) * y;
    canvas.rectangle({cx - 3.0 / Canvas::width, cy - 3.0 / Canvas::height, cx + 3.0 / Canvas::width, cy + 3.0 / Canvas::height}, paper);
  }
  canvas.text(0.5 * (x0 + x1), y0 - 0.065, m.x_input, 20, Canvas::Align::centre);
  canvas.text(x0, y1 + 0.025, m.y_input + " (upwards)", 20);
  canvas.colour_bar({0.30, 0.105, 0.72, 0.13}, low, high, d.figure, {});
  canvas.text(0.02, 0.965, d.title + ": the two inputs that matter most", 26, Canvas::Align::left, ink, true);
  canvas.text(0.02, 0.015, "mean over all other inputs by the surrogate; white: computed points; " + d.note, 15);
  canvas.save(path);
}

}  // namespace

std::string draw_responses(const std::vector<std::pair<std::string, ResponseDrawing>>& drawings, const fs::path& dir) {
  return draw_apart([&] {
    for (const auto& [stem, d] : drawings) {
      if (!d.panels.empty()) draw_effects(d, dir / (stem + "_effects.png"));
      if (!d.indices.empty()) draw_indices(d, dir / (stem + "_indices.png"));
      for (const ResponseMap& m : d.maps) draw_map(d, m, dir / (stem + "_map.png"));
    }
  });
}

}  // namespace nerveload
