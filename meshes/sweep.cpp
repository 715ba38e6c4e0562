#include "meshes/sweep.hpp"

#include <cmath>
#include <numeric>

#include "meshes/anatomy_mesh.hpp"
#include "meshes/anatomy_tables.hpp"
#include "solver/base/caught_in_parallel.hpp"

namespace nerveload {
namespace {

constexpr double start_s = 170.0;                        ///< mid-thigh: the easiest section
constexpr double longest_step = 12.0;                    ///< of the march, mm
constexpr double fine_zone = 60.0, coarse_zone = 140.0;  ///< surface distance from the roller, mm
constexpr double growth = 4.0;                           ///< largest over smallest layer

struct Family {
  const char* name;
  double from, below;  ///< stations of the rollers that it serves
};
constexpr std::array<Family, 4> families{
    {{"piriformis", -100.0, -25.0}, {"ischial", -25.0, 60.0}, {"proximal_thigh", 60.0, 150.0}, {"thigh", 150.0, 290.0}}};

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
  return {sweep_begin_s,
          solve_increasing(lo, hi, piriformis_upper_s, nerve),
          solve_increasing(lo, hi, piriformis_lower_s, nerve),
          solve_increasing(lo, hi, ischium_end_s, medial),
          solve_increasing(lo, hi, gluteal_fold_s, nerve),
          sweep_end_s};
}

/// Number of layers wanted from the beginning to s, up to a factor: K = ∫ g/h ds.
class Density {
 public:
  Density(const SectionShapes& shapes, double focus_station) {
    const double focus = solve_increasing(sweep_begin_s, sweep_end_s, focus_station, [&](double s) { return shapes.station(shapes.at(s).nerve_s); });
    // A unit of s is as long as what lies there: the skin behind or the nerve.
    std::vector<double> distance{0.0};
    SectionShape above = shapes.at(place(0));
    for (int i = 0; i < pieces; ++i) {
      SectionShape below = shapes.at(place(i + 1));
      const double nerve = (below.frame.world(below.nerve.centre) - above.frame.world(above.nerve.centre)).norm();
      const double skin = step * shapes.fan().stretch(place(i + 0.5), 0.5 * (above.surface_centre[1] + below.surface_centre[1]));
      distance.push_back(distance.back() + soft_max(nerve, skin, 0.1 * step));
      above = std::move(below);
    }
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

LayerPlan layer_plan(const AnatomyShape& shape, const LayerPlan* known) {
  const Family& family = *std::find_if(families.begin(), families.end() - 1, [&](const Family& f) { return reference_station(shape) < f.below; });
  const int layers = divisions_of(shape.fidelity).layers;
  if (known && known->family == family.name && known->sections() == layers + 1) return *known;
  // Each stretch between anchors gets the share that the neediest of the family's poses and roller places wants.
  std::array<double, 5> need{};
  for (const double flexion_deg : {0.0, 45.0, 85.0}) {
    AnatomyShape typical;
    typical.angles.hip_flexion = flexion_deg * std::numbers::pi / 180.0;
    const SectionShapes shapes(typical);
    const std::array<double, 6> s = anchor_places(shapes);
    for (const double part : {0.0, 0.5, 1.0}) {
      const Density density(shapes, family.from + part * (family.below - family.from));
      for (int i = 0; i < 5; ++i) need[i] = std::max(need[i], density.at(s[i + 1]) - density.at(s[i]));
    }
  }
  const double total = std::accumulate(need.begin(), need.end(), 0.0);
  LayerPlan plan{family.name, {}};
  double sum = 0.0;
  for (int i = 0; i < 5; ++i) {
    sum += need[i];
    plan.anchor[i + 1] = std::max(static_cast<int>(std::lround(layers * sum / total)), plan.anchor[i] + 2);
  }
  plan.anchor[5] = layers;
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

/// Draws a section's nodes straight behind those of the section before it, so that the cells between are upright; nodes
/// of the nerve and of the medial inclusion move with these. The pull is inversely proportional to the distance, so its
/// effect does not depend on the number of sections.
Pull pull_of(const SectionTopology& topology, const SectionShape& shape, const SectionShape& before, const std::vector<Vec2>& x) {
  constexpr double strength = 1.0, length = 10.0, least = 0.5;
  const SectionFrame& frame = shape.frame;
  const Vec3 normal = frame.axes.col(2), mean = (normal + before.frame.axes.col(2)).normalized();
  double distance = 0.0;
  auto straight = [&](const Vec2& p) -> Vec2 {
    const Vec3 d = before.frame.world(p) - frame.origin;
    distance = d.dot(normal);
    return (frame.axes.transpose() * (d - distance / mean.dot(normal) * mean)).head<2>();
  };
  const Vec2 nerve = shape.nerve.centre - straight(before.nerve.centre), medial = shape.medial.centre - straight(before.medial.centre);
  Pull pull;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const Carrier carrier = topology.nodes[n].carrier;
    const Vec2 target = straight(x[n]);
    pull.target.push_back(carrier == Carrier::nerve ? Vec2(target + nerve) : carrier == Carrier::medial ? Vec2(target + medial) : target);
    pull.distance.push_back(std::max(std::abs(distance), least));
    // Fat and the border below it follow the skin instead.
    const Binding binding = topology.nodes[n].binding;
    const bool under_skin = binding == Binding::fat || binding == Binding::muscle;
    pull.weight.push_back(under_skin ? 0.0 : strength / (length * pull.distance.back()));
  }
  return pull;
}

Pull no_pull(const std::vector<Vec2>& x) { return {x, std::vector<double>(x.size(), 0.0), std::vector<double>(x.size(), 1.0)}; }

/// Solves the sections `order` one after another, each from its predecessor or from its fellow in a similar leg.
void march(const std::vector<double>& places, const std::vector<int>& order, const SectionShapes& shapes, const SectionSolver& solver,
           const SectionShape& first_shape, const SectionSolution& first, double first_s, const SweptSections* similar, SweptSections& out,
           std::string& failure) {
  constexpr double shortest_step = 0.05, foresight = 0.9;
  const SectionShape* before = &first_shape;
  const SectionSolution* solved = &first;
  double before_s = first_s, came = 0.0;  // came: length of the step before
  for (const int k : order) {
    if (similar) {
      out.shapes[k] = shapes.at(places[k]);
      out.solutions[k] =
          solver.solve(out.shapes[k], similar->marched[k], pull_of(solver.topology(), out.shapes[k], *before, solved->x), {.untangled_only = true});
    }
    if (!out.solutions[k].converged) {
      double s = before_s, step = longest_step;
      SectionShape shape = *before;
      SectionSolution solution = *solved;
      while (s != places[k]) {
        const double remaining = places[k] - s;
        const double next = std::abs(remaining) <= step ? places[k] : s + std::copysign(step, remaining);
        SectionShape next_shape = shapes.at(next);
        const Approach approach{.untangled_only = step > 1.0,
                                .loose = next != places[k],
                                .ahead = came > 0.0 ? foresight * std::min(std::abs(next - s) / came, 2.0) : 0.0};
        SectionSolution found = solver.solve(next_shape, solution, pull_of(solver.topology(), next_shape, *before, solved->x), approach);
        if (!found.converged) {
          step = std::min(step, std::abs(remaining)) * 0.5;
          if (step < shortest_step) {
            failure = "no valid mesh at section " + std::to_string(k) + " (s = " + std::to_string(places[k]) + " mm)";
            return;
          }
          continue;
        }
        came = std::abs(next - s);
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

/// Two pulls at once. Their target is the mean of both in the proportion of their weights.
Pull both(const Pull& a, const Pull& b, double share) {
  Pull pull = a;
  for (std::size_t n = 0; n < a.weight.size(); ++n) {
    const double sum = a.weight[n] + b.weight[n];
    if (sum > 0.0) pull.target[n] = (a.weight[n] * a.target[n] + b.weight[n] * b.target[n]) / sum;
    pull.weight[n] = share * sum;
    pull.distance[n] = std::min(a.distance[n], b.distance[n]);
  }
  return pull;
}

/// A march knows what came before, not what comes next. Going to and fro, every inner section is drawn to both its
/// neighbours for a few Newton iterations. Each half is relaxed with the other one's last state.
void relax(const SectionSolver& solver, SweptSections& sections) {
  constexpr int iterations = 3;
  constexpr double share = 0.7;
  const std::vector<SectionShape>& shapes = sections.shapes;
  std::vector<SectionSolution>& solutions = sections.solutions;
  const int end = static_cast<int>(shapes.size()) - 1, middle = end / 2;
  CaughtInParallel caught;
  for (int round = 0; round < solver.divisions().relaxations; ++round) {
    const std::vector<Vec2> above = solutions[middle - 1].x, below = solutions[middle].x;
#pragma omp parallel for schedule(static, 1) num_threads(2)
    for (int half = 0; half < 2; ++half)
      caught.run([&] {
        const int first = half == 0 ? 1 : middle, last = half == 0 ? middle - 1 : end - 1;
        const bool upwards = (half == 0) == (round % 2 == 1);  // towards the middle first
        for (int k = upwards ? last : first; k >= first && k <= last; k += upwards ? -1 : 1) {
          const std::vector<Vec2>& before = half == 1 && k == middle ? above : solutions[k - 1].x;
          const std::vector<Vec2>& after = half == 0 && k == middle - 1 ? below : solutions[k + 1].x;
          const Pull pull =
              both(pull_of(solver.topology(), shapes[k], shapes[k - 1], before), pull_of(solver.topology(), shapes[k], shapes[k + 1], after), share);
          solutions[k] = solver.improve(solutions[k], pull, iterations);
        }
      });
  }
  caught.rethrow();
}

/// Relaxing and lifting take decisions, cell by cell, that make a mesh jump by micrometres where a shape changes smoothly. What the march finds
/// are minima, smooth in the shape: their change is added to what relaxing and lifting made of the similar leg.
void follow(const SectionSolver& solver, const SweptSections& similar, SweptSections& sections) {
  std::vector<CurvePoint> places;
  for (std::size_t k = 0; k < sections.solutions.size(); ++k) {
    SectionSolution& s = sections.solutions[k];
    s.unknowns += similar.solutions[k].unknowns - similar.marched[k].unknowns;
    solver.energy().place(*s.curves, s.unknowns, places);
    for (std::size_t n = 0; n < places.size(); ++n) s.x[n] = places[n].x;
  }
}

}  // namespace

SweptSections sweep(const std::vector<double>& places, const SectionShapes& shapes, const SectionSolver& solver, const SweptSections* similar,
                    Likeness likeness) {
  SweptSections out;
  out.shapes.resize(places.size());
  out.solutions.resize(places.size());
  if (similar && similar->shapes.size() != places.size()) similar = nullptr;
  std::vector<int> order[2];  // towards the hip, towards the knee
  for (int k = static_cast<int>(places.size()) - 1; k >= 0; --k)
    if (places[k] < start_s) order[0].push_back(k);
  for (int k = 0; k < static_cast<int>(places.size()); ++k)
    if (places[k] >= start_s) order[1].push_back(k);
  const SectionShape first_shape = shapes.at(start_s);
  if (similar) out.first = solver.solve(first_shape, similar->first, no_pull(similar->first.x), {.untangled_only = true});
  if (!out.first.converged) out.first = solver.solve(first_shape);
  if (!out.first.converged) throw MeshRefusal("no valid mesh in the middle of the thigh");
  std::string failure[2];
  CaughtInParallel caught;
#pragma omp parallel for schedule(static, 1) num_threads(2)
  for (int way = 0; way < 2; ++way)
    caught.run([&] { march(places, order[way], shapes, solver, first_shape, out.first, start_s, similar, out, failure[way]); });
  caught.rethrow();
  for (const std::string& f : failure)
    if (!f.empty()) throw MeshRefusal(f);
  out.marched = out.solutions;
  if (similar && likeness == Likeness::follow) follow(solver, *similar, out);
  else relax(solver, out);
  return out;
}

SweptSections sweep(const std::vector<double>& places, const SectionShapes& shapes, const SectionSolver& solver) {
  return sweep(places, shapes, solver, nullptr, Likeness::start);
}

}  // namespace nerveload
