#pragma once
#include <array>

#include "scenarios/load_leg.hpp"

namespace nerveload {

/// What another mesh of the same leg has found, carried over to this one: a guess of the increment between any two of its
/// states. An equilibrium does not depend on how it was guessed (docs/decisions/0009): what a leg remembers of its past, it remembers of its own.
class LegGuide {
 public:
  /// @param solved  a complete outcome of `from`
  /// @param start   a state of `to` in whose layout the guesses are made
  LegGuide(const LegModel& from, const LegOutcome& solved, const LegModel& to, const State& start);

  /// Place of a step on the guide: pose 1, then 1 + indentation in mm, then the path of a stroke or hold.
  static double place_of(const LegStep& step);
  double end_of_press() const { return end_of_press_; }
  bool pressed() const { return !forces_.empty(); }
  /// Where the guide carried a pressing force, mN: the end of its press for what it was pressed to, linear between its states elsewhere.
  double place_of_force(double force) const;
  /// `state`, an equilibrium at place `from`, moved by what the guide's states differ between there and `to`.
  State predict(const State& state, double from, double to) const;

 private:
  struct Mark {
    double place;
    State state;
  };
  State at(double place) const;
  std::vector<Mark> marks_;                    ///< by ascending place
  std::vector<std::array<double, 2>> forces_;  ///< pressing force and place of the press, ascending, from the touch on; empty without one
  double end_of_press_ = 0.0, last_force_ = 0.0;
};

}  // namespace nerveload
