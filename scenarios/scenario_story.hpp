#pragma once
#include "postprocess/results.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// What a scenario says, for people: person, condition, posture, roller, load and motion in plain words, and the lengths of a drawing.
ScenarioStory scenario_story(const Scenario& scenario);

}  // namespace nerveload
