#include "meshes/sweep.hpp"

#include <cmath>
#include <numeric>

#include "meshes/anatomy_mesh.hpp"
#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

constexpr double start_s = 170.0;         ///< mid-thigh: the easiest section
constexpr double longest_step = 12.0;     ///< of the march, mm
constexpr double fine_zone = 45.0, coarse_zone = 175.0;  ///< surface distance from the roller, mm
constexpr double growth = 3.5;            ///< largest over smallest layer

struct Family {
  const char* name;
  double below, middle;  ///< stations: the family's upper bound and its typical roller place
};
constexpr std::array<Family, 4> families{{{"piriformis", -25.0, -60.0}, {"ischial", 60.0, 15.0},
                                          {"proximal_thigh", 150.0, 105.0}, {"thigh", 1e9, 210.0}}};

double solve_increasing(double lo, double hi, double target, const auto& f) {
  for (int i = 0; i < 70 && hi - lo > 1e-11; ++i) {
    const double middle = 0.5 * (lo + hi);
    (f(middle) < target ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

std::array<double, 6> anchor_places(const SectionShapes& shapes) {
  const auto nerve = [&](double s) { return shapes.at(s).nerve_s; };
  const auto medial = [&](double s) { return shapes.at(s).medial_s; };
  constexpr double lo = sweep_begin_s + 8.0, hi = 200.0;
  return {sweep_begin_s, solve_increasing(lo, hi, piriformis_upper_s, nerve), solve_increasing(lo, hi, piriformis_lower_s, nerve),
          solve_increasing(lo, hi, ischium_end_s, medial), solve_increasing(lo, hi, gluteal_fold_s, nerve), sweep_end_s};
}

/// Number of layers wanted from the beginning to s, up to a factor: K = ∫ g/h ds.
class Density {
 public:
  Density(const SectionShapes& shapes, double focus_station) {
    const double focus = solve_increasing(sweep_begin_s, sweep_end_s, focus_station,
                                          [&](double s) { return shapes.station(shapes.at(s).nerve_s); });
    std::vector<double> distance{0.0};
    for (int i = 0; i < pieces; ++i) distance.push_back(distance.back() + step * shapes.fan().stretch(place(i + 0.5), shapes.at(place(i + 0.5)).surface_centre[1]));
    const double at = std::clamp((focus - sweep_begin_s) / step, 0.0, double(pieces));
    const int k = std::min(static_cast<int>(at), pieces - 1);
    const double centre = distance[k] + (at - k) * (distance[k + 1] - distance[k]);
    std::vector<double> s{sweep_begin_s}, K{0.0};
    for (int i = 0; i < pieces; ++i) {
      const double far = std::abs(0.5 * (distance[i] + distance[i + 1]) - centre);
      const double h = 1.0 + (growth - 1.0) * smooth_step(far, fine_zone, coarse_zone);
      s.push_back(place(i + 1));
      K.push_back(K.back() + (distance[i + 1] - distance[i]) / h);
    }
    K_ = Spline<double>(s, K);
    s_ = Spline<double>(K, s);
  }
  double at(double s) const { return K_.at(s); }
  double inverse(double K) const { return s_.at(K); }

 private:
  static constexpr int pieces = 257;
  static constexpr double step = (sweep_end_s - sweep_begin_s) / pieces;
  static double place(double i) { return sweep_begin_s + step * i; }
  Spline<double> K_, s_;
};

double reference_station(const AnatomyShape& shape) { return shape.focus_station_mm / shape.length_scale; }

}  // namespace

LayerPlan layer_plan(const AnatomyShape& shape) {
  const Family& family = *std::find_if(families.begin(), families.end(),
                                       [&](const Family& f) { return reference_station(shape) < f.below; });
  // Counts from the family's typical case: reference man, hip flexed 50°, roller in the middle of the family.
  AnatomyShape typical;
  typical.angles.hip_flexion = 50.0 * std::numbers::pi / 180.0;
  const SectionShapes shapes(typical);
  const Density density(shapes, family.middle);
  const std::array<double, 6> s = anchor_places(shapes);
  const double total = density.at(s[5]);
  LayerPlan plan{family.name, {}};
  const int layers = divisions_of(shape.fidelity).layers;
  for (int i = 1; i < 6; ++i) plan.anchor[i] = static_cast<int>(std::lround(layers * density.at(s[i]) / total));
  for (int i = 1; i < 5; ++i) plan.anchor[i] = std::max(plan.anchor[i], plan.anchor[i - 1] + 3);
  return plan;
}

std::vector<double> section_places(const AnatomyShape& shape, const SectionShapes& shapes, const LayerPlan& plan) {
  const Density density(shapes, reference_station(shape));
  const std::array<double, 6> s = anchor_places(shapes);
  std::vector<double> k, K;
  for (int i = 0; i < 6; ++i) {
    k.push_back(plan.anchor[i]);
    K.push_back(density.at(s[i]));
  }
  const MonotoneCubic curve(k, K);
  std::vector<double> places;
  for (int i = 0; i < plan.sections(); ++i) places.push_back(density.inverse(curve.at(i)));
  return places;
}

namespace {

/// Draws a section's nodes straight behind those of the section before it: cells between them then are upright.
/// The pull is inversely proportional to the distance, so its effect does not depend on the number of sections.
Pull pull_of(const SectionFrame& frame, const SectionFrame& before, const std::vector<Vec2>& x) {
  constexpr double strength = 1.0, length = 10.0, least = 0.5;
  const Vec3 normal = frame.axes.col(2), mean = (normal + before.axes.col(2)).normalized();
  Pull pull;
  for (const Vec2& p : x) {
    const Vec3 d = before.world(p) - frame.origin;
    const double distance = d.dot(normal);
    const Vec3 foot = d - distance / mean.dot(normal) * mean;
    pull.target.push_back((frame.axes.transpose() * foot).head<2>());
    pull.weight.push_back(strength / (length * std::max(std::abs(distance), least)));
  }
  return pull;
}

/// Solves the sections `order` one after another, each from its predecessor or from its own start.
void march(const std::vector<double>& places, const std::vector<int>& order, const SectionShapes& shapes,
           const SectionSolver& solver, const SectionShape& first_shape, const SectionSolution& first, double first_s,
           const std::vector<Eigen::VectorXd>* start, SweptSections& out, std::string& failure) {
  constexpr double shortest_step = 0.05;
  const SectionShape* before = &first_shape;
  const SectionSolution* solved = &first;
  double before_s = first_s;
  for (const int k : order) {
    if (start) {
      out.shapes[k] = shapes.at(places[k]);
      out.solutions[k] = solver.solve(out.shapes[k], pull_of(out.shapes[k].frame, before->frame, solved->x), (*start)[k]);
    }
    if (!start || !out.solutions[k].converged) {
      double s = before_s, step = longest_step;
      SectionShape shape = *before;
      SectionSolution solution = *solved;
      while (s != places[k]) {
        const double remaining = places[k] - s;
        const double next = std::abs(remaining) <= step ? places[k] : s + std::copysign(step, remaining);
        SectionShape next_shape = shapes.at(next);
        SectionSolution found =
            solver.solve(next_shape, shape, solution, pull_of(next_shape.frame, before->frame, solved->x), step > 1.0);
        if (!found.converged) {
          step = std::min(step, std::abs(remaining)) * 0.5;
          if (step < shortest_step) {
            failure = "no valid mesh at section " + std::to_string(k) + " (s = " + std::to_string(places[k]) + " mm)";
            return;
          }
          continue;
        }
        s = next;
        shape = std::move(next_shape);
        solution = std::move(found);
      }
      out.shapes[k] = std::move(shape);
      out.solutions[k] = std::move(solution);
    }
    before = &out.shapes[k];
    solved = &out.solutions[k];
    before_s = places[k];
  }
}

}  // namespace

SweptSections sweep(const std::vector<double>& places, const SectionShapes& shapes, const SectionSolver& solver,
                    const std::vector<Eigen::VectorXd>* start) {
  SweptSections out;
  out.shapes.resize(places.size());
  out.solutions.resize(places.size());
  if (start && start->size() != places.size()) start = nullptr;
  std::vector<int> order[2];  // towards the hip, towards the knee
  for (int k = static_cast<int>(places.size()) - 1; k >= 0; --k)
    if (places[k] < start_s) order[0].push_back(k);
  for (int k = 0; k < static_cast<int>(places.size()); ++k)
    if (places[k] >= start_s) order[1].push_back(k);
  const SectionShape first_shape = shapes.at(start_s);
  const SectionSolution first = solver.solve(first_shape);
  if (!first.converged) throw MeshRefusal("no valid mesh in the middle of the thigh");
  std::string failure[2];
#pragma omp parallel for schedule(static, 1) num_threads(2)
  for (int way = 0; way < 2; ++way)
    march(places, order[way], shapes, solver, first_shape, first, start_s, start, out, failure[way]);
  for (const std::string& f : failure)
    if (!f.empty()) throw MeshRefusal(f);
  return out;
}

}  // namespace nerveload
