#include "solver/terms/indenter.hpp"

#include <limits>

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

Indenter::Indenter(const Mesh& mesh, std::vector<Facet> facets, IndenterOptions options, std::function<IndenterPlacement(double)> placement,
                   std::function<double(double)> load)
    : mesh_(&mesh), facets_(std::move(facets)), options_(options), placement_(std::move(placement)), load_(std::move(load)) {
  NL_EXPECT(!facets_.empty(), "facets to touch");
  NL_EXPECT(!options_.turning || std::holds_alternative<Cylinder>(options_.shape), "only a cylinder turns");
  for (std::size_t f = 0; f < facets_.size(); ++f) {
    const FacetCorners corner = facet_corners(facets_[f], [&](int n) { return mesh.X[n]; });
    for (int p = 0; p < facet_points(corner.count); ++p) {
      const FacetPoint at = facet_point(corner, p);
      points_.push_back({static_cast<int>(f), p, at.X, at.N, at.area_vector.norm()});
    }
  }
}

void Indenter::claim(Layout& layout) {
  travel_ = layout.claim_border_unknown();
  first_multiplier_ = layout.claim_history(static_cast<int>(points_.size()));
  first_pressure_ = layout.claim_mixed(static_cast<int>(points_.size()));
  first_block_ = layout.blocks();
  for (const Facet& f : facets_) layout.couple_nodes(f, {travel_});
  own_block_ = layout.couple(std::array{travel_});
  if (rubs()) claim_friction(layout);
}

SignedDistance Indenter::distance(const Vec3& x) const {
  return std::visit([&](const auto& s) { return s.distance(x); }, options_.shape);
}

Indenter::Reaction Indenter::react(double overlap, double multiplier) const {
  if (options_.foam) {
    const FoamLayer::Reaction r = options_.foam->at(overlap);
    return {r.pressure, r.stiffness};
  }
  const double p = multiplier + options_.penalty * overlap;
  return p > 0.0 ? Reaction{p, options_.penalty} : Reaction{0.0, 0.0};
}

Vec3 Indenter::position(const Point& at, const State& state) const {
  const Facet& facet = facets_[at.facet];
  Vec3 x = at.X;
  for (int n = 0; n < facet.size(); ++n) x += at.N[n] * state.unknowns.segment<3>(3 * facet[n]);
  return x;
}

template <class Visit>
void Indenter::for_each_point(const State& state, Visit&& visit) const {
  const IndenterPlacement place = placement_(state.path);
  const Vec3 centre = place.centre + state.unknowns[travel_] * place.direction;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    const SignedDistance d = distance(position(points_[p], state) - centre);
    const Reaction r = react(-d.value, state.history[first_multiplier_ + static_cast<int>(p)]);
    if (r.pressure > 0.0) visit(static_cast<int>(p), d, r, place.direction);
  }
}

void Indenter::add(const State& state, NewtonSystem& system) const {
  constexpr int most = 3 * most_facet_nodes + 1;
  using Vec = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most, 1>;
  using Mat = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most, most>;
  int facet = -1;
  Vec residual;
  Mat K;
  auto flush = [&] {
    if (facet >= 0) system.add_full(first_block_ + facet, residual, K);
  };
  for_each_point(state, [&](int p, const SignedDistance& d, const Reaction& r, const Vec3& direction) {
    const Point& at = points_[p];
    const int nodes = facets_[at.facet].size(), size = 3 * nodes + 1;
    if (at.facet != facet) {
      flush();
      facet = at.facet;
      residual = Vec::Zero(size);
      K = Mat::Zero(size, size);
    }
    // x − centre depends on the facet's nodes through N and on the travel through −direction.
    Eigen::Matrix<double, 3, Eigen::Dynamic, 0, 3, most> B(3, size);
    for (int n = 0; n < nodes; ++n) B.block<3, 3>(0, 3 * n) = at.N[n] * Mat3d::Identity();
    B.col(3 * nodes) = -direction;
    residual -= at.area * r.pressure * B.transpose() * d.normal;
    const Vec normal = B.transpose() * d.normal;
    K += at.area * (r.stiffness * normal * normal.transpose() - state.mixed[first_pressure_ + p] * B.transpose() * d.curvature * B);
  });
  flush();
  const double load = -load_(state.path), none = 0.0;
  system.add(own_block_, &load, &none);
  if (rubs()) add_friction(state, system);
}

void Indenter::update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const {
  to.mixed.segment(first_pressure_, static_cast<int>(points_.size())).setZero();
  for_each_point(from, [&](int p, const SignedDistance& d, const Reaction& r, const Vec3& direction) {
    const Facet& facet = facets_[points_[p].facet];
    Vec3 dx = -du[travel_] * direction;
    for (int n = 0; n < facet.size(); ++n) dx += points_[p].N[n] * du.segment<3>(3 * facet[n]);
    to.mixed[first_pressure_ + p] = std::max(0.0, r.pressure - r.stiffness * d.normal.dot(dx));
  });
}

bool Indenter::augment(State& state) const {
  if (options_.foam && !rubs()) return true;
  Eigen::VectorXd next = state.history;
  const bool penetrates = !options_.foam && !augment_pressure(state, next);
  if (!penetrates) next = state.history;
  if ((!rubs() || augment_friction(state, next)) && !penetrates) return true;
  state.history = next;
  return false;
}

bool Indenter::augment_pressure(const State& state, Eigen::VectorXd& next) const {
  next.segment(first_multiplier_, static_cast<int>(points_.size())).setZero();
  double worst = 0.0;
  for_each_point(state, [&](int p, const SignedDistance& d, const Reaction& r, const Vec3&) {
    next[first_multiplier_ + p] = r.pressure;
    worst = std::max(worst, std::abs(d.value));
  });
  return worst <= options_.max_penetration;
}

std::vector<ContactSample> Indenter::samples(const State& state) const {
  std::vector<ContactSample> all;
  for_each_point(state, [&](int p, const SignedDistance& d, const Reaction& r, const Vec3&) {
    ContactSample& at = all.emplace_back(ContactSample{position(points_[p], state), d.normal, points_[p].area, -d.value, r.pressure});
    if (rubs()) sample_friction(state, p, at);
  });
  return all;
}

ContactReport Indenter::report(const State& state) const {
  ContactReport c;
  c.travel = state.unknowns[travel_];
  double force_in_area = 0.0;
  // Under a foam layer a point's pressure is its own; a rigid body's multipliers are more than a facet's nodes can tell apart, and near the
  // rim a single point may carry all of a facet's force: there the facet's mean counts.
  int facet = -1;
  double facet_force = 0.0, facet_area = 0.0;
  auto end_facet = [&] {
    if (facet >= 0) c.max_pressure = std::max(c.max_pressure, facet_force / facet_area);
  };
  for_each_point(state, [&](int p, const SignedDistance& d, const Reaction& r, const Vec3&) {
    const Point& at = points_[p];
    const FacetCorners now = facet_corners(facets_[at.facet], [&](int n) { return Vec3(mesh_->X[n] + state.unknowns.segment<3>(3 * n)); });
    const double area = facet_point(now, at.number).area_vector.norm();
    const double force = r.pressure * at.area, pressure = force / area;
    c.force -= force * d.normal;
    if (pressure > options_.touching_pressure) {
      c.area += area;
      force_in_area += force;
    }
    if (options_.foam) {
      c.max_pressure = std::max(c.max_pressure, pressure);
      return;
    }
    c.max_penetration = std::max(c.max_penetration, -d.value);
    if (at.facet != facet) {
      end_facet();
      facet = at.facet;
      facet_force = facet_area = 0.0;
      for (int q = 0; q < facet_points(now.count); ++q) facet_area += facet_point(now, q).area_vector.norm();
    }
    facet_force += force;
  });
  end_facet();
  if (rubs()) report_friction(state, c);
  c.pressing_force = -c.force.dot(placement_(state.path).direction);
  if (c.area > 0.0) c.mean_pressure = force_in_area / c.area;
  return c;
}

double Indenter::touching_travel(const State& state) const {
  // The largest advance that leaves every surface point outside, by conservative advancement along the direction:
  // the distance is 1-Lipschitz, so advancing by it never overshoots.
  const IndenterPlacement place = placement_(state.path);
  double best = std::numeric_limits<double>::infinity();
  for (const Point& at : points_) {
    const Vec3 x = position(at, state);
    double travel = -1000.0;  // mm, well clear of the surface
    for (int i = 0; i < 400 && travel < best; ++i) {
      const double d = distance(x - place.centre - travel * place.direction).value;
      if (d < 1e-9) break;
      travel += d;
      if (travel > 1000.0) travel = std::numeric_limits<double>::infinity();
    }
    best = std::min(best, travel);
  }
  return best;
}

}  // namespace nerveload
