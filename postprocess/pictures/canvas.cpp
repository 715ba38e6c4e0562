#include "postprocess/pictures/canvas.hpp"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkColorTransferFunction.h>
#include <vtkCoordinate.h>
#include <vtkImageData.h>
#include <vtkPNGWriter.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkWindowToImageFilter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <sstream>

#include "postprocess/files.hpp"

namespace nerveload {
namespace {

/// At least this many pixels differ from the paper in any picture that deserves the name.
constexpr int least_drawn_pixels = 5000;

int drawn_pixels(vtkImageData* image, const Colour& paper) {
  const int* size = image->GetDimensions();
  const auto* at = static_cast<const unsigned char*>(image->GetScalarPointer());
  int drawn = 0;
  for (long i = 0; i < static_cast<long>(size[0]) * size[1]; ++i) {
    bool differs = false;
    for (int d = 0; d < 3; ++d) differs = differs || std::abs(at[3 * i + d] - 255.0 * paper[static_cast<std::size_t>(d)]) > 5.5;
    drawn += differs;
  }
  return drawn;
}

vtkSmartPointer<vtkActor2D> flat(vtkPolyData* data, const Colour& colour) {
  auto places = vtkSmartPointer<vtkCoordinate>::New();
  places->SetCoordinateSystemToNormalizedViewport();
  auto mapper = vtkSmartPointer<vtkPolyDataMapper2D>::New();
  mapper->SetInputData(data);
  mapper->SetTransformCoordinate(places);
  auto actor = vtkSmartPointer<vtkActor2D>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  return actor;
}

vtkSmartPointer<vtkPolyData> polygon(const std::vector<std::array<double, 2>>& corners, bool closed) {
  auto data = vtkSmartPointer<vtkPolyData>::New();
  auto points = vtkSmartPointer<vtkPoints>::New();
  auto cell = vtkSmartPointer<vtkCellArray>::New();
  cell->InsertNextCell(static_cast<int>(corners.size()));
  for (const auto& c : corners) cell->InsertCellPoint(points->InsertNextPoint(c[0], c[1], 0.0));
  data->SetPoints(points);
  if (closed) data->SetPolys(cell);
  else data->SetLines(cell);
  return data;
}

}  // namespace

Canvas::Canvas(int pixels_high, const Look& look)
    : height_(pixels_high), look_(look), window_(vtkSmartPointer<vtkRenderWindow>::New()), overlay_(vtkSmartPointer<vtkRenderer>::New()) {
  window_->SetOffScreenRendering(1);
  window_->SetSize(width, height_);
  window_->SetMultiSamples(0);
  window_->SetAlphaBitPlanes(1);
  window_->SetNumberOfLayers(3);
  auto ground = vtkSmartPointer<vtkRenderer>::New();
  ground->SetBackground(look_.paper[0], look_.paper[1], look_.paper[2]);
  window_->AddRenderer(ground);
  overlay_->SetLayer(2);
  overlay_->InteractiveOff();
  window_->AddRenderer(overlay_);
}

Canvas::~Canvas() = default;

vtkRenderer* Canvas::add_view(const std::array<double, 4>& r) {
  auto view = vtkSmartPointer<vtkRenderer>::New();
  view->SetViewport(r[0], r[1], r[2], r[3]);
  view->SetBackground(look_.paper[0], look_.paper[1], look_.paper[2]);
  view->SetUseDepthPeeling(1);
  view->SetMaximumNumberOfPeels(12);
  view->SetOcclusionRatio(0.0);
  view->SetUseFXAA(true);
  window_->AddRenderer(view);
  return view;
}

vtkRenderer* Canvas::add_sheet_over(vtkRenderer* view) {
  auto sheet = vtkSmartPointer<vtkRenderer>::New();
  sheet->SetViewport(view->GetViewport());
  sheet->SetLayer(1);
  sheet->SetActiveCamera(view->GetActiveCamera());
  sheet->InteractiveOff();
  window_->AddRenderer(sheet);
  return sheet;
}

void Canvas::text(double x, double y, const std::string& words, int pixels, Align align, const Colour& colour, bool bold) {
  auto actor = vtkSmartPointer<vtkTextActor>::New();
  actor->SetInput(words.c_str());
  vtkTextProperty* p = actor->GetTextProperty();
  p->SetFontSize(pixels);
  p->SetColor(colour[0], colour[1], colour[2]);
  p->SetBold(bold);
  p->SetVerticalJustificationToCentered();
  if (align == Align::left) p->SetJustificationToLeft();
  else if (align == Align::right) p->SetJustificationToRight();
  else p->SetJustificationToCentered();
  actor->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
  actor->SetPosition(x, y);
  overlay_->AddViewProp(actor);
}

void Canvas::paragraph(double x, double y, const std::string& words, int pixels, std::size_t characters) {
  std::istringstream in(words);
  std::string word, row;
  auto flush = [&] {
    text(x, y, row, pixels);
    y -= 1.35 * pixels / height_;
    row.clear();
  };
  while (in >> word) {
    if (!row.empty() && row.size() + 1 + word.size() > characters) flush();
    row.append(row.empty() ? "" : " ").append(word);
  }
  if (!row.empty()) flush();
}

void Canvas::rectangle(const std::array<double, 4>& r, const Colour& colour) {
  overlay_->AddViewProp(flat(polygon({{r[0], r[1]}, {r[2], r[1]}, {r[2], r[3]}, {r[0], r[3]}}, true), colour));
}

void Canvas::line(double x0, double y0, double x1, double y1, const Colour& colour, double pixels) {
  auto actor = flat(polygon({{x0, y0}, {x1, y1}}, false), colour);
  actor->GetProperty()->SetLineWidth(static_cast<float>(pixels));
  overlay_->AddViewProp(actor);
}

void Canvas::colour_bar(const std::array<double, 4>& r, double low, double high, const std::string& title, const std::vector<Mark>& marks) {
  const auto colours = even_colours(low, high);
  constexpr int pieces = 120;
  const double edge_x = 1.5 / width, edge_y = 1.5 / height_;
  rectangle({r[0] - edge_x, r[1] - edge_y, r[2] + edge_x, r[3] + edge_y}, look_.frame);
  for (int i = 0; i < pieces; ++i) {
    Colour c;
    colours->GetColor(low + (high - low) * (i + 0.5) / pieces, c.data());
    const double x0 = r[0] + (r[2] - r[0]) * i / pieces, x1 = r[0] + (r[2] - r[0]) * (i + 1) / pieces;
    rectangle({x0, r[1], x1, r[3]}, c);
  }
  auto place = [&](double v) { return r[0] + (r[2] - r[0]) * (v - low) / (high - low); };
  const std::vector<double> ticks = round_ticks(low, high, 6);
  for (const double t : ticks) {
    line(place(t), r[1] - 0.008, place(t), r[1], look_.ink, 1.5);
    text(place(t), r[1] - 0.024, tick_text(t, ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0), 17, Align::centre);
  }
  text(0.5 * (r[0] + r[2]), r[1] - 0.056, title, 19, Align::centre);
  double taken = -1.0;  // up to here the lower row has words; the next ones go above them
  for (const Mark& m : marks) {
    if (m.value < low || m.value > high) continue;
    const double at = place(m.value), half = 0.5 * 10.0 * double(m.words.size()) / width;
    const Align align = at + half > r[2] + 0.03 ? Align::right : at - half < r[0] - 0.03 ? Align::left : Align::centre;
    const double from = align == Align::right ? at - 2.0 * half : align == Align::left ? at : at - half;
    const double raised = from < taken ? 26.0 / height_ : 0.0;
    if (raised == 0.0) taken = from + 2.0 * half;
    line(at, r[1] - 0.004, at, r[3] + 0.012 + raised, m.colour, 4.0);
    text(at, r[3] + 0.028 + raised, m.words, 17, align, m.colour, true);
  }
}

void Canvas::key(double x, double y, const std::vector<std::pair<Colour, std::string>>& entries) {
  const double square_x = 18.0 / width, square_y = 18.0 / height_, row = 27.0 / height_;
  for (const auto& [colour, words] : entries) {
    rectangle({x - 1.5 / width, y - 0.5 * square_y - 1.5 / height_, x + square_x + 1.5 / width, y + 0.5 * square_y + 1.5 / height_}, look_.frame);
    rectangle({x, y - 0.5 * square_y, x + square_x, y + 0.5 * square_y}, colour);
    text(x + square_x + 0.007, y, words, 17);
    y -= row;
  }
}

void Canvas::save(const std::filesystem::path& path) {
  window_->Render();
  auto grab = vtkSmartPointer<vtkWindowToImageFilter>::New();
  grab->SetInput(window_);
  grab->SetInputBufferTypeToRGB();
  grab->ReadFrontBufferOff();
  grab->Update();
  if (drawn_pixels(grab->GetOutput(), look_.paper) < least_drawn_pixels) throw OutputError("the picture '" + path.string() + "' came out blank");
  write_whole(path, [&](const std::filesystem::path& beside) {
    auto writer = vtkSmartPointer<vtkPNGWriter>::New();
    writer->SetFileName(beside.c_str());
    writer->SetInputConnection(grab->GetOutputPort());
    writer->Write();
    if (writer->GetErrorCode() != 0 || !std::filesystem::exists(beside)) throw OutputError("cannot write '" + path.string() + "'");
  });
}

Span span_with_room(const std::vector<double>& values, double share_of_spread, double share_of_one) {
  Span s{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const double v : values) s = {std::min(s.low, v), std::max(s.high, v)};
  const double room = s.high > s.low ? share_of_spread * (s.high - s.low) : std::max(1.0, share_of_one * std::abs(s.high));
  return {s.low - room, s.high + room};
}

std::vector<double> round_ticks(double low, double high, int count) {
  if (!(high > low) || count < 1) return {low};
  const double raw = (high - low) / count, power = std::pow(10.0, std::floor(std::log10(raw)));
  const double mantissa = raw / power;
  const double step = power * (mantissa < 1.5 ? 1.0 : mantissa < 3.5 ? 2.0 : mantissa < 7.5 ? 5.0 : 10.0);
  std::vector<double> ticks;
  const long first = std::lround(std::ceil(low / step - 1e-9)), last = std::lround(std::floor(high / step + 1e-9));
  for (long i = first; i <= last; ++i) ticks.push_back(double(i) * step);
  return ticks;
}

std::string tick_text(double value, double step) {
  const int digits = std::clamp(static_cast<int>(-std::floor(std::log10(std::abs(step)) + 1e-9)), 0, 9);
  std::array<char, 64> text;
  if (std::abs(value) < 1e-9 * std::abs(step)) value = 0.0;
  const auto r = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
  return {text.data(), r.ptr};
}

}  // namespace nerveload
