#pragma once
#include <map>
#include <memory>
#include <string>

#include "scenarios/load_leg.hpp"
#include "scenarios/snapshots.hpp"

namespace nerveload {

/// Where a leg stands among those of a sweep.
struct LeadPlace {
  std::string kind;      ///< all that is no number; legs of different kinds do not lead each other
  Eigen::VectorXd leg;   ///< what changes the leg, scaled so that 1 is as far as it varies
  Eigen::VectorXd load;  ///< what changes its load alone
};

/// What earlier legs came to, as guesses for the next one: all legs of a fidelity and a site family have one connectivity, so that states are carried
/// over node by node, and change smoothly with what a sweep varies (docs/decisions/0035).
class LegLead {
 public:
  LegGuess guess(const LeadPlace& place, const LegModel& leg) const;
  LegGuess guess_neutral(const LeadPlace& place, const LegModel& leg) const;
  /// Keeps the states of a complete outcome.
  void learn(const LeadPlace& place, const LegModel& leg, const LegOutcome& outcome);
  void learn_neutral(const LeadPlace& place, const LegModel& leg, const LegOutcome& outcome);

  ReadyProblems ready;                ///< of the last legs
  std::unique_ptr<LegModel> neutral;  ///< the last one, whose mesh is a faster start of the next

 private:
  struct Legs {
    decltype(Mesh::cells) cells;
    Snapshots neutral, pose, loaded;
  };
  static std::string key(const LeadPlace& place, const LegModel& leg);
  const Legs* find(const LeadPlace& place, const LegModel& leg) const;
  Legs* claim(const LeadPlace& place, const LegModel& leg);
  std::map<std::string, Legs> legs_;
};

}  // namespace nerveload
