/// One picture for each validation target: a row a quantity, the model's figure beside the published one.
#include <algorithm>
#include <cmath>

#include "postprocess/pictures/canvas.hpp"
#include "postprocess/pictures/pictures.hpp"
#include "postprocess/validation_results.hpp"

namespace nerveload {
namespace {

constexpr double row_pixels = 130.0, head_pixels = 90.0, foot_pixels = 50.0;
constexpr double axis_from = 0.36, axis_to = 0.86;
constexpr Colour accepted_colour{0.85, 0.88, 0.92}, inside_colour{0.05, 0.25, 0.55}, outside_colour{0.85, 0.37, 0.0};
constexpr Colour faint{0.55, 0.55, 0.55};

/// Range of one row's axis: everything that is drawn in it, and some room.
Span quantity_span(const ValidatedQuantity& q) {
  std::vector<double> v{*q.model};
  for (const double limit : {q.accept_low, q.accept_high})
    if (std::isfinite(limit)) v.push_back(limit);
  if (q.published) {
    v.push_back(*q.published - q.spread.value_or(0.0));
    v.push_back(*q.published + q.spread.value_or(0.0));
  }
  return span_with_room(v, 0.12, 0.5);
}

class Row {
 public:
  Row(Canvas& canvas, const ValidatedQuantity& q, double middle, double pixel)
      : canvas_(canvas), q_(q), y_(middle), pixel_(pixel), span_(quantity_span(q)) {}
  void draw() {
    const bool inside = q_.status == ValidationStatus::inside, judged = inside || q_.status == ValidationStatus::outside;
    const Colour colour = !judged ? faint : inside ? inside_colour : outside_colour;
    canvas_.paragraph(0.02, y_ + 12 * pixel_, q_.title + (q_.unit.empty() ? "" : " (" + unit_words(q_.unit) + ")"), 19, 44);
    if (judged)
      canvas_.rectangle({place(std::max(q_.accept_low, span_.low)), y_ - 16 * pixel_, place(std::min(q_.accept_high, span_.high)), y_ + 16 * pixel_},
                        accepted_colour);
    draw_axis();
    if (q_.published) draw_published();
    draw_diamond(place(*q_.model), y_, colour);
    canvas_.text(0.885, y_ + 10 * pixel_, figure_words(*q_.model), 21, Canvas::Align::left, colour, true);
    const char* words = inside ? "inside" : judged ? "outside" : "not comparable";
    canvas_.text(0.885, y_ - 16 * pixel_, words, 17, Canvas::Align::left, colour);
  }

 private:
  double place(double v) const { return axis_from + (axis_to - axis_from) * (v - span_.low) / (span_.high - span_.low); }
  void draw_axis() {
    const double y = y_ - 26 * pixel_;
    canvas_.line(axis_from, y, axis_to, y, faint, 1.5);
    const std::vector<double> ticks = round_ticks(span_.low, span_.high, 6);
    for (const double t : ticks) {
      canvas_.line(place(t), y, place(t), y - 6 * pixel_, faint, 1.5);
      canvas_.text(place(t), y - 18 * pixel_, tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 16, Canvas::Align::centre);
    }
  }
  void draw_published() {
    const double at = place(*q_.published), y = y_ - 7 * pixel_;
    if (q_.spread) {
      const double from = place(*q_.published - *q_.spread), to = place(*q_.published + *q_.spread);
      canvas_.line(from, y, to, y, ink, 2.5);
      for (const double end : {from, to}) canvas_.line(end, y - 6 * pixel_, end, y + 6 * pixel_, ink, 2.5);
    }
    canvas_.rectangle({at - 4.0 / Canvas::width, y - 7 * pixel_, at + 4.0 / Canvas::width, y + 7 * pixel_}, ink);
  }
  void draw_diamond(double x, double y, const Colour& colour) {
    constexpr int half = 9;
    for (int i = -half; i <= half; ++i) {
      const double w = (half - std::abs(i)) / double(Canvas::width);
      canvas_.rectangle({x - w, y + (i + 6) * pixel_, x + w, y + (i + 7.2) * pixel_}, colour);
    }
  }

  Canvas& canvas_;
  const ValidatedQuantity& q_;
  double y_, pixel_;
  Span span_;
};

void draw_target(const ValidatedTarget& target, const std::filesystem::path& path) {
  std::vector<const ValidatedQuantity*> shown;
  for (const ValidatedQuantity& q : target.quantities)
    if (q.model) shown.push_back(&q);
  const double tall = head_pixels + foot_pixels + row_pixels * double(shown.size()), pixel = 1.0 / tall;
  Canvas canvas(static_cast<int>(tall));
  canvas.text(0.02, 1.0 - 36 * pixel, target.id + ": " + target.title, 24, Canvas::Align::left, ink, true);
  for (std::size_t i = 0; i < shown.size(); ++i) Row(canvas, *shown[i], 1.0 - (head_pixels + row_pixels * (double(i) + 0.45)) * pixel, pixel).draw();
  canvas.text(0.02, 18 * pixel, "black: published figure, standard deviation where known; grey band: counts as inside; diamond: the model", 16,
              Canvas::Align::left, {0.3, 0.3, 0.3});
  canvas.save(path);
}

}  // namespace

std::string draw_validation(const std::vector<ValidatedTarget>& targets, const std::filesystem::path& dir) {
  return draw_apart([&] {
    for (const ValidatedTarget& t : targets)
      if (t.simulated()) draw_target(t, dir / (t.id + ".png"));
  });
}

}  // namespace nerveload
