#pragma once
#include <string>
#include <vector>

#include "postprocess/advice_results.hpp"
#include "scenarios/least_change.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// What advice may change in a scenario: place of the roller along the nerve and to the side, its lean and turn, the angles of the joints. A change is a number
/// of effort units a lever.
std::vector<AdviceLever> levers_of(const Scenario& scenario);

/// "roller_position" of roller.position_mm.
std::string name_of(const AdviceLever& lever);

/// How far each may go.
ChangeBox box_of(const std::vector<AdviceLever>& levers);
/// Only one of them moves.
ChangeBox box_of_one(const std::vector<AdviceLever>& levers, std::size_t lever);

/// A change as it is written, to whole millimetres and degrees: nobody places a roller more exactly.
std::vector<double> as_written(const std::vector<AdviceLever>& levers, const std::vector<double>& change);

/// The values of the levers that move; of a change as it is written.
std::vector<AdvisedChange> changes_of(const std::vector<AdviceLever>& levers, const std::vector<double>& written);

}  // namespace nerveload
