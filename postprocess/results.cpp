#include "postprocess/results.hpp"

#include <algorithm>
#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

using Phase = ResultStep::Phase;

std::vector<int> loaded_steps(const Results& r) {
  std::vector<int> loaded;
  for (int k = first_loaded_step(r); k < static_cast<int>(r.steps.size()); ++k) loaded.push_back(k);
  return loaded;
}

/// Of a stroke or a hold.
bool timed(Phase phase) { return phase == Phase::stroke || phase == Phase::hold; }

bool worse(const Verdict& a, const Verdict& b) {
  if (a.level != b.level) return a.level > b.level;
  const LevelUtilisation &x = a.by_level[std::max(1, a.level)], &y = b.by_level[std::max(1, b.level)];
  return std::max(x.compression, x.tension) > std::max(y.compression, y.tension);
}

}  // namespace

const char* to_string(Phase phase) {
  switch (phase) {
    case Phase::pose: return "pose";
    case Phase::press: return "press";
    case Phase::stroke: return "stroke";
    case Phase::hold: return "hold";
    default: return "reference";
  }
}

int first_loaded_step(const Results& r) {
  int first = static_cast<int>(r.steps.size()) - 1;
  while (first > 0 && timed(r.steps[first].phase)) --first;
  return first;
}

void assign_times(Results& r) {
  double deepest = 0.0;
  int poses = 0;
  for (const ResultStep& s : r.steps) {
    if (s.phase == Phase::press) deepest = std::max(deepest, s.indentation_mm);
    poses += s.phase == Phase::pose;
  }
  int pose = 0;
  double before = 0.0;
  for (ResultStep& s : r.steps) {
    if (s.phase == Phase::pose) s.time_s = double(++pose) / poses;
    if (s.phase == Phase::press) s.time_s = 1.0 + (deepest > 0.0 ? r.motion.press_s * std::max(0.0, s.indentation_mm) / deepest : 0.0);
    if (timed(s.phase)) s.time_s = 1.0 + r.motion.press_s + s.loaded_s;
    // Times rise strictly, also where settling on the load goes back by a little.
    if (&s != &r.steps.front()) s.time_s = std::max(s.time_s, before + 1e-3);
    before = s.time_s;
  }
}

void judge_results(Results& r) {
  NL_EXPECT(!r.steps.empty(), "at least one step");
  for (ResultStep& s : r.steps) s.verdict = judge(s.nerve, r.ladder, r.context);
  const std::vector<int> loaded = loaded_steps(r);
  r.governing_step = loaded.front();
  for (const int k : loaded)
    if (worse(r.steps[k].verdict, r.steps[r.governing_step].verdict)) r.governing_step = k;
  r.verdict = r.steps[r.governing_step].verdict;
  int without = 0;
  for (const int k : loaded) without = std::max(without, r.steps[k].verdict.without_double_site);
  r.verdict.without_double_site = without;
  if (r.fidelity == "coarse") r.verdict.text = "Preview on a coarse mesh, whose pressures are too low. " + r.verdict.text;
  if (!r.complete) r.verdict.text = "The full load was not reached, so the true load on the nerve may be higher. " + r.verdict.text;
}

Exposure measure_exposure(const Results& r) {
  Exposure e;
  const std::vector<int> loaded = loaded_steps(r);
  const std::size_t stations = r.steps[loaded.front()].nerve.stations.size();
  std::vector<double> times;
  for (const int k : loaded) times.push_back(r.steps[k].time_s);
  const double span = times.back() - times.front();
  for (std::size_t i = 0; i < stations; ++i) {
    std::vector<double> p;
    for (const int k : loaded) p.push_back(r.steps[k].nerve.stations[i].compression_kPa);
    const LadderColumn column = column_at(r.steps[loaded.front()].nerve.stations[i].arc_length_mm, r.ladder, r.context);
    for (int level = 1; level < ladder_levels; ++level) {
      const double limit = r.ladder.compression_kPa(level, column, r.context.hold_min);
      if (!std::isfinite(limit)) continue;
      const double share = span > 0.0 ? time_above(times, p, limit) / span : (p.back() >= limit ? 1.0 : 0.0);
      e.seconds_per_minute[level] = std::max(e.seconds_per_minute[level], 60.0 * share);
    }
  }
  e.seconds_above_caution = r.motion.duration_s * e.seconds_per_minute[1] / 60.0;
  return e;
}

}  // namespace nerveload
