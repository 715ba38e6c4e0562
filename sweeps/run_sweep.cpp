#include "sweeps/run_sweep.hpp"

#include <algorithm>
#include <optional>

#include "postprocess/build_info.hpp"
#include "postprocess/files.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/worker_pool.hpp"
#include "solver/base/clock.hpp"
#include "sweeps/design.hpp"
#include "sweeps/scratch_store.hpp"

namespace nerveload {
namespace {

bool in_shard(const DesignPoint& p, const SweepOptions& o) { return p.family % o.shards == o.shard - 1; }

StoreHead head_of(const SweepPlan& plan, const SweepOptions& o) {
  StoreHead head{plan.name, plan.hash, plan.text(), {}, plan.answers, plan.design.points, o.shard, o.shards, program_version()};
  for (const SweepParameter& p : plan.parameters) head.keys.push_back(p.key);
  return head;
}

void expect_design(const SweepPlan& plan, const StoreHead& head, const std::filesystem::path& dir) {
  if (head.hash != plan.hash)
    throw OutputError("the store in '" + dir.string() + "' is of another design (" + head.name + ", " + std::to_string(head.points) +
                      " points): the sweep file, its base or the options have changed; choose another folder");
}

SweepStore store_of(const SweepPlan& plan, const std::filesystem::path& dir, const std::filesystem::path& file, const SweepOptions& o) {
  if (!SweepStore::exists(file)) return SweepStore::create(file, head_of(plan, o), o.alone);
  if (!o.resume) throw OutputError("'" + dir.string() + "' holds a sweep already; go on with it by --resume, or choose another folder");
  SweepStore store = SweepStore::open(file, o.alone);
  const StoreHead& head = store.head();
  expect_design(plan, head, dir);
  if (head.shard != o.shard || head.shards != o.shards)
    throw OutputError("the store in '" + dir.string() + "' is shard " + std::to_string(head.shard) + "/" + std::to_string(head.shards) + ", not " +
                      std::to_string(o.shard) + "/" + std::to_string(o.shards));
  if (head.version != program_version() && !o.mixed)
    throw OutputError("the store in '" + dir.string() + "' was begun by version " + head.version + ", this is " + program_version() +
                      "; mix them with --mixed, or choose another folder");
  store.retitle(plan.name, plan.answers);
  if (o.retry_failed) store.forget_failed();
  return store;
}

std::string inputs_json(const SweepPlan& plan, const DesignPoint& point) {
  std::string text = "{";
  for (std::size_t i = 0; i < point.values.size(); ++i) text += (i ? ",\"" : "\"") + plan.parameters[i].key + "\":" + point.values[i];
  return text + "}";
}

PointOutcome point_outcome(const WorkerAnswer& answer) {
  if (answer.failure.empty()) return outcome_from_line(answer.answer);
  PointOutcome crashed;
  crashed.status = PointOutcome::Status::crashed;
  crashed.reason = answer.failure;
  return crashed;
}

/// The report has nothing to say of a figure that points do not have: told with the first of them, not after the last.
void warn_of_unanswered(const std::vector<std::string>& answers, const PointOutcome& point, const std::function<void(const std::string&)>& warned) {
  std::vector<std::string> names;
  for (const auto& [name, value] : point.figures) names.push_back(name);
  for (const std::string& figure : answers) {
    if (std::find(names.begin(), names.end(), figure) != names.end()) continue;
    const std::string question = did_you_mean(figure, names, "\"");
    warned("[answers] figures: the first complete point has no " + figure + (question.empty() ? "; " : question + " ") +
           "if no point has it, the report will not answer it: correct it and call again with --resume, which keeps the points");
  }
}

/// Runs the missing points through the pool, and their rows into the store.
class Execution {
 public:
  Execution(const SweepPlan& plan, SweepStore& store, const ScratchStore* scratch, const PointEvaluator& evaluate, const SweepOptions& options)
      : plan_(plan), store_(store), scratch_(scratch), evaluate_(evaluate), options_(options) {}

  void run() {
    count();
    progress_.kept = kept_;
    if (options_.observer) options_.observer(progress_);
    if (progress_.of == 0) return;
    WorkerPool pool([this](const std::string& task) { return to_line(evaluate_(task_from_line(task))); },
                    {static_cast<int>(std::min<std::int64_t>(options_.jobs, progress_.of)), options_.stopped,
                     [this](const WorkerAnswer& a) { take(task_from_line(a.task), point_outcome(a)); }, [this] { commit_old(); }});
    std::vector<std::string> group;
    std::int64_t family = -1;
    bool going = true;
    visit_design(plan_, [&](const DesignPoint& p) {
      if (!missing(p)) return true;
      constexpr std::size_t most = 32;  // so that one long family does not keep the other processes waiting
      if (p.family != family || group.size() >= most) {
        going = pool.submit(std::move(group));
        group.clear();
      }
      family = p.family;
      group.push_back(to_line(PointTask{p.number, inputs_json(plan_, p), point_settings(plan_, p.values)}));
      return going;
    });
    going = going && pool.submit(std::move(group)) && pool.drain();
    commit();
    end_.stopped = !going;
  }
  SweepEnd end() {
    end_.computed = progress_.done;
    end_.kept = kept_;
    end_.counts = store_.counts();
    return end_;
  }

 private:
  bool missing(const DesignPoint& p) const { return in_shard(p, options_) && !store_.has(p.number); }
  void count() {
    visit_design(plan_, [&](const DesignPoint& p) {
      if (in_shard(p, options_)) ++(store_.has(p.number) ? kept_ : progress_.of);
      return true;
    });
  }

  void take(PointTask task, PointOutcome o) {
    if (options_.warned && !warned_ && o.status == PointOutcome::Status::complete) {
      warn_of_unanswered(plan_.answers, o, options_.warned);
      warned_ = true;
    }
    rows_.push_back({task.number, std::move(task.inputs), to_string(o.status), std::move(o.reason), figures_json(o.figures), std::move(o.profile),
                     std::move(o.scenario_sha256), program_version(), o.wall_s, o.cpu_s, o.led});
    ++progress_.done;
    progress_.failed += o.status != PointOutcome::Status::complete;
    if (rows_.size() == 1) first_uncommitted_s_ = clock_.seconds();
    progress_.elapsed_s = clock_.seconds();
    progress_.left_s = progress_.elapsed_s / double(progress_.done) * double(progress_.of - progress_.done);
    commit_old();
  }

  /// A commit waits for the disk: rows that come within a twentieth of a second share one.
  void commit_old() {
    constexpr double together_s = 0.05;
    if (!rows_.empty() && clock_.seconds() - first_uncommitted_s_ >= together_s) commit();
  }

  void commit() {
    if (rows_.empty()) return;
    store_.put(rows_);
    if (scratch_ && clock_.seconds() - shelved_s_ >= options_.shelve_every_s) shelve();
    progress_.last = &rows_.back();
    if (options_.observer) options_.observer(progress_);
    rows_.clear();
    progress_.last = nullptr;
  }

  /// A folder of the network may be away for a while: the next period tries again.
  void shelve() {
    try {
      scratch_->shelve(store_);
    } catch (const OutputError& e) {
      if (options_.warned) options_.warned(std::string(e.what()) + "; tried again later, the store is safe in '" + scratch_->file().string() + "'");
    }
    shelved_s_ = clock_.seconds();
  }

  const SweepPlan& plan_;
  SweepStore& store_;
  const ScratchStore* scratch_;
  const PointEvaluator& evaluate_;
  const SweepOptions& options_;
  std::vector<StoredPoint> rows_;
  SweepProgress progress_;
  SweepEnd end_;
  std::int64_t kept_ = 0;
  bool warned_ = false;
  double first_uncommitted_s_ = 0.0, shelved_s_ = 0.0;
  Clock clock_;
};

}  // namespace

std::string program_version() {
  static const std::string version = [] {
    const BuildInfo info = build_info();
    return info.version + " (" + info.git + ")";
  }();
  return version;
}

void expect_same_design(const SweepPlan& plan, const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> folders{dir};
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "slurm", error)) folders.push_back(entry.path());
  for (const auto& folder : folders)
    if (SweepStore::exists(folder / store_name)) expect_design(plan, SweepStore::read(folder / store_name).head(), folder);
}

SweepEnd run_sweep(const SweepPlan& plan, const std::filesystem::path& dir, const PointEvaluator& evaluate, const SweepOptions& options) {
  // A design that cannot be drawn is told before there is a store.
  visit_design(plan, [](const DesignPoint&) { return true; });
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error) throw OutputError("cannot create the folder '" + dir.string() + "': " + error.message());
  const FolderLock lock(dir);  // only one process adds to a store
  std::optional<ScratchStore> scratch;
  if (!options.scratch.empty()) {
    if (!options.resume && SweepStore::exists(dir / store_name)) store_of(plan, dir, dir / store_name, options);  // refuses
    scratch.emplace(options.scratch, dir);
  }
  SweepStore store = store_of(plan, dir, scratch ? scratch->file() : dir / store_name, options);
  Execution execution(plan, store, scratch ? &*scratch : nullptr, evaluate, options);
  try {
    execution.run();
    store.settle();
  } catch (const std::exception& e) {
    if (scratch) scratch->bring_home(store, std::string(e.what()) + "; ");
    throw;
  }
  if (scratch) scratch->bring_home(store);
  return execution.end();
}

}  // namespace nerveload
