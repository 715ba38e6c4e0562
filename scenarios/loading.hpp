#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/greatest_load.hpp"
#include "scenarios/leg_guide.hpp"
#include "scenarios/load_leg.hpp"

namespace nerveload {

/// One leg under way: state, predictor memory and what has been reached. load_leg.cpp goes through the phases, press_to_load.cpp brings the roller
/// near its load, settle_on_load.cpp to it.
class Loading {
 public:
  Loading(LegModel& leg, const LoadGoal& goal, const LoadOptions& options, const LegObserver& observer, const SolvedLeg& guide,
          const LegGuess& guess);
  LegOutcome run();
  LegOutcome run_again(const std::vector<LegStep>& pose, const std::vector<LegStep>& loaded);

 private:
  // load_leg.cpp
  LegOutcome finished(bool complete);
  static std::unique_ptr<Problem> prepare(const Model& model, const LoadOptions& options);
  bool pose();
  bool pose_from_guess();
  bool stroke();
  bool hold();
  /// A stretch of the path at the load reached, in steps that are all reported.
  bool follow_loaded(LegStep::Phase phase, double from, int steps, const char* name);
  StepTarget target(double path, std::optional<double> travel) const;
  NewtonOptions newton_options() const;
  PathOptions path_options(double first, double longest, double shortest) const;
  /// The guide's guess along the path; none without a guide.
  std::function<State(const State&, double path)> predictor() const;
  /// A guess laid over the undeformed leg; none that does not fit it.
  std::optional<State> laid_over(const std::optional<StateGuess>& guess) const;
  double measure(const ContactReport& c, double indentation) const;
  bool record(LegStep::Phase phase, int iterations);
  /// The first of a report's iterations is the start.
  bool record(LegStep::Phase phase, const SolveReport& r) { return record(phase, static_cast<int>(r.iterations.size()) - 1); }
  bool fail(const std::string& where, const PathReport& r);
  bool fail(const std::string& where, const SolveReport& r, const std::string& after = {});
  bool fail_with(std::string reason);
  /// Whether somebody asked to stop, between steps or within one.
  bool stopped(const SolveReport& r);
  bool stopped(const PathReport& r) { return stopped(r.last); }
  /// Friction remembers its way: no leaps then, and every state on the way counts.
  bool rubs() const { return leg_.roller && leg_.roller->turns(); }
  /// What part of the goal the last step carries.
  double reached() const { return measure(outcome_.steps.back().contact, outcome_.steps.back().indentation_mm) / goal_.value; }
  /// Where the guide was at the goal: it may have been pressed further.
  double goal_on_guide() const { return goal_.kind == LoadGoal::Kind::force ? guide_->place_of_force(goal_.value) : guide_->end_of_press(); }

  // press_to_load.cpp
  bool press();
  NewtonOptions leap_options(int most_iterations) const;
  /// Where on the path a state lies that is pressed.
  double press_path_of(const State& state) const;
  /// To the load from a guess of the state that carries it; for a force the travel is free.
  bool leap_from_guess();
  /// To the guide's goal at once; for a force the travel is free.
  bool leap();
  /// To the goal from what this leg came to under other loads. Force over travel is taken for a power law, square with a single state to go by.
  bool leap_between(const std::vector<LegStep>& loaded);
  /// In long steps along the guide, as far as they go.
  void stride();
  /// Step by step from where the leg is, near to the goal.
  bool walk();
  /// Whether the last step carries the greatest force so far: what is beyond a maximum is no load that a weight comes to (decision 0042).
  bool carries_most() const { return greatest_load(outcome_.steps) == outcome_.steps.size() - 1; }
  /// Whether the leg gives way under a roller that is pressed by a force.
  bool turns_aside() const;
  /// What lies beyond the greatest force of pressing that did not reach its load is not kept.
  void end_with_greatest_load();
  /// Travel still wanted, from the power law through the last two steps; a little more than that, so that one step arrives.
  double travel_to_goal() const;

  // settle_on_load.cpp
  /// Where an attempt fails, once more with a smaller shift of the tangent and more increments (decision 0038).
  bool with_patience(const std::function<bool()>& attempt);
  /// The goal itself.
  bool settle_on_goal();
  /// For a force one Newton solve with the travel as an unknown; else, or if that fails, a secant in travel.
  bool settle();
  /// The last step on the way, once more to the full tolerance.
  bool settle_on_indentation();
  /// To every further force that is asked for.
  bool go_on();
  bool go_to(double force);
  /// Newton's method and augmentation until the contact is settled.
  SolveReport solve_settled(State& trial, const StepTarget& to);
  bool augment(State& trial) const;
  void commit();
  /// Scales the last increment so that the force it carries comes out at the goal.
  void predict_force_state(State& trial) const;
  /// Indentation and what the goal is measured by.
  using Trial = std::array<double, 2>;
  Trial of_goal(const LegStep& s) const { return {s.indentation_mm, measure(s.contact, s.indentation_mm)}; }
  bool secant_on_goal() { return secant(of_goal(outcome_.steps[outcome_.steps.size() - 2]), of_goal(outcome_.steps.back())); }
  /// Follows the travel from the state, which is the second trial, until the goal is met.
  bool secant(Trial one, Trial two);

  LegModel& leg_;
  LoadGoal goal_;
  const LoadOptions& options_;
  const LegObserver& observer_;
  const LegGuess& guess_;
  std::unique_ptr<Problem> prepared_;
  Problem& problem_;
  State state_;
  State undeformed_;
  std::optional<LegGuide> guide_;
  PathMemory memory_;
  LegOutcome outcome_;
  double touch_ = 0.0;
  bool on_goal_ = false, stopped_ = false;
  bool patient_ = false;  ///< an attempt has failed on the way (with_patience)
};

}  // namespace nerveload
