#pragma once
#include <gtest/gtest.h>

#include "solver/terms/facet.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {

/// A quadrature point of an indenter's facets that it presses on.
struct ContactPoint {
  Vec3 x;          ///< where it is now
  double area;     ///< reference, mm²
  double overlap;  ///< mm, with the body's undeformed outside
  double force;    ///< mN, along the body's normal
};

/// All of them. Where the body is rigid its multipliers must be the state's only history.
inline std::vector<ContactPoint> contact_points(const Mesh& mesh, const Indenter& body, const State& state) {
  std::vector<ContactPoint> found;
  const IndenterOptions& options = body.options();
  const IndenterPlacement place = body.placement(state.path);
  const Vec3 centre = place.centre + state.unknowns[body.travel_unknown()] * place.direction;
  EXPECT_EQ(state.history.size(), static_cast<Eigen::Index>(4 * body.facets().size()));
  for (std::size_t f = 0; f < body.facets().size(); ++f)
    for (int p = 0; p < 4; ++p) {
      const FacetCorners rest = facet_corners(body.facets()[f], [&](int n) { return mesh.X[n]; });
      const FacetCorners now =
          facet_corners(body.facets()[f], [&](int n) { return Vec3(mesh.X[n] + state.unknowns.segment<3>(3 * static_cast<Eigen::Index>(n))); });
      const Vec3 x = facet_point(now, p).X;
      const double area = facet_point(rest, p).area_vector.norm();
      const double overlap = -std::visit([&](const auto& s) { return s.distance(x - centre).value; }, options.shape);
      const double pressure =
          options.foam ? options.foam->at(overlap).pressure : state.history[static_cast<Eigen::Index>(4 * f) + p] + options.penalty * overlap;
      if (pressure > 0.0) found.push_back({x, area, overlap, pressure * area});
    }
  return found;
}

/// Mean of a function of the place over the contact force:  ∫ p g dA / ∫ p dA.
template <class Function>
double mean_over_force(const std::vector<ContactPoint>& points, Function&& g) {
  double force = 0.0, sum = 0.0;
  for (const ContactPoint& c : points) {
    force += c.force;
    sum += c.force * g(c.x);
  }
  return sum / force;
}

}  // namespace nerveload
