#include "scenarios/leg_guide.hpp"

#include <algorithm>
#include <cmath>

#include "solver/base/caught_in_parallel.hpp"
#include "solver/mesh_point.hpp"

namespace nerveload {
namespace {

/// The material point of a mesh nearest to a position on another mesh of the same leg: bones are polygons, so a node may lie
/// somewhat outside.
MeshPoint nearest_point(const PointLocator& locator, const Vec3& X) {
  for (double slack_mm = 1e-6;; slack_mm = std::max(1.0, 4.0 * slack_mm))
    if (const auto at = locator.find(X, slack_mm)) return *at;
}

/// Carries states from one mesh of a leg to another: displacements and pressures by position, sliding by the cable's arc.
class Transfer {
 public:
  Transfer(const LegModel& from, const LegModel& to) : from_(from), to_(to) {
    const PointLocator locator(from.anatomy.mesh);
    const Mesh& mesh = to.anatomy.mesh;
    node_.resize(mesh.X.size());
    cell_.resize(mesh.cells.size());
    CaughtInParallel caught;
#pragma omp parallel
    {
#pragma omp for schedule(static)
      for (std::size_t n = 0; n < node_.size(); ++n) caught.run([&] { node_[n] = nearest_point(locator, mesh.X[n]); });
#pragma omp for schedule(static)
      for (std::size_t c = 0; c < cell_.size(); ++c)
        caught.run([&] {
          Vec3 centre = Vec3::Zero();
          for (const int n : mesh.cells[c]) centre += 0.125 * mesh.X[n];
          cell_[c] = nearest_point(locator, centre).cell;
        });
    }
    caught.rethrow();
  }

  State operator()(const State& found, const State& start) const {
    State s = start;
    s.path = found.path;
    for (std::size_t n = 0; n < node_.size(); ++n)
      s.unknowns.segment<3>(3 * static_cast<Eigen::Index>(n)) = displacement_at(from_.anatomy.mesh, node_[n], found);
    for (std::size_t c = 0; c < cell_.size(); ++c)
      s.mixed[to_.body->pressure_index(static_cast<int>(c))] = found.mixed[from_.body->pressure_index(cell_[c])];
    to_.nerve->take_over(*from_.nerve, found, s);
    if (to_.roller && to_.roller->turns()) s.unknowns[to_.roller->spin_unknown()] = found.unknowns[from_.roller->spin_unknown()];
    return s;
  }

 private:
  const LegModel& from_;
  const LegModel& to_;
  std::vector<MeshPoint> node_;
  std::vector<int> cell_;
};

}  // namespace

LegGuide::LegGuide(const LegModel& from, const LegOutcome& solved, const LegModel& to, const State& start) {
  const Transfer transfer(from, to);
  State loaded;  // where a stroke or hold begins
  for (const LegStep& step : solved.steps) {
    marks_.push_back({place_of(step), transfer(step.state, start)});
    if (to.roller) marks_.back().state.unknowns[to.roller->travel_unknown()] = step.indentation_mm;
    if (step.phase == LegStep::Phase::press) {
      end_of_press_ = marks_.back().place;
      last_force_ = step.contact.pressing_force;
      forces_.push_back({last_force_, end_of_press_});
    }
    if (step.phase != LegStep::Phase::stroke && step.phase != LegStep::Phase::hold) loaded = marks_.back().state;
  }
  if (!forces_.empty()) forces_.push_back({0.0, press_path});
  std::sort(forces_.begin(), forces_.end());
  for (Mark& m : marks_) m.state.history.resize(0);  // a guess has no past
  marks_.push_back({stroke_path, loaded});
  marks_.push_back({hold_path, loaded});  // never after a stroke
  // Settling on the load may have gone back a little.
  std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.place < b.place; });
}

double LegGuide::place_of(const LegStep& step) {
  switch (step.phase) {
    case LegStep::Phase::reference: return 0.0;
    case LegStep::Phase::pose: return pose_path;
    case LegStep::Phase::press: return press_path + step.indentation_mm;
    case LegStep::Phase::stroke:
    case LegStep::Phase::hold: return step.state.path;
  }
  return 0.0;
}

double LegGuide::place_of_force(double force) const {
  constexpr double same = 1e-3;
  if (forces_.empty() || std::abs(force - last_force_) < same * last_force_) return end_of_press_;
  const auto above = std::lower_bound(forces_.begin(), forces_.end(), force, [](const auto& f, double v) { return f[0] < v; });
  if (above == forces_.begin()) return forces_.front()[1];
  if (above == forces_.end()) return forces_.back()[1];
  const auto &a = *(above - 1), &b = *above;
  return a[1] + (b[1] - a[1]) * (force - a[0]) / (b[0] - a[0]);
}

State LegGuide::at(double place) const {
  const auto above = std::lower_bound(marks_.begin(), marks_.end(), place, [](const Mark& m, double p) { return m.place < p; });
  if (above == marks_.begin()) return marks_.front().state;
  if (above == marks_.end()) return marks_.back().state;
  const Mark &a = *(above - 1), &b = *above;
  const double t = (place - a.place) / (b.place - a.place);
  State s = b.state;
  s.unknowns = (1.0 - t) * a.state.unknowns + t * b.state.unknowns;
  s.mixed = (1.0 - t) * a.state.mixed + t * b.state.mixed;
  return s;
}

State LegGuide::predict(const State& state, double from, double to) const {
  const State a = at(from), b = at(to);
  State s = state;
  s.unknowns += b.unknowns - a.unknowns;
  s.mixed += b.mixed - a.mixed;
  return s;
}

}  // namespace nerveload
