/// The indenter's friction: where its points are in its own frame, and what they add, remember and lose.
#include <Eigen/Geometry>

#include "solver/assembly.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {
namespace {

constexpr double settled_change = 1e-3;  ///< of the tractions by another pass, over µ times the pressure, both summed over the contact

constexpr double gentle = 0.1;  ///< slope of a way that only grazes the body

/// A facet's nodes, the travel and perhaps the spin.
constexpr int most_unknowns = 3 * most_facet_nodes + 2;
using FacetVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_unknowns, 1>;
using FacetMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_unknowns, most_unknowns>;
using FacetMotion = Eigen::Matrix<double, 3, Eigen::Dynamic, 0, 3, most_unknowns>;

}  // namespace

FrictionLaw Indenter::friction_law() const {
  const bool rigid = !options_.foam;
  const double natural = rigid ? options_.penalty : options_.foam->shear_stiffness();
  return {options_.friction, options_.tangential_stiffness.value_or(natural), rigid};
}

Indenter::Frame Indenter::frame(const State& state) const {
  const IndenterPlacement place = placement_(state.path);
  Frame frame{place.centre + state.unknowns[travel_] * place.direction, place.direction, Mat3d::Identity()};
  if (turns()) frame.turn = Eigen::AngleAxisd(-state.unknowns[spin_], std::get<Cylinder>(options_.shape).axis).toRotationMatrix();
  return frame;
}

void Indenter::claim_friction(Layout& layout) {
  if (turns()) spin_ = layout.claim_border_unknown();
  first_memory_ = layout.claim_history(ContactMemory::size * static_cast<int>(points_.size()));
  dissipated_ = layout.claim_history(1);
  first_friction_block_ = layout.blocks();
  for (const Facet& f : facets_) {
    if (turns()) layout.couple_nodes(f, {travel_, spin_});
    else layout.couple_nodes(f, {travel_});
  }
  if (turns()) spin_block_ = layout.couple(std::array{spin_});
}

/// Visits every point of every facet as it lies in the body's frame. A body that turns about its axis keeps its shape.
template <class Visit>
void Indenter::for_each_rubbing(const State& state, const Frame& frame, Visit&& visit) const {
  for (int p = 0; p < static_cast<int>(points_.size()); ++p) {
    const Vec3 at = frame.turn * (position(points_[p], state) - frame.centre);
    const SignedDistance d = distance(at);
    const double pressure = react(-d.value, state.history[first_multiplier_ + p]).pressure;
    visit(p, ContactMemory::read(&state.history[memory_at(p)]), ContactPoint{at, d.normal, pressure});
  }
}

/// Where a point on its straight way in the body's frame came upon the body; its start if that lies inside. At the rim of a rigid body's
/// contact the gap closes so gently (as s^(3/2)) that it does not tell where: half of the way then, which is right on the average.
Vec3 Indenter::entry(const Vec3& from, const Vec3& to) const {
  const double gap = distance(from).value;
  if (gap <= 0.0) return from;
  if (!options_.foam && gap < gentle * (to - from).norm()) return 0.5 * (from + to);
  double outside = 0.0, inside = 1.0;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (outside + inside);
    (distance(from + middle * (to - from)).value > 0.0 ? outside : inside) = middle;
  }
  return from + inside * (to - from);
}

void Indenter::start(State& state) const {
  if (!rubs()) return;
  for_each_rubbing(state, frame(state), [&](int p, const ContactMemory&, const ContactPoint& now) {
    ContactMemory fresh;
    fresh.normal = now.normal;
    fresh.stick = now.at;
    fresh.write(&state.history[memory_at(p)]);
  });
}

void Indenter::add_friction(const State& state, NewtonSystem& system) const {
  const Frame body = frame(state);
  const FrictionLaw law = friction_law();
  const Vec3 axis = turns() ? std::get<Cylinder>(options_.shape).axis : Vec3(Vec3::Zero());
  int facet = -1;
  FacetVector residual;
  FacetMatrix K;
  double secant = 0.0;  // of the spin, by the points that slip
  bool touches = false, sticks = false;
  auto flush = [&] {
    if (facet >= 0) system.add_full(first_friction_block_ + facet, residual, K);
  };
  for_each_rubbing(state, body, [&](int p, const ContactMemory& memory, const ContactPoint& now) {
    if (memory.limit <= 0.0) return;
    touches = true;
    const Point& point = points_[p];
    const int nodes = facets_[point.facet].size(), size = 3 * nodes + (turns() ? 2 : 1), travel = 3 * nodes, spin = travel + 1;
    if (point.facet != facet) {
      flush();
      facet = point.facet;
      residual.setZero(size);
      K.setZero(size, size);
    }
    // ξ = Rᵀ(x − centre) moves with the nodes through N, with the travel through −direction and with the spin through −axis × ξ.
    FacetMotion D(3, size);
    for (int n = 0; n < nodes; ++n) D.middleCols<3>(3 * n) = point.N[n] * body.turn;
    D.col(travel) = -body.turn * body.direction;
    if (turns()) D.col(spin) = -axis.cross(now.at);
    const FrictionTraction t = friction_traction(law, memory, now.at);
    residual += point.area * D.transpose() * t.value;
    K += point.area * D.transpose() * t.tangent * D;
    sticks = sticks || !t.slips;
    if (!turns()) return;
    if (t.slips) secant += point.area * t.secant * std::pow(D.col(spin).dot(t.value) / memory.limit, 2);
    // t · ∂²ξ: the spin turns what the other unknowns do.
    const Vec3 turned = point.area * axis.cross(t.value);  // t · (−axis × v) = (axis × t) · v
    for (int i = 0; i <= travel; ++i) {
      const double k = turned.dot(D.col(i));
      K(i, spin) += k;
      K(spin, i) += k;
    }
    K(spin, spin) += turned.dot(D.col(spin));
  });
  flush();
  if (turns() && !sticks) {
    // While all points slip nothing in the tangent resists the spin: their secants lead back to where some stick. A body that does
    // not touch keeps its spin: its equation is fulfilled, and any stiffness will do.
    const double none = 0.0, stiffness = touches ? secant : 1.0;
    system.add(spin_block_, &none, &stiffness);
  }
}

bool Indenter::augment_friction(const State& state, Eigen::VectorXd& next) const {
  const FrictionLaw law = friction_law();
  double change = 0.0, limit = 0.0, slip = 0.0;
  for_each_rubbing(state, frame(state), [&](int p, const ContactMemory& memory, const ContactPoint& now) {
    if (memory.limit <= 0.0 && now.pressure <= 0.0) return;
    const FrictionPass pass = friction_pass(law, memory, now, memory.limit > 0.0 ? memory.stick : entry(memory.stick, now.at));
    pass.memory.write(&next[memory_at(p)]);
    change += points_[p].area * pass.change;
    limit += points_[p].area * pass.memory.limit;
    slip = std::max(slip, pass.slip);
  });
  const bool stuck = slip <= options_.max_penetration;
  if (stuck) keep_multipliers(state, next);
  return stuck && change <= settled_change * limit;
}

/// Facets are flat and bodies are not: a multiplier that went on beyond what is asked for would only gather in single points.
void Indenter::keep_multipliers(const State& state, Eigen::VectorXd& next) const {
  for (int p = 0; p < static_cast<int>(points_.size()); ++p) {
    const ContactMemory before = ContactMemory::read(&state.history[memory_at(p)]);
    ContactMemory m = ContactMemory::read(&next[memory_at(p)]);
    if (before.limit > 0.0 && m.limit > 0.0) m.multiplier = before.multiplier;
    m.write(&next[memory_at(p)]);
  }
}

void Indenter::commit(State& state) const {
  if (!rubs()) return;
  const FrictionLaw law = friction_law();
  for_each_rubbing(state, frame(state), [&](int p, const ContactMemory& memory, const ContactPoint& now) {
    double dissipated = 0.0;
    const bool left = now.pressure <= 0.0 && memory.limit_before > 0.0;
    ContactMemory m = friction_step(law, memory, now, left ? entry(now.at, memory.stick) : now.at, dissipated);
    if (now.pressure > 0.0 && memory.limit <= 0.0) m.stick = entry(memory.stick, now.at);  // a step without a pass
    m.write(&state.history[memory_at(p)]);
    state.history[dissipated_] += points_[p].area * dissipated;
  });
}

void Indenter::sample_friction(const State& state, int point, ContactSample& sample) const {
  const Frame body = frame(state);
  const ContactMemory memory = ContactMemory::read(&state.history[memory_at(point)]);
  const FrictionTraction t = friction_traction(friction_law(), memory, body.turn * (sample.at - body.centre));
  sample.friction = body.turn.transpose() * t.value;
  sample.slips = t.value.norm() > 0.999 * memory.limit;
}

void Indenter::report_friction(const State& state, ContactReport& report) const {
  const Frame body = frame(state);
  const FrictionLaw law = friction_law();
  if (turns()) report.spin = state.unknowns[spin_];
  report.dissipated = state.history[dissipated_];
  for_each_rubbing(state, body, [&](int p, const ContactMemory& memory, const ContactPoint& now) {
    report.friction += points_[p].area * body.turn.transpose() * friction_traction(law, memory, now.at).value;
  });
  report.force += report.friction;
}

}  // namespace nerveload
