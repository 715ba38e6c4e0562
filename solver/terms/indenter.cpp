#include "solver/terms/indenter.hpp"

#include <limits>

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"
#include "solver/terms/facet.hpp"

namespace nerveload {

Indenter::Indenter(const Mesh& mesh, std::vector<Quad> facets, IndenterOptions options, std::function<IndenterPlacement(double)> placement,
                   std::function<double(double)> load)
    : mesh_(&mesh), facets_(std::move(facets)), options_(options), placement_(std::move(placement)), load_(std::move(load)) {
  NL_EXPECT(!facets_.empty(), "facets to touch");
  NL_EXPECT(!options_.turning || std::holds_alternative<Cylinder>(options_.shape), "only a cylinder turns");
  for (const Quad& q : facets_) {
    std::array<Vec3, 4> corner;
    for (int n = 0; n < 4; ++n) corner[n] = mesh.X[q[n]];
    auto& at = points_.emplace_back();
    for (int p = 0; p < points; ++p) {
      const FacetPoint f = facet_point(corner, p);
      at[p] = {f.X, f.N, f.area_vector.norm()};
    }
  }
}

void Indenter::claim(Layout& layout) {
  travel_ = layout.claim_border_unknown();
  first_multiplier_ = layout.claim_history(points * static_cast<int>(facets_.size()));
  first_block_ = layout.blocks();
  for (const Quad& q : facets_) {
    std::array<int, 13> unknowns;
    for (int n = 0; n < 4; ++n)
      for (int i = 0; i < 3; ++i) unknowns[3 * n + i] = 3 * q[n] + i;
    unknowns[12] = travel_;
    layout.couple(unknowns);
  }
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

Vec3 Indenter::position(const State& state, std::size_t facet, const Point& at) const {
  Vec3 x = at.X;
  for (int n = 0; n < 4; ++n) x += at.N[n] * state.unknowns.segment<3>(3 * facets_[facet][n]);
  return x;
}

template <class Visit>
void Indenter::for_each_point(const State& state, Visit&& visit) const {
  const IndenterPlacement place = placement_(state.path);
  const Vec3 centre = place.centre + state.unknowns[travel_] * place.direction;
  for (std::size_t f = 0; f < facets_.size(); ++f)
    for (int p = 0; p < points; ++p) {
      const Point& at = points_[f][p];
      const SignedDistance d = distance(position(state, f, at) - centre);
      const int multiplier = first_multiplier_ + points * static_cast<int>(f) + p;
      const Reaction r = react(-d.value, state.history[multiplier]);
      if (r.pressure > 0.0) visit(f, p, at, d, r, place.direction);
    }
}

void Indenter::add(const State& state, NewtonSystem& system) const {
  using Vec13 = Eigen::Matrix<double, 13, 1>;
  using Mat13 = Eigen::Matrix<double, 13, 13>;
  std::size_t facet = facets_.size();
  Vec13 residual;
  Mat13 K;
  auto flush = [&] {
    if (facet == facets_.size()) return;
    std::array<double, 91> lower;
    for (int i = 0, k = 0; i < 13; ++i)
      for (int j = 0; j <= i; ++j) lower[k++] = K(i, j);
    system.add(first_block_ + static_cast<int>(facet), residual.data(), lower.data());
  };
  for_each_point(state, [&](std::size_t f, int, const Point& at, const SignedDistance& d, const Reaction& r, const Vec3& direction) {
    if (f != facet) {
      flush();
      facet = f;
      residual.setZero();
      K.setZero();
    }
    // x − centre depends on the four nodes through N and on the travel through −direction.
    Eigen::Matrix<double, 3, 13> B;
    for (int n = 0; n < 4; ++n) B.block<3, 3>(0, 3 * n) = at.N[n] * Mat3d::Identity();
    B.col(12) = -direction;
    residual -= at.area * r.pressure * B.transpose() * d.normal;
    const Vec13 normal = B.transpose() * d.normal;
    K += at.area * (r.stiffness * normal * normal.transpose() - r.pressure * B.transpose() * d.curvature * B);
  });
  flush();
  const double load = -load_(state.path), none = 0.0;
  system.add(own_block_, &load, &none);
  if (rubs()) add_friction(state, system);
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
  next.segment(first_multiplier_, points * static_cast<int>(facets_.size())).setZero();
  double worst = 0.0;
  for_each_point(state, [&](std::size_t f, int p, const Point&, const SignedDistance& d, const Reaction& r, const Vec3&) {
    next[first_multiplier_ + points * static_cast<int>(f) + p] = r.pressure;
    worst = std::max(worst, std::abs(d.value));
  });
  return worst <= options_.max_penetration;
}

ContactReport Indenter::report(const State& state) const {
  ContactReport c;
  c.travel = state.unknowns[travel_];
  double force_in_area = 0.0;
  for_each_point(state, [&](std::size_t f, int p, const Point& at, const SignedDistance& d, const Reaction& r, const Vec3&) {
    std::array<Vec3, 4> corner;
    for (int n = 0; n < 4; ++n) corner[n] = mesh_->X[facets_[f][n]] + state.unknowns.segment<3>(3 * facets_[f][n]);
    const double area = facet_point(corner, p).area_vector.norm();
    const double force = r.pressure * at.area, pressure = force / area;
    c.force -= force * d.normal;
    if (pressure > options_.touching_pressure) {
      c.area += area;
      force_in_area += force;
    }
    c.max_pressure = std::max(c.max_pressure, pressure);
    if (!options_.foam) c.max_penetration = std::max(c.max_penetration, -d.value);
  });
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
  for (std::size_t f = 0; f < facets_.size(); ++f)
    for (const Point& at : points_[f]) {
      const Vec3 x = position(state, f, at);
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
