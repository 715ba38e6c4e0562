#include "postprocess/pictures/chart.hpp"

#include <vtkAxis.h>
#include <vtkBrush.h>
#include <vtkChartLegend.h>
#include <vtkChartXY.h>
#include <vtkContextActor.h>
#include <vtkContextScene.h>
#include <vtkDoubleArray.h>
#include <vtkPen.h>
#include <vtkPlot.h>
#include <vtkPlotPoints.h>
#include <vtkRenderer.h>
#include <vtkStringArray.h>
#include <vtkTable.h>
#include <vtkTextProperty.h>

#include "postprocess/pictures/canvas.hpp"

namespace nerveload {

Chart::Chart(Canvas& canvas, const std::array<double, 4>& place, const std::string& x_title, const std::string& y_title)
    : chart_(vtkSmartPointer<vtkChartXY>::New()), actor_(vtkSmartPointer<vtkContextActor>::New()) {
  chart_->SetAutoSize(true);
  actor_->GetScene()->AddItem(chart_);
  const Look& look = canvas.look();
  vtkRenderer* view = canvas.add_view(place);
  view->SetUseDepthPeeling(0);
  view->SetUseFXAA(false);
  view->AddActor(actor_);
  actor_->GetScene()->SetRenderer(view);
  set_axis(vtkAxis::BOTTOM, x_title, look);
  set_axis(vtkAxis::LEFT, y_title, look);
  chart_->SetShowLegend(true);
  chart_->GetLegend()->SetHorizontalAlignment(vtkChartLegend::RIGHT);
  chart_->GetLegend()->SetVerticalAlignment(vtkChartLegend::TOP);
  vtkChartLegend* legend = chart_->GetLegend();
  legend->SetLabelSize(16);
  legend->GetLabelProperties()->SetColor(look.ink[0], look.ink[1], look.ink[2]);
  legend->GetBrush()->SetColorF(look.paper[0], look.paper[1], look.paper[2], 0.8);
  legend->GetPen()->SetColorF(look.frame[0], look.frame[1], look.frame[2]);
}

void Chart::add(const Curve& c) {
  auto table = vtkSmartPointer<vtkTable>::New();
  for (const auto& [name, values] : {std::pair<std::string, const std::vector<double>&>{"x", c.x}, {c.name, c.y}}) {
    auto column = vtkSmartPointer<vtkDoubleArray>::New();
    column->SetName(name.c_str());
    for (const double v : values) column->InsertNextValue(v);
    table->AddColumn(column);
  }
  vtkPlot* plot = chart_->AddPlot(c.points_only ? vtkChart::POINTS : vtkChart::LINE);
  if (auto* points = vtkPlotPoints::SafeDownCast(plot); points && c.points_only) {
    points->SetMarkerStyle(vtkPlotPoints::CIRCLE);
    points->SetMarkerSize(c.marker);
  }
  plot->SetInputData(table, 0, 1);
  plot->GetPen()->SetColorF(c.colour[0], c.colour[1], c.colour[2]);
  plot->SetWidth(c.width);
  constexpr int patterns[] = {vtkPen::DASH_LINE, vtkPen::DOT_LINE, vtkPen::DASH_DOT_LINE};
  if (c.dashed) plot->GetPen()->SetLineType(patterns[c.pattern]);
  if (c.dashed && c.pattern == 1) plot->SetWidth(1.6f * c.width);  // dots are fainter than dashes
}

void Chart::legend_left() { chart_->GetLegend()->SetHorizontalAlignment(vtkChartLegend::LEFT); }
void Chart::no_legend() { chart_->SetShowLegend(false); }

void Chart::range(int axis, double low, double high) {
  vtkAxis* a = chart_->GetAxis(axis);
  a->SetBehavior(vtkAxis::FIXED);
  a->SetRange(low, high);
  auto places = vtkSmartPointer<vtkDoubleArray>::New();
  auto words = vtkSmartPointer<vtkStringArray>::New();
  const std::vector<double> ticks = round_ticks(low, high, axis == vtkAxis::BOTTOM ? 10 : 5);
  for (const double t : ticks) {
    places->InsertNextValue(t);
    words->InsertNextValue(tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0));
  }
  a->SetCustomTickPositions(places, words);
}

void Chart::set_axis(int axis, const std::string& title, const Look& look) {
  vtkAxis* a = chart_->GetAxis(axis);
  a->SetTitle(title);
  a->GetTitleProperties()->SetFontSize(18);
  a->GetTitleProperties()->SetBold(false);
  a->GetLabelProperties()->SetFontSize(16);
  for (vtkTextProperty* letters : {a->GetTitleProperties(), a->GetLabelProperties()}) letters->SetColor(look.ink[0], look.ink[1], look.ink[2]);
  a->GetPen()->SetColorF(look.ink[0], look.ink[1], look.ink[2]);
  a->GetGridPen()->SetColorF(look.grid[0], look.grid[1], look.grid[2]);
}

}  // namespace nerveload
