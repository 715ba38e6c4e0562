#pragma once
#include <functional>
#include <vector>

#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// A load on facets, growing with the path: dead traction t₀ per reference area, and pressure p that follows the surface.
///   residual_a = −s(path) ∫ N_a t₀ dA₀ + s(path) p ∫ N_a (∂x/∂ξ × ∂x/∂η) dξdη,   pressure positive when it pushes inwards.
/// The dead part has no tangent. The pressure's is symmetric for a closed surface or one whose rim is held; elsewhere the rim
/// adds an antisymmetric part, and the tangent is its symmetrised form: the residual and with it the answer are exact, only
/// Newton's convergence is then linear instead of quadratic.
class Traction final : public Term {
 public:
  /// @param scale  s of the path, 1 at full load
  Traction(const Mesh& mesh, std::vector<Facet> facets, const Vec3& dead_kPa, double pressure_kPa, std::function<double(double path)> scale);
  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;

 private:
  const Mesh* mesh_;
  std::vector<Facet> facets_;
  Vec3 dead_;
  double pressure_;
  std::function<double(double)> scale_;
  int first_block_ = 0;
};

}  // namespace nerveload
