#pragma once
#include <Eigen/Dense>
#include <string>
#include <vector>

#include "solver/layout.hpp"

namespace nerveload {

class NewtonSystem;

/// Everything that a step may change. Plain values: cutting a step back is a copy.
struct State {
  double path = 0.0;         ///< load path parameter
  Eigen::VectorXd unknowns;  ///< displacements (3 per node, mm), then the terms' own
  Eigen::VectorXd mixed;     ///< fields that Newton's linearisation updates and that a predictor extrapolates (element pressures)
  Eigen::VectorXd history;   ///< what only an augmentation or a whole step changes (multipliers, slip)
};

/// Whatever works on the unknowns: adds its residual (gradient of its energy, mN) and tangent (mN/mm).
class Term {
 public:
  virtual ~Term() = default;
  /// Once: own unknowns, mixed fields, history, and the groups of unknowns that its tangent couples.
  virtual void claim(Layout& layout) = 0;
  /// Initial values of what it claimed.
  virtual void start(State&) const {}
  virtual void add(const State& state, NewtonSystem& system) const = 0;
  /// The mixed fields after the Newton increment du from `from`; must not depend on the tangent's other parts.
  virtual void update_mixed(const State& /*from*/, const Eigen::VectorXd& /*du*/, State& /*to*/) const {}
  /// Largest part (0…1] of the increment that keeps the term's own unknowns admissible.
  virtual double admissible_part(const State&, const Eigen::VectorXd& /*du*/) const { return 1.0; }
  /// Multipliers after convergence; true when settled.
  virtual bool augment(State&) const { return true; }
  /// A step ended at this equilibrium: history that only whole steps change (slip, viscous stresses) moves on to it.
  virtual void commit(State&) const {}
};

}  // namespace nerveload
