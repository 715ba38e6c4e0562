#pragma once
#include <functional>
#include <optional>

#include "solver/terms/facet.hpp"
#include "solver/terms/foam_layer.hpp"
#include "solver/terms/indenter_shape.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Where an indenter is and which way it presses, at a value of the load path.
struct IndenterPlacement {
  Vec3 centre;     ///< at zero travel, mm
  Vec3 direction;  ///< unit; travel moves the body along it
};

struct IndenterOptions {
  IndenterShape shape = Cylinder{};
  std::optional<FoamLayer> foam;   ///< none = rigid
  double penalty = 50.0;           ///< of a rigid body, kPa/mm; augmentation removes the penetration that it leaves
  double max_penetration = 0.01;   ///< of a rigid body after augmentation, mm
  double touching_pressure = 2.0;  ///< contact area counts where the pressure exceeds this, kPa (as the measurements do)
};

/// Contact state of an indenter, for reports.
struct ContactReport {
  Vec3 force = Vec3::Zero();                       ///< on the indenter, mN
  double pressing_force = 0.0;                     ///< its part against the direction of travel, mN: what a prescribed load is
  double travel = 0.0;                             ///< mm
  double area = 0.0;                               ///< mm², current configuration, where the pressure exceeds touching_pressure
  double mean_pressure = 0.0, max_pressure = 0.0;  ///< kPa; the mean is over that area
  double max_penetration = 0.0;                    ///< of a rigid body, mm
};

/// A rigid or foam-covered body pressed frictionlessly into facets of a mesh.
/// The gap is the signed distance φ of the current surface point from the body's undeformed outside; δ = −φ the overlap.
///   foam:   Π = ∫ ψ(δ) dA₀, ψ' = p(δ) the layer's law;
///   rigid:  p = max(0, λ + ε δ) with multiplier λ, augmented λ ← p until |penetration| ≤ max_penetration.
/// Pressures in the energy are per reference area (symmetric tangent); reports divide by the current one.
/// Its travel is one border unknown with the equation  n·direction force = load.
/// The curvature term uses the pressure at hand; the body's convexity makes it a small negative stiffness.
class Indenter final : public Term {
 public:
  /// @param facets  outward facets that the body may touch
  /// @param load    force along the direction as a function of the path, mN (used when the travel is free)
  Indenter(const Mesh& mesh, std::vector<Facet> facets, IndenterOptions options, std::function<IndenterPlacement(double path)> placement,
           std::function<double(double path)> load);

  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;
  bool augment(State& state) const override;

  int travel_unknown() const { return travel_; }
  ContactReport report(const State& state) const;
  const IndenterOptions& options() const { return options_; }
  IndenterPlacement placement(double path) const { return placement_(path); }
  /// Travel at which the body first touches the surface of a state.
  double touching_travel(const State& state) const;
  /// Pressure per current area at each facet's centre, kPa, and the facets themselves (for output).
  const std::vector<Facet>& facets() const { return facets_; }

 private:
  struct Reaction {
    double pressure, stiffness;
  };
  /// A quadrature point of a facet.
  struct Point {
    int facet, number;  ///< number: within the facet
    Vec3 X;
    std::array<double, most_facet_nodes> N;
    double area;  ///< reference, mm²
  };
  Vec3 position(const Point& at, const State& state) const;
  SignedDistance distance(const Vec3& x) const;
  Reaction react(double overlap, double multiplier) const;
  template <class Visit>
  void for_each_point(const State& state, Visit&& visit) const;

  const Mesh* mesh_;
  std::vector<Facet> facets_;
  IndenterOptions options_;
  std::function<IndenterPlacement(double)> placement_;
  std::function<double(double)> load_;
  std::vector<Point> points_;  ///< facet by facet
  int travel_ = -1, first_multiplier_ = 0, first_block_ = 0, own_block_ = 0;
};

}  // namespace nerveload
