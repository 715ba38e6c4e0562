#pragma once
#include "postprocess/results.hpp"
#include "tests/support/block_leg.hpp"

namespace nerveload {

/// The block leg pressed by its roller, measured and judged: everything a run would hand over.
struct BlockResults {
  BlockLeg leg;
  std::vector<State> states;
  Results results;

  explicit BlockResults(double travel_mm = 8.0, int steps = 3) : states(leg.press(travel_mm, steps)) {
    Results& r = results;
    r.name = "block";
    r.anatomy = &leg.anatomy;
    r.body = leg.body;
    r.roller = leg.roller;
    r.scenario_toml = "schema = 1\n";
    r.parameters = "none\n";
    r.solver.threads = 1;
    const auto pose = measure_compression(leg.anatomy, *leg.body, states[1]);
    const double touch = states[2].unknowns[leg.roller->travel_unknown()] - travel_mm / steps;
    for (std::size_t k = 0; k < states.size(); ++k) {
      ResultStep s;
      s.phase = k == 0 ? ResultStep::Phase::reference : k == 1 ? ResultStep::Phase::pose : ResultStep::Phase::press;
      s.state = &states[k];
      if (k > 1) {
        s.contact = leg.roller->report(states[k]);
        s.indentation_mm = s.contact.travel - touch;
      }
      s.iterations = 3;
      ProfileInput in{leg.anatomy, *leg.body, states[k], leg.cable, leg.arc_length_mm, BlockLeg::station_zero_mm, 1.08, {}, {}, 10.0};
      if (k > 1) in.pose = pose;
      s.nerve = measure_profile(in);
      r.steps.push_back(std::move(s));
    }
    assign_times(r);
    judge_results(r);
  }
};

}  // namespace nerveload
