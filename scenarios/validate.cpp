#include "scenarios/validate.hpp"

namespace nerveload {
namespace {

void judge_quantity(const ValidationQuantity& q, const std::string& fidelity, ValidatedQuantity& v) {
  if (q.not_comparable.empty()) v.status = is_within(*v.model, q.accept_low, q.accept_high) ? ValidationStatus::inside : ValidationStatus::outside;
  else v.reason = q.not_comparable;
  if (v.status == ValidationStatus::outside) v.reason = q.finding;
  const auto recorded = q.recorded.find(fidelity);
  if (recorded == q.recorded.end()) return;
  const RecordedBand& band = recorded->second;
  const bool same_outcome = v.status == ValidationStatus::not_comparable || band.inside == (v.status == ValidationStatus::inside);
  v.within_record = same_outcome && *v.model >= band.low && *v.model <= band.high;
}

ValidatedQuantity evaluate(const ValidationCase& c, const ValidationQuantity& q, const RunJobs& jobs, const std::string& fidelity) {
  ValidatedQuantity v;
  v.name = q.name;
  v.title = q.title;
  v.unit = q.unit;
  v.source = q.source;
  v.published = q.published;
  v.spread = q.spread;
  v.accept_low = q.accept_low;
  v.accept_high = q.accept_high;
  if (const auto recorded = q.recorded.find(fidelity); recorded != q.recorded.end()) {
    v.band_low = recorded->second.low;
    v.band_high = recorded->second.high;
  }
  v.reason = q.not_comparable;
  if (q.figure.figure.empty()) return v;
  try {
    v.model = value_of(q, [&](const std::string& run) -> const RunFigures& { return jobs.figures(c.id, run); });
  } catch (const InputError&) {
    throw;
  } catch (const std::runtime_error& e) {
    v.status = ValidationStatus::failed;
    v.reason = e.what();
    v.within_record = false;
    return v;
  }
  judge_quantity(q, fidelity, v);
  return v;
}

}  // namespace

Validation validate(const std::vector<ValidationCase>& cases, const RunOptions& options) {
  std::vector<RunRequest> requests;
  for (const ValidationCase& c : cases)
    for (const CaseRun& run : c.runs) requests.push_back({c.id, run.name, c.path / run.file, c.texts.at(run.file), run.settings});
  RunJobs jobs(requests, options.fidelity);
  Validation result;
  result.stopped = !jobs.solve(options);
  for (const ValidationCase& c : cases) {
    ValidatedTarget target{c.id, c.title, to_string(c.role), c.folder, c.caveat, {}};
    for (const ValidationQuantity& q : c.quantities) target.quantities.push_back(evaluate(c, q, jobs, options.fidelity));
    result.targets.push_back(std::move(target));
  }
  return result;
}

}  // namespace nerveload
