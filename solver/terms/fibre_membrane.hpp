#pragma once
#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Uniaxial law of a fibre family in a sheet, tension only: nothing for ε = λ − 1 ≤ 0, a parabola over the toe,
/// then the modulus:  σ = E ε²/(2 ε_toe)  for ε ≤ ε_toe,  E (ε − ε_toe/2)  beyond; nominal stress, kPa.
struct SheetFibre {
  double modulus = 0.0;  ///< E, kPa
  double toe = 0.03;     ///< ε_toe
  struct Law {
    double stress, stiffness;
  };
  Law at(double strain) const {
    if (strain <= 0.0) return {0.0, 0.0};
    if (strain <= toe) return {0.5 * modulus * strain * strain / toe, modulus * strain / toe};
    return {modulus * (strain - 0.5 * toe), modulus};
  }
};

/// A thin sheet between cells, of two fibre families at right angles in tension; no bending, no compression, no shear.
/// Its energy is convex in the positions, so it only ever helps the tangent stay definite.
class FibreMembrane final : public Term {
 public:
  struct Facet {
    Quad nodes;
    Vec3 long_axis;    ///< first fibre direction, projected on the facet; unit
    double thickness;  ///< mm
  };
  FibreMembrane(const Mesh& mesh, std::vector<Facet> facets, SheetFibre along, SheetFibre across);
  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;

 private:
  /// One fibre family at one point: stretch vector ∂x/∂s = Σ b_n x_n.
  struct Strand {
    std::array<double, 4> b;
    double volume;  ///< area × thickness, mm³
  };
  const Mesh* mesh_;
  std::vector<Facet> facets_;
  SheetFibre law_[2];
  std::vector<std::array<std::array<Strand, 2>, 4>> strands_;  ///< facet, point, family
  int first_block_ = 0;
};

}  // namespace nerveload
