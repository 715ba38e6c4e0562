#include "scenarios/envelope.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/anthropometry.hpp"
#include "scenarios/critical_load.hpp"
#include "scenarios/input.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/leg_meshes.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/resolved_fault.hpp"
#include "scenarios/run_jobs.hpp"
#include "solver/base/clock.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

/// Twelve places from the exit of the pelvis to the lower thigh, of the reference man.
constexpr double first_position_mm = -110.0, position_step_mm = 35.0;
constexpr int position_count = 12;

struct GridPoint {
  Scenario scenario;
  EnvelopePoint point;
};

double in_degrees(double radians) { return std::round(radians / radians_per_degree * 1e9) / 1e9; }

/// What has not been said is taken from the scenario.
EnvelopeGrid complete_grid(EnvelopeGrid grid, const Scenario& s) {
  if (grid.positions_mm.empty())
    for (int i = 0; i < position_count; ++i)
      grid.positions_mm.push_back(std::round((first_position_mm + i * position_step_mm) * s.subject.length_scale()));
  if (grid.hip_flexion_deg.empty()) grid.hip_flexion_deg = {in_degrees(s.pose.hip_flexion)};
  if (grid.knee_flexion_deg.empty()) grid.knee_flexion_deg = {in_degrees(s.pose.knee_flexion)};
  for (std::vector<double>* axis : {&grid.positions_mm, &grid.hip_flexion_deg, &grid.knee_flexion_deg}) {
    std::sort(axis->begin(), axis->end());
    axis->erase(std::unique(axis->begin(), axis->end()), axis->end());
  }
  std::vector<std::string> rollers;
  for (const std::string& r : grid.rollers)
    if (std::find(rollers.begin(), rollers.end(), r) == rollers.end()) rollers.push_back(r);
  grid.rollers = rollers;
  return grid;
}

/// What no envelope can be made for: told at its key.
void check_pressed(const Scenario& s) {
  const auto refuse = [&](const std::string& key, const std::string& value, const std::string& message) {
    throw InputError({resolved_fault(s, key, value, message)});
  };
  if (!s.roller.present) refuse("roller.kind", "\"none\"", "an envelope wants a roller that presses");
  if (s.roller.seat) refuse("roller.shape", "\"plane\"", "a seat has no place along the nerve; expected \"cylinder\"");
  if (s.roller.friction != 0.0)
    refuse("roller.friction", written_number(s.roller.friction),
           "an envelope is found without friction, where every force has one answer; expected 0");
}

std::vector<GridPoint> cells_of(const std::filesystem::path& file, const EnvelopeGrid& grid, const EnvelopeOptions& options) {
  const std::vector<std::string> rollers = grid.rollers.empty() ? std::vector<std::string>{""} : grid.rollers;
  std::vector<GridPoint> cells;
  for (const std::string& roller : rollers)
    for (const double knee : grid.knee_flexion_deg)
      for (const double hip : grid.hip_flexion_deg)
        for (const double position : grid.positions_mm) {
          std::vector<std::string> settings = options.settings;
          if (!roller.empty()) settings.push_back("roller.kind=" + roller);
          settings.push_back("roller.position_mm=" + written_number(position));
          settings.push_back("pose.hip_flexion_deg=" + written_number(hip));
          settings.push_back("pose.knee_flexion_deg=" + written_number(knee));
          settings.push_back("motion.kind=hold");
          settings.push_back("load.body_weight_fraction=" + written_number(options.most_fraction));
          GridPoint cell{read_scenario(file, settings), {}};
          check_pressed(cell.scenario);
          cell.point.position_mm = position;
          cell.point.hip_flexion_deg = hip;
          cell.point.knee_flexion_deg = knee;
          cell.point.roller = cell.scenario.roller.kind;
          cells.push_back(std::move(cell));
        }
  return cells;
}

/// A point's answer as text, to keep; and back.
std::string point_text(const EnvelopePoint& p) {
  const auto number = [](const std::optional<double>& v) { return v ? json(*v) : json(nullptr); };
  return json{{"status", p.status},
              {"force_N", number(p.critical_force_N)},
              {"fraction", number(p.critical_body_weight_fraction)},
              {"mean_pressure_kPa", number(p.critical_mean_pressure_kPa)},
              {"governing", p.governing},
              {"at_mm", p.governing_at_mm},
              {"pose", {p.pose_compression, p.pose_tension}},
              {"last", {p.compression, p.tension}}}
      .dump(1);
}

bool take_from(const std::string& text, EnvelopePoint& p) {
  const json j = json::parse(text, nullptr, false);
  try {
    const auto number = [&](const char* key) { return j.at(key).is_null() ? std::nullopt : std::optional(j.at(key).get<double>()); };
    p.status = j.at("status").get<std::string>();
    p.critical_force_N = number("force_N");
    p.critical_body_weight_fraction = number("fraction");
    p.critical_mean_pressure_kPa = number("mean_pressure_kPa");
    p.governing = j.at("governing").get<std::string>();
    p.governing_at_mm = j.at("at_mm").get<double>();
    p.pose_compression = j.at("pose").at(0).get<double>();
    p.pose_tension = j.at("pose").at(1).get<double>();
    p.compression = j.at("last").at(0).get<double>();
    p.tension = j.at("last").at(1).get<double>();
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

void take_over(const CriticalLoad& found, double weight_mN, EnvelopePoint& p) {
  p.status = to_string(found.status);
  p.reason = found.reason;
  if (found.status == CriticalLoad::Status::failed) return;
  p.governing = to_string(found.governing);
  p.governing_at_mm = found.governing_at_mm;
  p.pose_compression = found.pose.compression;
  p.pose_tension = found.pose.tension;
  p.compression = found.last.compression;
  p.tension = found.last.tension;
  if (found.status == CriticalLoad::Status::not_reached) return;
  p.critical_force_N = found.force_mN / mN_per_N;
  p.critical_body_weight_fraction = found.force_mN / weight_mN;
  p.critical_mean_pressure_kPa = found.mean_pressure_kPa;
}

}  // namespace

Envelope find_envelope(const std::filesystem::path& file, const EnvelopeGrid& wanted, const EnvelopeOptions& options) {
  const Clock clock;
  const Scenario base = read_scenario(file, options.settings);
  check_pressed(base);
  const EnvelopeGrid grid = complete_grid(wanted, base);
  std::vector<GridPoint> cells = cells_of(file, grid, options);
  const double weight_mN = cells.front().scenario.load.value / options.most_fraction;
  Envelope e;
  e.name = base.name;
  e.fidelity = to_string(base.fidelity);
  e.level = options.level;
  e.level_name = base.thresholds.levels[options.level].name;
  const JudgementContext judged = judgement_context(base);
  e.healthy = judged.condition == Condition::healthy || (judged.condition == Condition::radiculopathy && !judged.acute);  // as column_at has it
  e.healthy_kPa = base.thresholds.compression_kPa(options.level, LadderColumn::healthy, judged.hold_min);
  e.vulnerable_kPa = std::min(base.thresholds.compression_kPa(options.level, LadderColumn::irritated, judged.hold_min),
                              base.thresholds.compression_kPa(options.level, LadderColumn::root, judged.hold_min));
  e.most_fraction = options.most_fraction;
  e.most_N = cells.front().scenario.load.value / mN_per_N;
  e.positions_mm = grid.positions_mm;
  e.hip_flexion_deg = grid.hip_flexion_deg;
  e.knee_flexion_deg = grid.knee_flexion_deg;
  e.rollers = grid.rollers.empty() ? std::vector<std::string>{base.roller.kind} : grid.rollers;
  std::map<double, std::vector<NerveCompression>> neutral;
  CriticalLoadOptions how;
  how.level = options.level;
  how.most_mN = cells.front().scenario.load.value;
  how.threads = options.threads;
  how.neutral = &neutral;
  how.stopped = options.stopped;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    GridPoint& cell = cells[i];
    const std::string key = "critical load of level " + std::to_string(options.level) + "\n" + key_of(cell.scenario);
    const auto kept = options.kept ? options.kept(key) : std::nullopt;
    if (kept && take_from(kept->summary, cell.point)) {
      e.points.push_back(cell.point);
      continue;
    }
    EnvelopeProgress progress{static_cast<int>(i) + 1, static_cast<int>(cells.size()), &cell.point, false, clock.seconds()};
    if (options.observer && !options.observer(progress)) break;
    take_over(find_critical_load(cell.scenario, how), weight_mN, cell.point);
    if (options.stopped && options.stopped()) break;
    if (options.keep && cell.point.status != "failed") options.keep(key, RunFigures{true, {}, point_text(cell.point), {}});
    e.points.push_back(cell.point);
    progress.ended = true;
    progress.elapsed_s = clock.seconds();
    if (options.observer && !options.observer(progress)) break;
  }
  return e;
}

}  // namespace nerveload
