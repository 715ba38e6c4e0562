#include "scenarios/advise.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/input.hpp"
#include "scenarios/leg_meshes.hpp"
#include "scenarios/leg_trials.hpp"
#include "scenarios/levers.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/resolved_fault.hpp"
#include "solver/base/clock.hpp"

namespace nerveload {
namespace {

using Status = AdviceProposal::Status;

/// Demands on a trial, in this order; each is the logarithm of a ratio.
const std::vector<Demand> demands = {{false}, {false}, {true}};  // compression and tension under the level, the muscle's share kept

/// What no advice can be given for: told at its key.
void check_advised(const Scenario& s) {
  std::vector<InputFault> faults;
  const auto refuse = [&](const std::string& key, const std::string& value, const std::string& message) {
    faults.push_back(resolved_fault(s, key, value, message));
  };
  if (!s.roller.present) refuse("roller.kind", "\"none\"", "advice is about a roller that presses");
  if (s.roller.seat) refuse("roller.shape", "\"plane\"", "a seat has no place along the nerve; expected \"cylinder\"");
  if (s.roller.friction != 0.0) refuse("roller.friction", written_number(s.roller.friction), "there are no derivatives with friction; expected 0");
  if (s.motion.relaxation) refuse("motion.relaxation", "true", "there are no derivatives where tissue relaxes; expected false");
  if (s.motion.kind != Motion::Kind::hold) refuse("motion.kind", "\"stroke\"", "advice is for a roller that stays at one place; expected \"hold\"");
  if (s.roller.present && s.load.kind != LoadGoal::Kind::force)
    refuse("load", "", "there are no derivatives for a load that is no force; expected force or body_weight_fraction");
  if (!faults.empty()) throw InputError(std::move(faults));
}

class Advisor {
 public:
  Advisor(const std::filesystem::path& file, const AdviceOptions& options)
      : file_(file), options_(options), base_(read(options.settings)), trials_(trial_options()) {
    check_advised(base_);
    advice_.name = base_.name;
    advice_.fidelity = to_string(base_.fidelity);
    advice_.level = options.level;
    advice_.level_name = base_.thresholds.levels[options.level].name;
    advice_.keep = options.keep;
    advice_.levers = levers_of(base_);
  }

  Advice advise() {
    mesh_leg(leg_input(base_));  // a scenario that cannot be meshed is refused here, a proposal later is not
    const LegTrial& start = run("as it is", base_, {}, {}, true);
    advice_.before = start.load;
    if (start.load.failure.empty()) {
      advice_.fault_of_slopes = start.fault_of_slopes;
      muscle_ = start.muscle;
      advice_.muscle = to_string(start.muscle);
      std::replace(advice_.muscle.begin(), advice_.muscle.end(), '_', ' ');
      start_ = trial_of(start);
      if (advice_.fault_of_slopes.empty() && !advice_.before.under()) propose();
    }
    conclude(advice_);
    if (trials_.stopped()) advice_.status = Advice::Status::interrupted;
    advice_.runs = trials_.runs();
    return advice_;
  }

 private:
  LegTrials::Options trial_options() const {
    LegTrials::Options o;
    o.level = options_.level;
    o.threads = options_.threads;
    for (const AdviceLever& l : levers_of(base_)) o.levers.push_back(l.key);
    o.stopped = options_.stopped;
    o.kept = options_.kept;
    o.keep = options_.keep_run;
    return o;
  }

  Scenario read(const std::vector<std::string>& settings) const {
    Scenario s = read_scenario(file_, settings);
    if (options_.mesh) s.fidelity = *options_.mesh;
    return s;
  }

  void propose() {
    constexpr int trials_together = 6, trials_alone = 3;
    add(search("combined", box_of(advice_.levers), trials_together));
    for (const auto& [lever, place] : by_promise())
      add(place < options_.most_single ? search(name_of(advice_.levers[lever]), box_of_one(advice_.levers, lever), trials_alone) : untried(lever));
    for (const std::string& kind : preset_names("roller"))
      if (kind != "none" && kind != base_.roller.kind) try_roller(kind);
  }

  /// What was cut short says nothing.
  void add(AdviceProposal p) {
    if (!trials_.stopped()) advice_.proposals.push_back(std::move(p));
  }

  /// Levers, the most promising alone first, with their place in that order: by what is left of the demands as linearised, then by effort.
  std::vector<std::pair<std::size_t, int>> by_promise() const {
    struct Promise {
      std::size_t lever;
      double left, effort;
    };
    std::vector<Promise> promises;
    for (std::size_t i = 0; i < advice_.levers.size(); ++i) {
      const std::vector<double> at = least_linear_change(start_, no_change(), demands, box_of_one(advice_.levers, i), LeastChangeOptions{}.margin);
      Trial there = start_;
      for (std::size_t j = 0; j < demands.size(); ++j) there.demands[j] += start_.slopes[j][i] * at[i];
      promises.push_back({i, std::max(0.0, shortfall(there, demands)), effort(at)});
    }
    std::stable_sort(promises.begin(), promises.end(),
                     [](const Promise& a, const Promise& b) { return a.left != b.left ? a.left < b.left : a.effort < b.effort; });
    std::vector<std::pair<std::size_t, int>> order;
    for (const Promise& p : promises) order.emplace_back(p.lever, static_cast<int>(order.size()));
    return order;
  }

  AdviceProposal untried(std::size_t lever) const {
    AdviceProposal p;
    p.name = name_of(advice_.levers[lever]);
    p.remark = "promises less by its derivatives";
    return p;
  }

  AdviceProposal search(const std::string& name, const ChangeBox& box, int most_trials) {
    AdviceProposal p;
    p.name = name;
    LeastChangeOptions how;
    how.most_trials = most_trials;
    const auto trial = [&](const std::vector<double>& change) { return attempt(name, change); };
    const LeastChange found = find_least_change(start_, demands, box, trial, how);
    p.runs = found.trials;
    p.changes = changes_of(advice_.levers, found.change);
    if (p.changes.empty()) {
      p.status = found.last_failure.empty() ? Status::falls_short : Status::failed;
      p.after = advice_.before;
      p.remark = found.last_failure.empty() ? "no change of it comes nearer" : found.last_failure;
      return p;
    }
    // What is proposed is what was run, as it is written.
    const Scenario scenario = read(settings_of(p.changes));
    p.after = run(name, scenario, p.changes, muscle_, true).load;
    p.status = p.after.under() && kept_share(p.after) ? Status::reaches : Status::falls_short;
    p.effort = effort(found.change);
    p.scenario_toml = resolved_toml(scenario);
    return p;
  }

  void try_roller(const std::string& kind) {
    AdviceProposal p;
    p.name = "roller_" + kind;
    p.changes = {{"roller.kind", base_.roller.kind, kind}};
    try {
      const Scenario scenario = read(settings_of(p.changes));
      if (scenario.roller.seat || trials_.stopped()) return;  // a seat is not rolled on
      p.after = run(p.name, scenario, p.changes, muscle_, false).load;
      p.runs = 1;
      p.status = !p.after.failure.empty() ? Status::failed : p.after.under() && kept_share(p.after) ? Status::reaches : Status::falls_short;
      p.remark = p.after.failure;
      if (p.after.failure.empty()) p.scenario_toml = resolved_toml(scenario);
    } catch (const InputError& e) {
      p.status = Status::failed;
      p.remark = e.what();
    }
    add(std::move(p));
  }

  bool kept_share(const AdvisedLoad& after) const { return after.muscle_kPa >= options_.keep * advice_.before.muscle_kPa; }

  Trial attempt(const std::string& name, const std::vector<double>& change) {
    if (trials_.stopped()) return {"interrupted", {}, {}, {}};
    try {
      const std::vector<double> written = as_written(advice_.levers, change);
      const std::vector<AdvisedChange> changes = changes_of(advice_.levers, written);
      Trial trial = trial_of(run(name, read(settings_of(changes)), changes, muscle_, true));
      trial.change = written;
      return trial;
    } catch (const InputError& e) {
      return {e.what(), {}, {}, {}};
    }
  }

  /// A leg's run as the search sees it.
  Trial trial_of(const LegTrial& leg) const {
    if (!leg.load.failure.empty() || !leg.fault_of_slopes.empty()) return {leg.load.failure + leg.fault_of_slopes, {}, {}, {}};
    constexpr double next_to_nothing = 1e-3;  // utilisation whose logarithm is still a number
    Trial t;
    t.demands = {std::log(std::max(leg.load.compression, next_to_nothing)), std::log(std::max(leg.load.tension, next_to_nothing)),
                 std::log(options_.keep * advice_.before.muscle_kPa / leg.load.muscle_kPa)};
    t.slopes.assign(demands.size(), no_change());
    for (std::size_t i = 0; i < advice_.levers.size(); ++i) {
      const AdviceLever& l = advice_.levers[i];
      const auto found = leg.slopes.find(l.key);
      if (found == leg.slopes.end()) continue;
      const auto& [compression, tension, muscle] = found->second;
      t.slopes[0][i] = compression * l.effort_unit;
      t.slopes[1][i] = tension * l.effort_unit;
      t.slopes[2][i] = -muscle * l.effort_unit;
    }
    return t;
  }

  std::vector<double> no_change() const { return std::vector<double>(advice_.levers.size(), 0.0); }

  std::vector<std::string> settings_of(const std::vector<AdvisedChange>& changes) const {
    std::vector<std::string> settings = options_.settings;
    for (const AdvisedChange& c : changes) settings.push_back(c.key + "=" + c.to);
    return settings;
  }

  const LegTrial& run(const std::string& name, const Scenario& scenario, const std::vector<AdvisedChange>& changes, std::optional<Tissue> muscle,
                      bool slopes) {
    const bool anew = !trials_.knows(scenario, muscle, slopes);
    AdviceProgress progress{name, changes, trials_.runs() + 1, nullptr, clock_.seconds()};
    if (anew && options_.observer) options_.observer(progress);
    const LegTrial& trial = trials_.run(scenario, muscle, slopes);
    progress.load = &trial.load;
    progress.elapsed_s = clock_.seconds();
    if (anew && options_.observer) options_.observer(progress);
    return trial;
  }

  std::filesystem::path file_;
  const AdviceOptions& options_;
  Scenario base_;
  LegTrials trials_;
  Advice advice_;
  std::optional<Tissue> muscle_;
  Trial start_;
  Clock clock_;
};

}  // namespace

Advice find_advice(const std::filesystem::path& scenario, const AdviceOptions& options) { return Advisor(scenario, options).advise(); }

}  // namespace nerveload
