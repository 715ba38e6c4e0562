/// One picture for each claim: a row a comparison, what was found beside what would speak for the claim and against it.
#include <algorithm>
#include <cmath>

#include "postprocess/claim_results.hpp"
#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/pictures.hpp"
#include "postprocess/validation_results.hpp"

namespace nerveload {
namespace {

constexpr double row_pixels = 120.0, head_pixels = 110.0, foot_pixels = 70.0;
constexpr double axis_from = 0.42, axis_to = 0.84;
constexpr Colour for_ground{0.80, 0.87, 0.94}, against_ground{0.98, 0.87, 0.76};
constexpr Colour for_colour{0.05, 0.25, 0.55}, against_colour{0.75, 0.30, 0.0}, faint{0.45, 0.45, 0.45};

Span test_span(const JudgedTest& t) {
  std::vector<double> v{*t.value};
  for (const double limit : {t.supports_low, t.supports_high, t.contradicts_low, t.contradicts_high})
    if (std::isfinite(limit)) v.push_back(limit);
  if (t.has_range()) v.insert(v.end(), {t.uncertainty->range.low, t.uncertainty->range.high});
  return span_with_room(v, 0.25, 0.5);
}

class Row {
 public:
  Row(Canvas& canvas, const JudgedTest& t, double middle, double pixel) : canvas_(canvas), t_(t), y_(middle), pixel_(pixel), span_(test_span(t)) {}
  void draw() {
    canvas_.paragraph(0.02, y_ + 24 * pixel_, t_.title + (t_.unit.empty() ? "" : " (" + unit_words(t_.unit) + ")"), 18, 52);
    band(t_.supports_low, t_.supports_high, for_ground);
    band(t_.contradicts_low, t_.contradicts_high, against_ground);
    const double y = y_ - 22 * pixel_;
    canvas_.line(axis_from, y, axis_to, y, faint, 1.5);
    const std::vector<double> ticks = round_ticks(span_.low, span_.high, 6);
    for (const double tick : ticks) {
      canvas_.line(place(tick), y, place(tick), y - 6 * pixel_, faint, 1.5);
      canvas_.text(place(tick), y - 18 * pixel_, tick_text(tick, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 15, Canvas::Align::centre);
    }
    const Colour colour = t_.outcome == TestOutcome::supports ? for_colour : t_.outcome == TestOutcome::shown ? faint : against_colour;
    if (t_.has_range()) {
      const double from = place(t_.uncertainty->range.low), to = place(t_.uncertainty->range.high);
      canvas_.line(from, y_ + 2.5 * pixel_, to, y_ + 2.5 * pixel_, colour, 3.0);
      for (const double end : {from, to}) canvas_.line(end, y_ - 5 * pixel_, end, y_ + 10 * pixel_, colour, 3.0);
    }
    constexpr int half = 10;
    for (int i = -half; i <= half; ++i) {
      const double w = (half - std::abs(i)) / double(Canvas::width), x = place(*t_.value);
      canvas_.rectangle({x - w, y_ + (i + 2) * pixel_, x + w, y_ + (i + 3.2) * pixel_}, colour);
    }
    canvas_.text(0.855, y_ + 14 * pixel_, figure_words(*t_.value) + (t_.unit.empty() ? "" : " " + unit_words(t_.unit)), 20, Canvas::Align::left,
                 colour, true);
    canvas_.text(0.855, y_ - 12 * pixel_, words(), 16, Canvas::Align::left, colour);
  }

 private:
  const char* words() const {
    switch (t_.outcome) {
      case TestOutcome::supports: return "speaks for it";
      case TestOutcome::contradicts: return "speaks against it";
      case TestOutcome::no_effect: return "no such effect";
      default: return "for information";
    }
  }
  double place(double v) const { return axis_from + (axis_to - axis_from) * (v - span_.low) / (span_.high - span_.low); }
  void band(double from, double to, const Colour& colour) {
    if (std::isnan(from) || std::isnan(to)) return;
    canvas_.rectangle({place(std::max(from, span_.low)), y_ - 16 * pixel_, place(std::min(to, span_.high)), y_ + 20 * pixel_}, colour);
  }

  Canvas& canvas_;
  const JudgedTest& t_;
  double y_, pixel_;
  Span span_;
};

void draw_claim(const JudgedClaim& claim, const std::filesystem::path& path) {
  std::vector<const JudgedTest*> shown;
  for (const JudgedTest& t : claim.tests)
    if (t.value) shown.push_back(&t);
  const double tall = head_pixels + foot_pixels + row_pixels * double(shown.size()), pixel = 1.0 / tall;
  Canvas canvas(static_cast<int>(tall));
  canvas.text(0.02, 1.0 - 32 * pixel, claim.id + ": " + claim.title, 24, Canvas::Align::left, ink, true);
  canvas.text(0.02, 1.0 - 70 * pixel, "outcome: " + outcome_words(claim.outcome), 20);
  for (std::size_t i = 0; i < shown.size(); ++i) Row(canvas, *shown[i], 1.0 - (head_pixels + row_pixels * (double(i) + 0.45)) * pixel, pixel).draw();
  canvas.key(0.02, 44 * pixel, {{for_ground, "would speak for the claim"}});
  canvas.key(0.24, 44 * pixel, {{against_ground, "would speak against it"}});
  canvas.text(
      0.44, 44 * pixel,
      std::string("between the two: no such effect worth the name; diamond: the model") + (claim.asked_uncertainty() ? ", with nine tenths" : ""),
      17);
  canvas.text(0.02, 14 * pixel, "Research and teaching, not medical advice.", 15, Canvas::Align::left, {0.3, 0.3, 0.3});
  canvas.save(path);
}

}  // namespace

std::string draw_claims(const std::vector<JudgedClaim>& claims, const std::filesystem::path& dir) {
  return draw_apart([&] {
    for (const JudgedClaim& c : claims)
      if (c.effect()) draw_claim(c, dir / (c.id + ".png"));
  });
}

}  // namespace nerveload
