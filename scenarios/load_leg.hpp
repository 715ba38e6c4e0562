#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "scenarios/leg_model.hpp"
#include "scenarios/snapshots.hpp"

namespace nerveload {

/// What a person controls.
struct LoadGoal {
  enum class Kind { none, force, mean_pressure, indentation };
  Kind kind = Kind::none;
  double value = 0.0;  ///< mN, kPa or mm
};

/// One converged state of a leg.
struct LegStep {
  enum class Phase { reference, pose, press, stroke, hold };
  Phase phase;
  State state;
  ContactReport contact;      ///< of the roller; empty before it touches
  double indentation_mm = 0;  ///< travel since touching
  double loaded_s = 0;        ///< of a stroke or hold: since the load was on
  int iterations = 0;
};

/// Called after each converged step, for progress; false asks to stop (the outcome is then incomplete).
using LegObserver = std::function<bool(const LegStep&)>;

struct LegOutcome {
  std::vector<LegStep> steps;  ///< the reference state first; the last one carries the load when complete
  bool complete = false;
  std::string reason;  ///< why it is not complete
  SolveStatistics statistics;
  int free_unknowns = 0;
  std::string linear_solver;
};

/// Equations made ready by earlier loads, by number of nodes: a leg of the same connectivity takes them over and leaves them for the next.
using ReadyProblems = std::map<std::size_t, std::unique_ptr<Problem>>;

struct LoadOptions {
  int threads = 2;
  ReadyProblems* ready = nullptr;  ///< with the same threads and linear solver
  LinearSolverKind linear_solver = LinearSolverKind::best_available;
  double first_travel_step_mm = 6.0, max_travel_step_mm = 6.0;  ///< docs/decisions/0003-pressing.md
  int stroke_steps = 12;
  int rubbing_stroke_steps = 24;    ///< with friction
  int hold_steps = 12;              ///< of a hold of tissue that relaxes, growing with time
  bool only_from_guess = false;     ///< give up where the guess of the load does not lead there
  int most_from_guess = 12;         ///< iterations from a guess; what is done instead takes about as many
  double tolerance = 1e-7;          ///< of the state that carries the load: residual over the forces in balance
  double path_tolerance = 1e-3;     ///< of the states on the way up to the load, which leave no trace in the last one
  double rubbing_tolerance = 1e-5;  ///< the same with friction, which remembers them
  /// Sees every Newton iteration; false stops at once, the outcome is then incomplete.
  std::function<bool(const NewtonIteration&)> iteration_observer;
  /// Asked once the goal, a force, is reached, with all steps so far: the force (mN) to go on to; none = that was the last. Each is solved for
  /// from the nearest one, so further forces cost no new way up; without friction and relaxation no force depends on those before it.
  std::function<std::optional<double>(const LegOutcome&)> next_force;
  /// Asked on the way up, step by step, to a force: whether this is far enough; what has been reached then counts as the goal.
  std::function<bool(const LegOutcome&)> enough;
};

/// A leg solved on a coarser mesh, as a guide.
struct SolvedLeg {
  const LegModel* leg = nullptr;
  const LegOutcome* outcome = nullptr;
};

/// States guessed from other legs of the same connectivity, less the leg's own undeformed one; the roller's travel counts from the touch.
struct LegGuess {
  std::optional<StateGuess> pose, loaded;
};

/// Brings the pose effects on, presses the roller in steps of travel until the goal is near, then solves for the goal
/// itself (for a force: travel is an unknown), and makes the stroke at the force reached (for an indentation: at that travel).
/// With a guide it goes to the goal at once, and step by step only where that fails. Tissue that relaxes does so from there on: all up to the
/// load is one step in time (PathClock), so the way there leaves no trace; a stroke, or a hold at the force reached, is followed in time.
/// A guess is tried first; where it does not lead there the way is gone as without it.
LegOutcome load_leg(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const LegObserver& observer = {}, const SolvedLeg& guide = {},
                    const LegGuess& guess = {});

/// The same leg under another load, from what it came to under earlier ones: its pose is taken over, and the new load is solved for at once from a
/// guess between (or beyond) the nearest loaded states. For a force or an indentation, elastic tissue and a roller that does not rub: there an
/// equilibrium does not depend on how it was reached. An outcome that is not complete says that the usual way has to be gone.
/// @param pose    reference and pose of this leg
/// @param loaded  states of this leg that carry loads, by rising indentation
/// @param guess   of the loaded state, tried first
LegOutcome load_leg_again(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const std::vector<LegStep>& pose,
                          const std::vector<LegStep>& loaded, const LegObserver& observer = {}, const LegGuess& guess = {});

}  // namespace nerveload
