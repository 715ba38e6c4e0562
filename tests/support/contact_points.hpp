#pragma once
#include "solver/terms/indenter.hpp"

namespace nerveload {

/// Mean of a function of the place over the contact force:  ∫ p g dA / ∫ p dA.
template <class Function>
double mean_over_force(const std::vector<ContactSample>& points, Function&& g) {
  double force = 0.0, sum = 0.0;
  for (const ContactSample& c : points) {
    force += c.area * c.pressure;
    sum += c.area * c.pressure * g(c.at);
  }
  return sum / force;
}

}  // namespace nerveload
