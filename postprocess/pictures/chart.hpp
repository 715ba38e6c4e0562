#pragma once
#include <vtkSmartPointer.h>

#include <array>
#include <string>
#include <vector>

#include "postprocess/pictures/look.hpp"

class vtkChartXY;
class vtkContextActor;

namespace nerveload {

class Canvas;

struct Curve {
  std::string name;
  std::vector<double> x, y;
  Colour colour;
  float width = 3.0f;
  bool dashed = false;
  bool points_only = false;
  float marker = 14.0f;  ///< size of points, pixels
  int pattern = 0;       ///< of dashes: 0 dashes, 1 dots, 2 dashes and dots; told apart without colours
};

/// One chart in a rectangle of the sheet.
class Chart {
 public:
  Chart(Canvas& canvas, const std::array<double, 4>& place, const std::string& x_title, const std::string& y_title);
  void add(const Curve& c);
  void legend_left();
  void no_legend();
  void range(int axis, double low, double high);  ///< vtkAxis::BOTTOM or LEFT

 private:
  void set_axis(int axis, const std::string& title, const Look& look);
  vtkSmartPointer<vtkChartXY> chart_;
  vtkSmartPointer<vtkContextActor> actor_;
};

}  // namespace nerveload
