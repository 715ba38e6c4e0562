#pragma once
#include <functional>
#include <vector>

#include "solver/materials/prony.hpp"
#include "solver/mesh.hpp"
#include "solver/terms/path_clock.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Uniaxial law of a cable, tension only: strain from slack ε = λ − 1,
///   σ = c (e^{kε} − 1) up to the strain where the tangent reaches `cap`, then linear with slope `cap`; 0 for ε ≤ 0.
/// w is its integral with w(1) = 0: a constant would be a false end force (energy is per unstressed length).
struct CableFibre {
  double c = 0.0146;    ///< kPa
  double k = 82.7;      ///< –
  double cap = 2000.0;  ///< kPa
  struct Law {
    double energy, stress, tangent;  ///< w, σ = w', E = w''; kPa
  };
  Law at(double stretch) const;
};

/// Restoring energy of a slip: ½ K s², or with a slip scale s_c the saturating K s_c² (√(1 + s²/s_c²) − 1).
struct SlipTether {
  double stiffness = 0.0;   ///< K, mN/mm
  double slip_scale = 0.0;  ///< s_c, mm; 0 = linear
};

/// A point of the cable's path.
struct CableNode {
  Vec3 X;                       ///< reference position, mm
  std::vector<int> nodes;       ///< of the solid that carry it; empty = a point fixed in space
  std::vector<double> weights;  ///< x = X + Σ weight · u(node)
  double m0 = 0.0;              ///< material coordinate (arc length of the unstressed cable) at rest there, mm
  SlipTether tether;
};

/// A Lagrangian end: the material end is fixed at its m, its place e along the path is the unknown (distal positive).
///   root: d_first − e, energy +T0 e + ½ k e²;   foot: d_last + e, energy −T0 e + ½ k e².
struct CableEnd {
  bool sprung = false;     ///< false: the end stays where it is
  double stiffness = 0.0;  ///< mN/mm
  double preload = 0.0;    ///< T0, mN
};

/// Quasi-linear relaxation of the stress beyond that of a resting stretch λ₀, which the cable has borne for ever:
///   σ = min(σ_e, σ₀) + relaxed part of S,   S = max(0, σ_e − σ₀)/share(ramp),   σ_e the fibre law.
/// The law is thus that of a load that comes on within `ramp_s`, as tissue's is (docs/decisions/0022). A segment's memory stays with the
/// segment: what slides through it meanwhile is short beside it.
struct CableRelaxation {
  Prony series;  ///< none: elastic
  double resting_stretch = 1.0, ramp_s = 1.0;
  PathClock clock;
};

struct CableOptions {
  CableFibre fibre;
  double area = 50.0;  ///< unstressed section, mm²
  CableEnd root, foot;
  std::vector<double> length_offset;                                           ///< per segment, mm, added to |x_{i+1} − x_i|; empty = none
  std::function<double(double path)> activation = [](double) { return 1.0; };  ///< scales the energy, > 0
  CableRelaxation relaxation = {};
};

/// Axial fibres that slide in their bed (Eulerian-on-Lagrangian): positions follow the solid, one material coordinate a node is free.
///   W = Σ_j D A w(d/D) + Σ_i tether(m_i − m_i⁰) + ends,   d = path length of segment j, D = m_{i+1} − m_i.
/// Its derivative in x is the tension along the axis and with it the lateral push T·curvature; in m it is sliding.
class SlidingCable final : public Term {
 public:
  SlidingCable(std::vector<CableNode> nodes, CableOptions options);
  void claim(Layout& layout) override;
  /// Starts from the sliding equilibrium on the undeformed path.
  void start(State& state) const override;
  void add(const State& state, NewtonSystem& system) const override;
  double admissible_part(const State& state, const Eigen::VectorXd& du) const override;
  /// The memories of a cable that relaxes move on to the step's end.
  void commit(State& state) const override;

  /// What the cable is doing, per segment and per node.
  struct Report {
    std::vector<double> stretch, tension;  ///< per segment; –, mN (without activation)
    std::vector<double> tangent;           ///< per segment, E = w'' of the fibres, kPa
    std::vector<double> length;            ///< per segment, path length, mm
    std::vector<double> material;          ///< m per node, mm
    double root_motion, foot_motion;       ///< e, mm
    double energy;                         ///< W, mN·mm
  };
  Report report(const State& state) const;
  const std::vector<CableNode>& nodes() const { return nodes_; }
  /// Takes over how another discretisation of the same cable has slid: a start for Newton's method.
  void take_over(const SlidingCable& other, const State& from, State& to) const;

 private:
  struct Segment {
    Vec3 t;              ///< unit, from node i to i+1
    double chord, d, D;  ///< |x_{i+1} − x_i|; path length; material length
  };
  int segments() const { return static_cast<int>(nodes_.size()) - 1; }
  Vec3 position(int node, const State& state) const;
  double material(int node, const State& state) const;
  double end_motion(int unknown, const State& state) const { return unknown < 0 ? 0.0 : state.unknowns[unknown]; }
  Segment segment(int j, const State& state) const;
  bool relaxes() const { return !options_.relaxation.series.terms.empty(); }
  /// The step from the last commit to the state's time; elastic without relaxation.
  Prony::Step step_to(const State& state) const;
  /// S, of an elastic stress σ_e.
  double excess(double elastic_stress) const;
  /// The fibre's law at a stretch of segment j, within a step.
  CableFibre::Law law(int j, double stretch, const Prony::Step& step, const State& state) const;
  /// Where a segment's memory stands in State::history: S, each Q_i, the stretch.
  int memory_at(int j) const { return first_memory_ + j * (2 + static_cast<int>(options_.relaxation.series.terms.size())); }
  void add_segment(int j, const State& state, const Prony::Step& step, double activation, NewtonSystem& system) const;
  void add_tether(int i, const State& state, double activation, NewtonSystem& system) const;
  void add_end(const CableEnd& end, int unknown, int block, double sign, const State& state, double activation, NewtonSystem& system) const;

  std::vector<CableNode> nodes_;
  CableOptions options_;
  std::vector<int> m_unknown_;  ///< per node, −1 at the two ends
  int root_unknown_ = -1, foot_unknown_ = -1;
  bool proportional_ = false;  ///< a copy used inside start(): leave the start values to the caller
  int first_segment_block_ = 0, first_tether_block_ = 0, root_block_ = -1, foot_block_ = -1;
  int first_memory_ = 0, time_of_commit_ = -1;
  double resting_stress_ = 0.0, reference_share_ = 1.0;
};

}  // namespace nerveload
