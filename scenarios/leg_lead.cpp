#include "scenarios/leg_lead.hpp"

#include <algorithm>

namespace nerveload {
namespace {

/// A step's state less the reference state of its leg. The roller's travel counts from the touch.
RelativeState relative(const LegModel& leg, const LegStep& reference, const LegStep& step) {
  RelativeState r;
  r.unknowns = step.state.unknowns - reference.state.unknowns;
  if (leg.roller) r.unknowns[leg.roller->travel_unknown()] = step.indentation_mm;
  const auto cells = static_cast<int>(leg.anatomy.mesh.cells.size());
  r.pressures.resize(cells);
  for (int c = 0; c < cells; ++c) r.pressures[c] = step.state.mixed[leg.body->pressure_index(c)] - reference.state.mixed[leg.body->pressure_index(c)];
  return r;
}

const LegStep* last_of(const LegOutcome& outcome, LegStep::Phase phase) {
  const auto found = std::find_if(outcome.steps.rbegin(), outcome.steps.rend(), [&](const LegStep& s) { return s.phase == phase; });
  return found == outcome.steps.rend() ? nullptr : &*found;
}

Eigen::VectorXd joined(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  Eigen::VectorXd all(a.size() + b.size());
  all << a, b;
  return all;
}

}  // namespace

std::string LegLead::key(const LeadPlace& place, const LegModel& leg) {
  return std::to_string(static_cast<int>(leg.shape.fidelity)) + leg.anatomy.family + "\n" + place.kind;
}

const LegLead::Legs* LegLead::find(const LeadPlace& place, const LegModel& leg) const {
  const auto at = legs_.find(key(place, leg));
  return at != legs_.end() && at->second.cells == leg.anatomy.mesh.cells ? &at->second : nullptr;
}

LegLead::Legs* LegLead::claim(const LeadPlace& place, const LegModel& leg) {
  Legs& legs = legs_[key(place, leg)];
  if (legs.cells.empty()) legs.cells = leg.anatomy.mesh.cells;
  return legs.cells == leg.anatomy.mesh.cells ? &legs : nullptr;
}

LegGuess LegLead::guess(const LeadPlace& place, const LegModel& leg) const {
  const Legs* legs = find(place, leg);
  if (!legs) return {};
  return {legs->pose.guess(place.leg), legs->loaded.guess(joined(place.leg, place.load))};
}

LegGuess LegLead::guess_neutral(const LeadPlace& place, const LegModel& leg) const {
  const Legs* legs = find(place, leg);
  if (!legs) return {};
  return {legs->neutral.guess(place.leg), {}};
}

void LegLead::learn(const LeadPlace& place, const LegModel& leg, const LegOutcome& outcome) {
  Legs* legs = outcome.complete ? claim(place, leg) : nullptr;
  if (!legs) return;
  const LegStep *reference = last_of(outcome, LegStep::Phase::reference), *pose = last_of(outcome, LegStep::Phase::pose),
                *loaded = last_of(outcome, LegStep::Phase::press);
  if (pose) legs->pose.add(place.leg, relative(leg, *reference, *pose));
  if (loaded) legs->loaded.add(joined(place.leg, place.load), relative(leg, *reference, *loaded));
}

void LegLead::learn_neutral(const LeadPlace& place, const LegModel& leg, const LegOutcome& outcome) {
  Legs* legs = outcome.complete ? claim(place, leg) : nullptr;
  const LegStep* pose = legs ? last_of(outcome, LegStep::Phase::pose) : nullptr;
  if (pose) legs->neutral.add(place.leg, relative(leg, *last_of(outcome, LegStep::Phase::reference), *pose));
}

}  // namespace nerveload
