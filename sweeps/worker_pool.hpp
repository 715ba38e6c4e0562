#pragma once
#include <sys/types.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sweeps/point.hpp"

namespace nerveload {

/// What a pool reports.
struct PointAnswer {
  PointTask task;
  PointOutcome outcome;
};

/// Processes that compute points, so that one which crashes or runs out of memory takes no other with it (docs/decisions/0028). They are forked
/// from this process before it starts threads, end with it, and are started again after a crash. Points of a group go to one process after
/// each other.
class WorkerPool {
 public:
  struct Options {
    int workers = 1;
    std::function<bool()> stopped;  ///< asked several times a second
    std::function<void(PointAnswer)> answered;
    std::function<void()> idle;  ///< between rounds of answers, twenty times a second at least
  };
  WorkerPool(PointEvaluator evaluate, Options options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Hands a group over, waiting for a process that is free. @return false when asked to stop
  bool submit(std::vector<PointTask> group);
  /// Waits for all that is under way. @return false when asked to stop
  bool drain();

 private:
  struct Worker {
    pid_t process = -1;
    int channel = -1;
    std::string unread;
    std::deque<PointTask> queue;  ///< the first one is being computed when busy
    bool busy = false;
  };
  void start(Worker& worker);
  void end(Worker& worker);
  void hand_over(Worker& worker);
  bool serve();
  void receive(Worker& worker);
  void bury(Worker& worker);

  PointEvaluator evaluate_;
  Options options_;
  std::vector<Worker> workers_;
};

}  // namespace nerveload
