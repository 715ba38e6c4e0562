#pragma once
#include <vtkSmartPointer.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "postprocess/pictures/look.hpp"

class vtkRenderer;
class vtkRenderWindow;

namespace nerveload {

/// A sheet, 1400 × 900 pixels unless another height is asked for: renderers in rectangles, and text, colour bars and keys on top.
/// All places are shares of the sheet, from the lower left corner.
class Canvas {
 public:
  static constexpr int width = 1400, height = 900;
  enum class Align { left, centre, right };

  explicit Canvas(int pixels_high = height, const Look& look = light_look());
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  const Look& look() const { return look_; }
  /// A renderer in a rectangle {x0, y0, x1, y1}; translucent surfaces are sorted by depth peeling.
  vtkRenderer* add_view(const std::array<double, 4>& rectangle);
  /// A second sheet over a view with the same camera: what is in it shows through everything in the view.
  vtkRenderer* add_sheet_over(vtkRenderer* view);

  void text(double x, double y, const std::string& words, int pixels, Align align, const Colour& colour, bool bold = false);
  void text(double x, double y, const std::string& words, int pixels, Align align = Align::left) { text(x, y, words, pixels, align, look_.ink); }
  /// Text broken into lines of at most `characters`, first line at the top.
  void paragraph(double x, double y, const std::string& words, int pixels, std::size_t characters);

  /// A mark on a colour bar.
  struct Mark {
    double value;
    std::string words;
    Colour colour;
  };
  /// A horizontal colour bar with ticks below and marks above.
  void colour_bar(const std::array<double, 4>& rectangle, double low, double high, const std::string& title, const std::vector<Mark>& marks);
  /// A key: squares of colour with words, downwards from the place.
  void key(double x, double y, const std::vector<std::pair<Colour, std::string>>& entries);
  void line(double x0, double y0, double x1, double y1, const Colour& colour, double pixels);
  void rectangle(const std::array<double, 4>& r, const Colour& colour);

  /// Renders, checks that something was drawn, and writes a PNG whole.
  /// @throws OutputError  blank picture, or the file cannot be written
  void save(const std::filesystem::path& path);

 private:
  int height_;
  const Look& look_;
  vtkSmartPointer<vtkRenderWindow> window_;
  vtkSmartPointer<vtkRenderer> overlay_;
};

/// What an axis shows.
struct Span {
  double low, high;
};
/// All of the values and room on both sides: a share of their spread, or of a single value (and at least 1).
Span span_with_room(const std::vector<double>& values, double share_of_spread, double share_of_one);

/// Steps of 1, 2 or 5 times a power of ten that cover a range with about `count` ticks.
std::vector<double> round_ticks(double low, double high, int count);

/// A number for people: no more digits than needed next to a step.
std::string tick_text(double value, double step);

}  // namespace nerveload
