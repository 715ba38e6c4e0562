#include "postprocess/report/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "meshes/pose.hpp"
#include "postprocess/report/words.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

using Point = Eigen::Vector2d;  // mm; to the right the person's front before turning, upwards

/// Places of the side view, turned by an angle, in a box that grows with what is drawn.
class Sheet {
 public:
  explicit Sheet(double turn) : turn_(turn) {}

  Point side(const Vec3& x) const { return turn_ * Point(-x.y(), x.z()); }
  void make_room(const Point& p, double around = 0.0) {
    low_ = low_.cwiseMin(p - Point(around, around));
    high_ = high_.cwiseMax(p + Point(around, around));
  }
  void add(const std::string& element) { body_ += "  " + element + "\n"; }
  std::string at(const Point& p) const { return figure_ascii(p.x()) + " " + figure_ascii(-p.y()); }

  static std::string figure_ascii(double v) {
    std::string s = figure(v, 1);
    if (s.starts_with("−")) s = "-" + s.substr(std::string("−").size());
    return s;
  }

  std::string path(const std::vector<Point>& points, bool closed) const {
    std::string d;
    for (const Point& p : points) d += (d.empty() ? "M" : "L") + at(p);
    return d + (closed && !d.empty() ? "Z" : "");
  }

  std::string svg(const std::string& title, const std::string& description) const {
    const Point size = high_ - low_;
    return "<svg class=\"pose\" role=\"img\" aria-labelledby=\"pose-title pose-text\" viewBox=\"" + figure_ascii(low_.x()) + " " +
           figure_ascii(-high_.y()) + " " + figure_ascii(size.x()) + " " + figure_ascii(size.y()) + "\">\n  <title id=\"pose-title\">" + html(title) +
           "</title>\n  <desc id=\"pose-text\">" + html(description) + "</desc>\n" + body_ + "</svg>";
  }
  Point low() const { return low_; }
  Point high() const { return high_; }

 private:
  Eigen::Rotation2Dd turn_;
  Point low_{1e9, 1e9}, high_{-1e9, -1e9};
  std::string body_;
};

/// Corners of the smallest convex polygon around points, counter-clockwise.
std::vector<Point> hull_of(std::vector<Point> p) {
  std::sort(p.begin(), p.end(), [](const Point& a, const Point& b) { return std::pair(a.x(), a.y()) < std::pair(b.x(), b.y()); });
  std::vector<Point> hull;
  auto turns_left = [&](const Point& c) {
    const Point &a = hull[hull.size() - 2], &b = hull.back();
    return (b - a).x() * (c - a).y() - (b - a).y() * (c - a).x() > 0.0;
  };
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t start = hull.size();
    for (const Point& q : p) {
      while (hull.size() >= start + 2 && !turns_left(q)) hull.pop_back();
      hull.push_back(q);
    }
    hull.pop_back();
    std::reverse(p.begin(), p.end());
  }
  return hull;
}

Vec3 vertex(const ShownSurface& s, std::size_t frame, std::size_t i) {
  const std::vector<float>& xyz = s.xyz[std::min(frame, s.xyz.size() - 1)];
  return {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
}

const ShownSurface* find(const ModelSurfaces& model, const std::string& name, double cut_mm = 0.0) {
  for (const ShownSurface& s : model.surfaces)
    if (s.name == name && s.cut_mm == cut_mm) return &s;
  return nullptr;
}

Vec3 middle_of(const ShownSurface& s, std::size_t frame) {
  Vec3 sum = Vec3::Zero();
  const std::size_t count = s.xyz.front().size() / 3;
  for (std::size_t i = 0; i < count; ++i) sum += vertex(s, frame, i);
  return sum / double(count);
}

/// Closed border lines of a cut: edges that only one triangle has, chained.
std::vector<std::vector<Point>> borders_of(const Sheet& sheet, const ShownSurface& cut, std::size_t frame) {
  std::map<std::array<long, 3>, int> known;  // vertices on region borders are there twice
  std::vector<Point> place;
  std::vector<int> id;
  for (std::size_t i = 0; i < cut.xyz.front().size() / 3; ++i) {
    const Vec3 x0 = vertex(cut, 0, i);
    const auto [at, added] = known.try_emplace({std::lround(1e3 * x0.x()), std::lround(1e3 * x0.y()), std::lround(1e3 * x0.z())}, int(place.size()));
    if (added) place.push_back(sheet.side(vertex(cut, frame, i)));
    id.push_back(at->second);
  }
  std::map<std::pair<int, int>, int> uses;
  for (std::size_t t = 0; t < cut.triangles.size(); t += 3)
    for (int k = 0; k < 3; ++k) {
      const int a = id[cut.triangles[t + k]], b = id[cut.triangles[t + (k + 1) % 3]];
      ++uses[std::minmax(a, b)];
    }
  std::map<int, std::vector<int>> next;
  for (const auto& [edge, count] : uses)
    if (count == 1) {
      next[edge.first].push_back(edge.second);
      next[edge.second].push_back(edge.first);
    }
  std::vector<std::vector<Point>> lines;
  while (!next.empty()) {
    lines.emplace_back();
    int at = next.begin()->first;
    while (next.contains(at)) {
      lines.back().push_back(place[at]);
      auto& ways = next[at];
      const int to = ways.back();
      ways.pop_back();
      if (ways.empty()) next.erase(at);
      if (const auto back = next.find(to); back != next.end()) {
        std::erase(back->second, at);
        if (back->second.empty()) next.erase(back);
      }
      at = to;
    }
  }
  return lines;
}

/// Least and largest width of a convex polygon: the least is that of a strip along one of its edges.
std::pair<double, double> widths_of(const std::vector<Point>& hull) {
  double least = 1e9, most = 0.0;
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Point edge = hull[(i + 1) % hull.size()] - hull[i], normal = Point(-edge.y(), edge.x()) / std::max(edge.norm(), 1e-9);
    double low = 1e9, high = -1e9;
    for (const Point& p : hull) {
      low = std::min(low, normal.dot(p));
      high = std::max(high, normal.dot(p));
    }
    least = std::min(least, high - low);
    most = std::max(most, high - low);
  }
  return {least, most};
}

std::string circle(const char* name, const Point& centre, double radius) {
  return "<circle class=\"" + std::string(name) + "\" cx=\"" + Sheet::figure_ascii(centre.x()) + "\" cy=\"" + Sheet::figure_ascii(-centre.y()) +
         "\" r=\"" + Sheet::figure_ascii(radius) + "\"/>";
}

void limb(Sheet& sheet, const char* name, const Point& from, const Point& to, double thickness) {
  sheet.add("<line class=\"" + std::string(name) + "\" x1=\"" + Sheet::figure_ascii(from.x()) + "\" y1=\"" + Sheet::figure_ascii(-from.y()) +
            "\" x2=\"" + Sheet::figure_ascii(to.x()) + "\" y2=\"" + Sheet::figure_ascii(-to.y()) + "\" stroke-width=\"" +
            Sheet::figure_ascii(thickness) + "\"/>");
  for (const Point& p : {from, to}) sheet.make_room(p, 0.5 * thickness);
}

/// Sticks of trunk, head, lower leg and foot.
void draw_body(Sheet& sheet, const RunFolder& run) {
  auto angle = [&](const char* name) { return radians_per_degree * summary_number(run, std::string("scenario.pose.") + name + "_deg"); };
  const JointAngles a{angle("hip_flexion"), angle("hip_abduction"), angle("hip_external_rotation"), angle("knee_flexion"),
                      angle("ankle_dorsiflexion")};
  const Mat3d thigh = thigh_rotation(a);
  const Mat3d shank = thigh * Eigen::AngleAxisd(a.knee_flexion, Vec3::UnitX()).toRotationMatrix();
  const Mat3d foot = shank * Eigen::AngleAxisd(-a.ankle_dorsiflexion, Vec3::UnitX()).toRotationMatrix();
  const double trunk = summary_number(run, "scenario.trunk_mm"), shank_mm = summary_number(run, "scenario.shank_mm");
  const Vec3 knee = thigh * Vec3(0.0, 0.0, -summary_number(run, "scenario.thigh_mm")), ankle = knee + shank * Vec3(0.0, 0.0, -0.92 * shank_mm);
  const double head = 0.13 * trunk;
  limb(sheet, "body", sheet.side(Vec3::Zero()), sheet.side({0.0, 0.0, trunk - 3.2 * head}), 0.24 * trunk);
  const Point top = sheet.side({0.0, 0.0, trunk - head});
  sheet.add(circle("head", top, head));
  sheet.make_room(top, head);
  limb(sheet, "body", sheet.side(Vec3::Zero()), sheet.side(knee), 0.28 * shank_mm);
  limb(sheet, "body", sheet.side(knee), sheet.side(ankle), 0.21 * shank_mm);
  limb(sheet, "body", sheet.side(ankle), sheet.side(Vec3(ankle + foot * Vec3(0.0, -0.42 * shank_mm, -0.04 * shank_mm))), 0.14 * shank_mm);
}

void draw_roller(Sheet& sheet, const ShownSurface& roller, std::size_t frame, double force_N) {
  std::vector<Point> all;
  for (std::size_t i = 0; i < roller.xyz.front().size() / 3; ++i) all.push_back(sheet.side(vertex(roller, frame, i)));
  const std::vector<Point> outline = hull_of(all);
  const Point centre = sheet.side(middle_of(roller, frame));
  const auto [least, most] = widths_of(outline);
  double bottom = centre.y() - 0.5 * least;
  if (least > 0.4 * most) {  // a cylinder is a circle across its axis, also where the axis is not square to the drawing
    sheet.add(circle("roller", centre, 0.5 * least));
    sheet.make_room(centre, 0.5 * least + 12.0);
  } else {
    for (const Point& p : outline) {
      sheet.make_room(p, 12.0);
      bottom = std::min(bottom, p.y());
    }
    sheet.add("<path class=\"roller\" d=\"" + sheet.path(outline, true) + "\"/>");
  }
  const double middle = centre.x();
  const double reach = 260.0, arrow = 150.0;
  sheet.add("<path class=\"floor\" d=\"" + sheet.path({{middle - reach, bottom}, {middle + reach, bottom}}, false) + "\"/>");
  const Point foot(middle, bottom - arrow), tip(middle, bottom - 14.0);
  sheet.add("<path class=\"force\" d=\"" + sheet.path({foot, tip}, false) + "\"/>");
  sheet.add("<path class=\"force-tip\" d=\"" + sheet.path({{middle - 22.0, bottom - 50.0}, {middle + 22.0, bottom - 50.0}, tip}, true) + "\"/>");
  sheet.add("<text x=\"" + Sheet::figure_ascii(middle + 34.0) + "\" y=\"" + Sheet::figure_ascii(-(bottom - 110.0)) + "\">" + figure(force_N, 0) +
            " N</text>");
  sheet.make_room({middle - reach, bottom - arrow});
  sheet.make_room({middle + reach, bottom - arrow});
}

}  // namespace

std::string pose_drawing(const RunFolder& run, const ModelSurfaces& model) {
  const std::size_t frame = run.governing;
  const ShownSurface* roller = find(model, "roller");
  double turn = 0.0;
  if (roller && run.frames.size() > 1) {
    // Before it touches the roller waits where it will press from.
    const Vec3 way = middle_of(*roller, frame) - middle_of(*roller, 0);
    if (way.norm() > 1.0) turn = 0.5 * std::numbers::pi - std::atan2(way.z(), -way.y());
  }
  Sheet sheet(turn);
  draw_body(sheet, run);
  if (const ShownSurface* cut = find(model, "cut", 0.0)) {
    std::string d, longest;
    for (const std::vector<Point>& line : borders_of(sheet, *cut, frame)) {
      const std::string path = sheet.path(line, true);
      if (path.size() > longest.size()) longest = path;
      d += path;
      for (const Point& p : line) sheet.make_room(p, 12.0);
    }
    sheet.add("<path class=\"bone\" d=\"" + longest + "\"/>");  // what the holes in the tissue show
    sheet.add("<path class=\"leg\" fill-rule=\"evenodd\" d=\"" + d + "\"/>");
  }
  std::vector<Point> nerve;
  for (const NerveStation& s : run.governing_frame().nerve.stations)
    if (s.in_mesh) nerve.push_back(sheet.side(s.position));
  sheet.add("<path class=\"nerve-under\" d=\"" + sheet.path(nerve, false) + "\"/>");
  sheet.add("<path class=\"nerve\" d=\"" + sheet.path(nerve, false) + "\"/>");
  if (roller) draw_roller(sheet, *roller, frame, run.governing_frame().row.force_N);
  std::string words = "Side view of the modelled leg, its trunk and lower leg as sticks, the sciatic nerve as a line.";
  if (roller) words += " The roller presses from below.";
  return sheet.svg("Posture and roller", words);
}

}  // namespace nerveload
