#pragma once
#include <sys/types.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace nerveload {

/// What a pool reports.
struct WorkerAnswer {
  std::string task;     ///< as it was submitted
  std::string answer;   ///< what the work made of it
  std::string failure;  ///< what the work threw or how its process ended instead, in words; empty when there is an answer
};

/// Processes that do work, so that a piece which crashes or runs out of memory takes no other with it (docs/decisions/0028). They are forked from
/// this process before it starts threads, end with it, and are started again after a crash. Tasks and answers are single lines of text; tasks of a
/// group go to one process after each other.
class WorkerPool {
 public:
  /// Called in the processes; what it keeps from task to task stays within its process. What it throws is told; the process goes on.
  using Work = std::function<std::string(const std::string& task)>;
  struct Options {
    int workers = 1;
    std::function<bool()> stopped;  ///< asked several times a second
    std::function<void(WorkerAnswer)> answered;
    std::function<void()> idle;  ///< between rounds of answers, twenty times a second at least; may be empty
  };
  WorkerPool(Work work, Options options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Hands a group over, waiting for a process that is free. @return false when asked to stop
  bool submit(std::vector<std::string> group);
  /// Waits for all that is under way. @return false when asked to stop
  bool drain();

 private:
  struct Worker {
    pid_t process = -1;
    int channel = -1;
    std::string unread;
    std::deque<std::string> queue;  ///< the first one is being computed when busy
    bool busy = false;
  };
  void start(Worker& worker);
  void end(Worker& worker);
  void hand_over(Worker& worker);
  bool serve();
  void receive(Worker& worker);
  void bury(Worker& worker);

  Work work_;
  Options options_;
  std::vector<Worker> workers_;
};

}  // namespace nerveload
