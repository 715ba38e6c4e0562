#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace nerveload {

/// How a figure goes with one input, all else averaged, with an interval, and the points that were computed.
struct ResponsePanel {
  std::string input;                       ///< with its unit
  std::vector<double> x, mean, low, high;  ///< of the curve and its interval
  std::vector<double> points_x, points_y;  ///< one a computed point
};

/// Shares of a figure's variance that an input accounts for alone and together with others.
struct IndexBar {
  std::string input;
  double first = 0.0, first_low = 0.0, first_high = 0.0, total = 0.0, total_low = 0.0, total_high = 0.0;
};

/// A figure over two inputs.
struct ResponseMap {
  std::string x_input, y_input;
  std::vector<double> x, y;
  std::vector<std::vector<double>> value;  ///< a row for each y
  std::vector<double> points_x, points_y;
};

/// What is drawn about one figure of a sweep.
struct ResponseDrawing {
  std::string title, figure;  ///< the figure with its unit
  std::vector<ResponsePanel> panels;
  std::vector<IndexBar> indices;
  std::vector<ResponseMap> maps;  ///< one or none
  std::string note;               ///< below effects and map
  std::string indices_note;       ///< below the indices
};

/// Draws STEM_effects.png, STEM_indices.png and STEM_map.png into `dir`, apart (draw_apart).
/// @return why there are none; empty when all were drawn
std::string draw_responses(const std::vector<std::pair<std::string, ResponseDrawing>>& drawings, const std::filesystem::path& dir);

}  // namespace nerveload
