#include "scenarios/claims.hpp"

#include <cmath>

#include "scenarios/claim_uncertainty.hpp"

namespace nerveload {
namespace {

JudgedTest judge_test(const Claim& claim, const ClaimTest& t, const RunJobs& jobs, const RunOptions& options) {
  const auto figures = [&](const std::string& run) -> const RunFigures& { return jobs.figures(claim.id, run); };
  JudgedTest j;
  j.name = t.name;
  j.title = t.title;
  j.unit = t.unit;
  j.same_effect = t.same_effect;
  j.supports_low = t.supports_low;
  j.supports_high = t.supports_high;
  j.contradicts_low = t.contradicts_low;
  j.contradicts_high = t.contradicts_high;
  const auto recorded = t.recorded.find(options.fidelity);
  for (const auto& [mesh, r] : t.recorded)
    if (mesh != options.fidelity) j.other_meshes[mesh] = r.outcome;
  if (recorded != t.recorded.end()) {
    j.band_low = recorded->second.low;
    j.band_high = recorded->second.high;
  }
  try {
    j.value = value_of(t, figures);
  } catch (const InputError&) {
    throw;
  } catch (const std::runtime_error& e) {
    j.outcome = TestOutcome::failed;
    j.reason = e.what();
    j.within_record = false;
    return j;
  }
  j.outcome = outcome_of(t, *j.value);
  if (options.uncertainty) j.uncertainty = uncertainty_of(t, *j.value, figures);
  if (recorded != t.recorded.end())
    j.within_record = recorded->second.outcome == j.outcome && *j.value >= recorded->second.low && *j.value <= recorded->second.high;
  return j;
}

/// The figures of a run that the claim's tests compare.
std::vector<std::string> compared_figures(const Claim& claim, const std::string& run) {
  std::vector<std::string> figures;
  for (const ClaimTest& t : claim.tests) {
    if (t.figure.run == run) figures.push_back(t.figure.figure);
    if (t.other && t.other->run == run) figures.push_back(t.other->figure);
  }
  return figures;
}

}  // namespace

TestOutcome outcome_of(const ClaimTest& t, double v) {
  if (std::isnan(t.supports_low)) return TestOutcome::shown;
  if (is_within(v, t.supports_low, t.supports_high)) return TestOutcome::supports;
  return is_within(v, t.contradicts_low, t.contradicts_high) ? TestOutcome::contradicts : TestOutcome::no_effect;
}

ClaimsOutcome judge_claims(const std::vector<Claim>& claims, const RunOptions& options) {
  std::vector<RunRequest> requests;
  for (const Claim& c : claims)
    for (const CaseRun& run : c.runs) {
      requests.push_back({c.id, run.name, c.path / run.file, c.texts.at(run.file), run.settings});
      if (options.uncertainty) requests.back().differentiated = compared_figures(c, run.name);
    }
  RunJobs jobs(requests, options.fidelity);
  ClaimsOutcome result;
  result.stopped = !jobs.solve(options);
  for (const Claim& c : claims) {
    JudgedClaim j;
    j.id = c.id;
    j.title = c.title;
    j.statement = c.statement;
    j.folder = c.folder;
    j.finding = c.finding;
    j.depends_on = c.depends_on;
    j.undecidable = c.undecidable;
    j.limits = c.limits;
    j.evidence = c.evidence;
    for (const ClaimTest& t : c.tests) j.tests.push_back(judge_test(c, t, jobs, options));
    if (const auto r = c.recorded.find(options.fidelity); r != c.recorded.end()) j.recorded = r->second;
    for (const auto& [mesh, outcome] : c.recorded)
      if (mesh != options.fidelity) j.other_meshes[mesh] = outcome;
    decide(j);
    result.claims.push_back(std::move(j));
  }
  return result;
}

}  // namespace nerveload
