#include "scenarios/leg_results.hpp"

#include "scenarios/leg_input.hpp"
#include "scenarios/listing.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/scenario_story.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

std::vector<ResultStep> measure_steps(const Scenario& scenario, const MeshedLeg& solved, const std::vector<NerveCompression>& neutral) {
  const LegModel& leg = *solved.leg;
  std::vector<NerveCompression> pose;
  for (const LegStep& step : solved.outcome.steps)
    if (step.phase == LegStep::Phase::pose) pose = measure_compression(leg.anatomy, *leg.body, step.state);
  std::vector<ResultStep> steps;
  for (const LegStep& step : solved.outcome.steps) {
    const bool loaded = step.contact.pressing_force != 0.0 || step.phase == LegStep::Phase::press;
    ResultStep r;
    r.phase = static_cast<ResultStep::Phase>(step.phase);
    r.state = &step.state;
    r.contact = step.contact;
    r.indentation_mm = step.indentation_mm;
    r.loaded_s = step.loaded_s;
    r.iterations = step.iterations;
    r.nerve =
        measure_nerve(scenario, leg, step.state, neutral, loaded ? std::span<const NerveCompression>(pose) : std::span<const NerveCompression>());
    steps.push_back(std::move(r));
  }
  return steps;
}

}  // namespace

NerveProfile measure_nerve(const Scenario& scenario, const LegModel& leg, const State& state, std::span<const NerveCompression> neutral,
                           std::span<const NerveCompression> pose) {
  ProfileInput in{leg.anatomy,
                  *leg.body,
                  state,
                  leg.nerve,
                  leg.cable_arc_length_mm,
                  tuberosity_arc_length_mm * scenario.subject.length_scale(),
                  1.0 + scenario.nerve.pre_strain,
                  pose,
                  neutral};
  in.frame.mirrored = scenario.subject.side == Side::right;
  in.path_elongation_mm = leg.root_path_mm;
  return measure_profile(in);
}

Results results_of(const Scenario& scenario, const MeshedLeg& solved, const std::vector<NerveCompression>& neutral) {
  Results r;
  r.name = scenario.name;
  r.description = scenario.description;
  r.story = scenario_story(scenario);
  r.complete = solved.outcome.complete;
  r.reason = solved.outcome.reason;
  r.anatomy = &solved.leg->anatomy;
  r.body = solved.leg->body;
  r.roller = solved.leg->roller;
  r.muscles = muscle_lengths(scenario.pose, scenario.subject.length_scale());
  r.frame.mirrored = scenario.subject.side == Side::right;
  r.motion.stroke = scenario.motion.kind == Motion::Kind::stroke;
  r.motion.duration_s = scenario.motion.duration_s;
  r.motion.press_s = scenario.motion.press_duration_s;
  r.ladder = scenario.thresholds;
  r.context = judgement_context(scenario);
  r.solver.statistics = solved.outcome.statistics;
  r.solver.free_unknowns = solved.outcome.free_unknowns;
  r.solver.linear_solver = solved.outcome.linear_solver;
  r.fidelity = to_string(scenario.fidelity);
  r.scenario_toml = resolved_toml(scenario);
  r.scenario_values = resolved_toml(scenario, false);
  r.parameters = list_parameters(ListFormat::plain) + list_materials(ListFormat::plain) + list_thresholds(ListFormat::plain);
  r.fields = scenario.output.fields;
  r.every_step = scenario.output.every_step;
  r.pictures = scenario.output.pictures;
  r.picture_style = scenario.output.picture_style;
  r.report = scenario.output.report;
  r.steps = measure_steps(scenario, solved, neutral);
  assign_times(r);
  judge_results(r);
  return r;
}

std::vector<MeshFigures> coarser_figures(const Scenario& scenario, const std::vector<MeshedLeg>& meshes,
                                         const std::vector<NerveCompression>& neutral) {
  std::vector<MeshFigures> figures;
  for (std::size_t i = 0; i + 1 < meshes.size(); ++i) {
    if (!meshes[i].outcome.complete) continue;
    const Results r = results_of(scenario, meshes[i], neutral);
    const ResultStep& step = r.steps[r.governing_step];
    figures.push_back({to_string(meshes[i].fidelity),
                       r.anatomy->mesh.cells.size(),
                       peak_of(step.nerve, &NerveStation::compression_kPa),
                       peak_of(step.nerve, &NerveStation::strain_percent),
                       step.contact,
                       step.indentation_mm,
                       {}});
    for (const ResultStep& s : r.steps)
      if (s.phase == ResultStep::Phase::pose || s.phase == ResultStep::Phase::press)
        figures.back().pressing.push_back(
            {s.indentation_mm, s.contact.pressing_force / mN_per_N, peak_of(s.nerve, &NerveStation::compression_kPa).value});
  }
  return figures;
}

}  // namespace nerveload
