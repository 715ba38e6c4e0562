/// Maps of the envelope: positions across, hip angles upwards, one for every roller and knee angle.
#include <algorithm>
#include <array>
#include <cmath>

#include "postprocess/envelope_results.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/pictures.hpp"

namespace nerveload {
namespace {

constexpr Colour safe_colour{0.0, 0.62, 0.45};  ///< bluish green of the palette that is told apart with any kind of colour blindness
constexpr Colour failed_colour{1.0, 1.0, 1.0};
/// From the force that is reached soonest to the greatest: dark red over orange to pale; lightness alone tells them apart.
constexpr std::array<Colour, 4> force_colours{{{0.29, 0.05, 0.16}, {0.70, 0.13, 0.15}, {0.96, 0.55, 0.22}, {0.99, 0.89, 0.72}}};

constexpr double left = 0.095, right = 0.985, bottom = 0.30, top = 0.85;

Colour force_colour(double part) {
  const double at = std::clamp(part, 0.0, 1.0) * (force_colours.size() - 1);
  const std::size_t k = std::min<std::size_t>(force_colours.size() - 2, static_cast<std::size_t>(at));
  Colour c;
  for (int i = 0; i < 3; ++i) c[i] = force_colours[k][i] + (at - double(k)) * (force_colours[k + 1][i] - force_colours[k][i]);
  return c;
}

Colour words_on(const Colour& ground) { return 0.3 * ground[0] + 0.59 * ground[1] + 0.11 * ground[2] > 0.5 ? ink : paper; }

using Rectangle = std::array<double, 4>;

/// Parallel lines across a rectangle, rising or falling.
void hatch(Canvas& canvas, const Rectangle& r, bool rising, const Colour& colour) {
  constexpr double apart = 16.0;  // pixels
  const double w = (r[2] - r[0]) * Canvas::width, h = (r[3] - r[1]) * Canvas::height;
  const int lines = static_cast<int>(std::ceil((w + h) / apart - 0.5));
  for (int i = 0; i < lines; ++i) {
    const double start = (i + 0.5) * apart - h;
    const double x0 = std::max(0.0, start), x1 = std::min(w, start + h);
    if (x1 - x0 < 1.0) continue;
    const auto x = [&](double v) { return r[0] + v / Canvas::width; };
    const auto y = [&](double v) { return rising ? r[1] + (v - start) / Canvas::height : r[3] - (v - start) / Canvas::height; };
    canvas.line(x(x0), y(x0), x(x1), y(x1), colour, 1.2);
  }
}

class Map {
 public:
  Map(const Envelope& e, const std::string& roller, double knee) : e_(e), roller_(roller), knee_(knee) {
    for (const EnvelopePoint& p : e.points) top_N_ = std::max(top_N_, p.critical_force_N.value_or(0.0));
    constexpr double step_N = 50.0;  // one scale for all maps of an envelope
    top_N_ = std::max(1.0, std::ceil(top_N_ / step_N)) * step_N;
  }

  void draw(const std::filesystem::path& path) {
    Canvas canvas;
    canvas.text(0.02, 0.96, "How hard may the roller press before the " + e_.level_name + " level? " + e_.name, 24, Canvas::Align::left, ink, true);
    canvas.text(0.02, 0.915,
                roller_ + " roller, knee bent by " + rounded(knee_, "%g") + " degrees, " + (e_.healthy ? "healthy nerve" : "nerve not healthy") +
                    "; numbers: force in N and share of body weight (" + e_.fidelity + " mesh)",
                19);
    for (const EnvelopePoint& p : e_.points)
      if (p.roller == roller_ && p.knee_flexion_deg == knee_) draw_cell(canvas, p);
    draw_axes(canvas);
    draw_key(canvas);
    canvas.save(path);
  }

 private:
  double width() const { return (right - left) / double(e_.positions_mm.size()); }
  double height() const { return (top - bottom) / double(e_.hip_flexion_deg.size()); }
  Rectangle cell(const EnvelopePoint& p) const {
    const auto index = [](const std::vector<double>& axis, double v) { return double(std::find(axis.begin(), axis.end(), v) - axis.begin()); };
    const double x = left + index(e_.positions_mm, p.position_mm) * width(), y = bottom + index(e_.hip_flexion_deg, p.hip_flexion_deg) * height();
    return {x + 1.0 / Canvas::width, y + 1.0 / Canvas::height, x + width() - 1.0 / Canvas::width, y + height() - 1.0 / Canvas::height};
  }

  void draw_cell(Canvas& canvas, const EnvelopePoint& p) const {
    const Rectangle r = cell(p);
    const bool reached = p.status == "reached" || p.status == "reached_by_pose";
    const Colour ground = p.status == "not_reached" ? safe_colour : reached ? force_colour(*p.critical_force_N / top_N_) : failed_colour;
    canvas.rectangle(r, ground);
    const Colour words = words_on(ground);
    if (reached) hatch(canvas, r, p.governing == "compression", words == ink ? Colour{0.45, 0.35, 0.3} : Colour{0.75, 0.6, 0.6});
    std::array<std::string, 2> lines{"no", "answer"};
    if (p.status == "not_reached") lines = {"> " + force_words(e_.most_N), "> " + share_of_weight_words(e_.most_fraction)};
    if (p.status == "reached") lines = {force_words(*p.critical_force_N) + " N", share_of_weight_words(*p.critical_body_weight_fraction)};
    if (p.status == "reached_by_pose") lines = {"pose", "alone"};
    const double x = 0.5 * (r[0] + r[2]), y = 0.5 * (r[1] + r[3]), pixels = width() * Canvas::width;
    if (pixels < 40.0) return;
    const int size = pixels < 70.0 ? 13 : 17;
    if (reached) canvas.rectangle({x - 0.44 * width(), y - 26.0 / Canvas::height, x + 0.44 * width(), y + 26.0 / Canvas::height}, ground);
    canvas.text(x, y + 12.0 / Canvas::height, lines[0], size, Canvas::Align::centre, words, true);
    canvas.text(x, y - 12.0 / Canvas::height, lines[1], size, Canvas::Align::centre, words);
  }

  void draw_axes(Canvas& canvas) const {
    const std::size_t every = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(48.0 / (width() * Canvas::width))));
    for (std::size_t i = 0; i < e_.positions_mm.size(); i += every)
      canvas.text(left + (double(i) + 0.5) * width(), bottom - 0.024, rounded(e_.positions_mm[i], "%g"), 17, Canvas::Align::centre);
    for (std::size_t i = 0; i < e_.hip_flexion_deg.size(); ++i)
      canvas.text(left - 0.01, bottom + (double(i) + 0.5) * height(), rounded(e_.hip_flexion_deg[i], "%g") + " deg", 17, Canvas::Align::right);
    canvas.text(0.5 * (left + right), bottom - 0.062,
                "place of the roller along the nerve (mm; 0 = level of the sitting bone, negative = above, positive = towards the knee)", 18,
                Canvas::Align::centre);
    canvas.text(0.02, 0.875, "hip flexion", 18);
  }

  void draw_key(Canvas& canvas) const {
    constexpr int pieces = 60;
    constexpr double x0 = 0.06, x1 = 0.40, y0 = 0.13, y1 = 0.16;
    for (int i = 0; i < pieces; ++i)
      canvas.rectangle({x0 + (x1 - x0) * i / pieces, y0, x0 + (x1 - x0) * (i + 1) / pieces, y1}, force_colour((i + 0.5) / pieces));
    const std::vector<double> ticks = round_ticks(0.0, top_N_, 6);
    for (const double t : ticks) {
      const double x = x0 + (x1 - x0) * t / top_N_;
      canvas.line(x, y0 - 0.008, x, y0, ink, 1.5);
      canvas.text(x, y0 - 0.026, tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 16, Canvas::Align::centre);
    }
    canvas.text(0.5 * (x0 + x1), y1 + 0.022, "force that reaches the level (N)", 17, Canvas::Align::centre);
    canvas.key(
        0.46, 0.185,
        {{safe_colour, "not reached up to " + force_words(e_.most_N) + " N (" + share_of_weight_words(e_.most_fraction) + " of body weight)"}});
    const std::pair<bool, const char*> kinds[] = {{true, "rising lines: the nerve's compression decides"},
                                                  {false, "falling lines: the nerve's stretch decides"}};
    double y = 0.185 - 30.0 / Canvas::height;
    for (const auto& [rising, words] : kinds) {
      const Rectangle r{0.46, y - 10.0 / Canvas::height, 0.46 + 42.0 / Canvas::width, y + 10.0 / Canvas::height};
      canvas.rectangle(r, force_colours[3]);
      hatch(canvas, r, rising, {0.45, 0.35, 0.3});
      canvas.text(0.50, y, words, 17);
      y -= 30.0 / Canvas::height;
    }
    canvas.text(0.46, y, "pose alone: reached without any roller; no answer: see envelope.csv", 17);
    canvas.text(0.02, 0.02, "Levels come from published experiments; this is research and teaching, not medical advice.", 15, Canvas::Align::left,
                {0.3, 0.3, 0.3});
  }

  const Envelope& e_;
  const std::string& roller_;
  double knee_, top_N_ = 0.0;
};

}  // namespace

std::string draw_envelope(const Envelope& e, const std::filesystem::path& dir) {
  return draw_apart([&] {
    for (const std::string& roller : e.rollers)
      for (const double knee : e.knee_flexion_deg) Map(e, roller, knee).draw(dir / ("envelope_" + roller + "_knee_" + rounded(knee, "%g") + ".png"));
  });
}

}  // namespace nerveload
