#pragma once
#include <functional>
#include <optional>

#include "solver/terms/facet.hpp"
#include "solver/terms/foam_layer.hpp"
#include "solver/terms/friction.hpp"
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
  double max_penetration = 0.01;   ///< of a rigid body after augmentation, mm; with friction also the slip of points that stick
  double touching_pressure = 2.0;  ///< contact area counts where the pressure exceeds this, kPa (as the measurements do)
  double friction = 0.0;           ///< Coulomb's coefficient
  bool turning = false;            ///< a cylinder that turns freely about its axis; without friction nothing turns it
  /// Of the spring that carries a point while it sticks, kPa/mm; none = the penalty, or the shear stiffness of the foam.
  std::optional<double> tangential_stiffness = {};
};

/// Contact state of an indenter, for reports.
struct ContactReport {
  Vec3 force = Vec3::Zero();                       ///< on the indenter, mN, friction included
  Vec3 friction = Vec3::Zero();                    ///< the part of it that friction makes, mN
  double pressing_force = 0.0;                     ///< its part against the direction of travel, mN: what a prescribed load is
  double travel = 0.0;                             ///< mm
  double spin = 0.0;                               ///< of a freely turning cylinder about its axis, rad
  double dissipated = 0.0;                         ///< by friction since the beginning, µJ (mN mm)
  double area = 0.0;                               ///< mm², current configuration, where the pressure exceeds touching_pressure
  double mean_pressure = 0.0, max_pressure = 0.0;  ///< kPa; the mean is over that area
  double max_penetration = 0.0;                    ///< of a rigid body, mm
};

/// What a surface point feels.
struct ContactSample {
  Vec3 at;                       ///< current position, mm
  Vec3 normal;                   ///< of the body there
  double area;                   ///< reference area of the point, mm²
  double overlap;                ///< with the body's undeformed outside, mm
  double pressure;               ///< kPa per reference area
  Vec3 friction = Vec3::Zero();  ///< on the indenter, kPa per that area
  bool slips = false;            ///< its friction is at the limit
};

/// A rigid or foam-covered body pressed into facets of a mesh, with or without friction.
/// The gap is the signed distance φ of the current surface point from the body's undeformed outside; δ = −φ the overlap.
///   foam:   Π = ∫ ψ(δ) dA₀, ψ' = p(δ) the layer's law;
///   rigid:  p = max(0, λ + ε δ) with multiplier λ, augmented λ ← p until |penetration| ≤ max_penetration.
/// Pressures in the energy are per reference area (symmetric tangent); reports divide by the current one.
/// Its travel is one border unknown with the equation  n·direction force = load.
/// The body's convexity makes the curvature term, −p ∂²φ/∂u², a negative stiffness. Its p is a mixed field, updated by Newton's own linearisation like
/// an element's pressure: the penalty's answer to an increment that went too far would make the tangent indefinite.
/// Friction (friction.hpp) takes its limit, µ times the pressure, from the last augmentation, so that a foam layer needs passes too: they
/// end when a new limit would change the tractions by less than a thousandth of µ times the force. The spin of a freely turning cylinder is
/// one more border unknown, claimed after the travel; its equation is zero moment about the axis. While nothing sticks or slips the spin
/// keeps its value.
class Indenter final : public Term {
 public:
  /// @param facets  outward facets that the body may touch
  /// @param load    force along the direction as a function of the path, mN (used when the travel is free)
  Indenter(const Mesh& mesh, std::vector<Facet> facets, IndenterOptions options, std::function<IndenterPlacement(double path)> placement,
           std::function<double(double path)> load);

  void claim(Layout& layout) override;
  void start(State& state) const override;
  void add(const State& state, NewtonSystem& system) const override;
  bool augment(State& state) const override;
  void commit(State& state) const override;
  void update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const override;

  int travel_unknown() const { return travel_; }
  /// Whether its spin is an unknown.
  bool turns() const { return rubs() && options_.turning; }
  int spin_unknown() const { return spin_; }
  ContactReport report(const State& state) const;
  /// The points that touch.
  std::vector<ContactSample> samples(const State& state) const;
  const IndenterOptions& options() const { return options_; }
  IndenterPlacement placement(double path) const { return placement_(path); }
  /// Travel at which the body first touches the surface of a state.
  double touching_travel(const State& state) const;

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
  bool augment_pressure(const State& state, Eigen::VectorXd& next) const;

  // Friction: indenter_friction.cpp.
  struct Frame {
    Vec3 centre, direction;
    Mat3d turn;  ///< from space into the body's frame
  };
  bool rubs() const { return options_.friction > 0.0; }
  FrictionLaw friction_law() const;
  Frame frame(const State& state) const;
  int memory_at(int point) const { return first_memory_ + ContactMemory::size * point; }
  Vec3 entry(const Vec3& from, const Vec3& to) const;
  template <class Visit>
  void for_each_rubbing(const State& state, const Frame& frame, Visit&& visit) const;
  void claim_friction(Layout& layout);
  void add_friction(const State& state, NewtonSystem& system) const;
  bool augment_friction(const State& state, Eigen::VectorXd& next) const;
  void keep_multipliers(const State& state, Eigen::VectorXd& next) const;
  void sample_friction(const State& state, int point, ContactSample& sample) const;
  void report_friction(const State& state, ContactReport& report) const;

  const Mesh* mesh_;
  std::vector<Facet> facets_;
  IndenterOptions options_;
  std::function<IndenterPlacement(double)> placement_;
  std::function<double(double)> load_;
  std::vector<Point> points_;  ///< facet by facet
  int travel_ = -1, first_multiplier_ = 0, first_pressure_ = 0, first_block_ = 0, own_block_ = 0;
  int spin_ = -1, spin_block_ = 0, first_memory_ = 0, dissipated_ = 0, first_friction_block_ = 0;
};

}  // namespace nerveload
