#pragma once
#include <Eigen/Dense>
#include <deque>
#include <optional>

namespace nerveload {

/// A state as it can be carried from leg to leg of the same connectivity: what the unknowns and the element pressures differ by from those of the
/// leg's own undeformed state.
struct RelativeState {
  Eigen::VectorXd unknowns;   ///< displacements (3 per node, mm), then the terms' own
  Eigen::VectorXd pressures;  ///< per cell, kPa
};

/// Weights of values known at some places for the value at another one: ordinary Kriging with a Gaussian covariance that is wide beside the places'
/// distances. Two places give a secant, as many as there are directions and one more a plane, more of them curvature.
struct KrigingWeights {
  Eigen::VectorXd weights;  ///< sum 1
  double power = 0.0;       ///< standard deviation of the prediction over that of the process; 0 at a known place
};
/// @param known  a column for each place  @param at  directions scaled so that 1 is as far as they vary
KrigingWeights kriging_weights(const Eigen::MatrixXd& known, const Eigen::VectorXd& at);

/// A guess of a state, and how far off it is likely to be.
struct StateGuess {
  RelativeState state;
  double error_mm = 0.0;  ///< of displacements, root mean square, from how wrong earlier guesses were; infinite before there was one
};

/// States by place, from which the state elsewhere is guessed.
class Snapshots {
 public:
  /// Keeps a state; the oldest goes when there are too many. One that is known at this place already is left.
  void add(const Eigen::VectorXd& at, RelativeState state);
  /// @return none without a state of the same layout
  std::optional<StateGuess> guess(const Eigen::VectorXd& at) const;
  std::size_t size() const { return kept_.size(); }

 private:
  struct Kept {
    Eigen::VectorXd at;
    RelativeState state;
  };
  std::optional<StateGuess> mixed(const Eigen::VectorXd& at, double& power) const;
  std::deque<Kept> kept_;
  double squared_error_over_power_ = 0.0;  ///< sum over the states that were guessed before they were known
  int guessed_ = 0;
};

}  // namespace nerveload
