#include "scenarios/worker_pool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>

#include "solver/base/error.hpp"
#include "solver/base/held_signals.hpp"

namespace nerveload {
namespace {

bool send_line(int channel, std::string text) {
  text += '\n';
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t n = send(channel, text.data() + at, text.size() - at, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

/// When memory runs out the kernel is to take a worker, not the process that keeps what was done.
void offer_to_the_kernel() {
  const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  [[maybe_unused]] const ssize_t n = write(file, "800", 3);
  close(file);
}

/// What goes back: a mark, then the answer as it is, or as a JSON string why there is none.
std::string reply_to(const WorkerPool::Work& work, const std::string& task) {
  std::string reason;
  try {
    return '=' + work(task);
  } catch (const std::bad_alloc&) {
    reason = "out of memory";
  } catch (const std::exception& e) {
    reason = e.what();
  }
  return '!' + nlohmann::json(reason).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// A worker's life: a line in, a line out, until the channel is closed.
[[noreturn]] void live(int channel, const WorkerPool::Work& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  hold_stop_signals();
  offer_to_the_kernel();
  std::string unread;
  char piece[65536];
  while (true) {
    const ssize_t n = recv(channel, piece, sizeof piece, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) _exit(0);
    unread.append(piece, static_cast<std::size_t>(n));
    for (std::size_t end; (end = unread.find('\n')) != std::string::npos; unread.erase(0, end + 1))
      if (!send_line(channel, reply_to(work, unread.substr(0, end)))) _exit(0);
  }
}

std::string words_of_end(int status) {
  if (WIFSIGNALED(status)) {
    const int s = WTERMSIG(status);
    return std::string("its process was ended by signal ") + std::to_string(s) + " (" + strsignal(s) + (s == SIGKILL ? "; out of memory?)" : ")");
  }
  return "its process ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

WorkerPool::WorkerPool(Work work, Options options)
    : work_(std::move(work)), options_(std::move(options)), workers_(static_cast<std::size_t>(options_.workers)) {
  NL_EXPECT(options_.workers > 0, "at least one worker");
}

WorkerPool::~WorkerPool() {
  for (Worker& w : workers_) end(w);
}

void WorkerPool::start(Worker& w) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw std::runtime_error("cannot start a worker: no channel");
  const pid_t process = fork();
  if (process < 0) {
    close(ends[0]);
    close(ends[1]);
    throw std::runtime_error("cannot start a worker: " + std::string(std::strerror(errno)));
  }
  if (process == 0) {
    // Neither the store and its lock nor the other workers' channels are this process's business.
    close_range(3, static_cast<unsigned>(ends[1]) - 1, 0);
    close_range(static_cast<unsigned>(ends[1]) + 1, ~0U, 0);
    live(ends[1], work_);
  }
  close(ends[1]);
  w.process = process;
  w.channel = ends[0];
  w.unread.clear();
}

void WorkerPool::end(Worker& w) {
  if (w.process <= 0) return;
  if (w.busy) kill(w.process, SIGKILL);
  close(w.channel);
  waitpid(w.process, nullptr, 0);
  w.process = w.channel = -1;
}

void WorkerPool::hand_over(Worker& w) {
  if (w.queue.empty()) return;
  if (w.process <= 0) start(w);
  w.busy = true;
  send_line(w.channel, w.queue.front());  // one that has died is found by its closed channel
}

bool WorkerPool::submit(std::vector<std::string> group) {
  if (group.empty()) return true;
  while (true) {
    if (options_.stopped && options_.stopped()) return false;
    for (Worker& w : workers_)
      if (!w.busy) {
        w.queue.assign(std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
        hand_over(w);
        return true;
      }
    if (!serve()) return false;
  }
}

bool WorkerPool::drain() {
  auto any = [&] {
    for (const Worker& w : workers_)
      if (w.busy) return true;
    return false;
  };
  while (any())
    if (!serve()) return false;
  if (options_.idle) options_.idle();
  return true;
}

/// One round: waits for answers and takes them.
bool WorkerPool::serve() {
  std::vector<pollfd> channels;
  std::vector<Worker*> of;
  for (Worker& w : workers_)
    if (w.busy) {
      channels.push_back({w.channel, POLLIN, 0});
      of.push_back(&w);
    }
  constexpr int round_ms = 50;
  const int ready = poll(channels.data(), channels.size(), round_ms);
  if (options_.idle) options_.idle();
  if (options_.stopped && options_.stopped()) return false;
  for (std::size_t i = 0; ready > 0 && i < channels.size(); ++i)
    if (channels[i].revents != 0) receive(*of[i]);
  return true;
}

void WorkerPool::receive(Worker& w) {
  char piece[65536];
  const ssize_t n = recv(w.channel, piece, sizeof piece, MSG_DONTWAIT);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n <= 0) return bury(w);
  w.unread.append(piece, static_cast<std::size_t>(n));
  const std::size_t end = w.unread.find('\n');
  if (end == std::string::npos) return;
  WorkerAnswer answer{std::move(w.queue.front()), {}, {}};
  if (w.unread[0] == '=') answer.answer = w.unread.substr(1, end - 1);
  else answer.failure = nlohmann::json::parse(w.unread.substr(1, end - 1)).get<std::string>();
  w.unread.erase(0, end + 1);
  w.queue.pop_front();
  w.busy = false;
  hand_over(w);  // it goes on while the answer is kept
  options_.answered(std::move(answer));
}

/// The task that was under way is answered by how its process ended; the rest of its group goes to a new process.
void WorkerPool::bury(Worker& w) {
  int status = 0;
  close(w.channel);
  waitpid(w.process, &status, 0);
  w.process = w.channel = -1;
  WorkerAnswer answer{std::move(w.queue.front()), {}, words_of_end(status)};
  w.queue.pop_front();
  w.busy = false;
  hand_over(w);
  options_.answered(std::move(answer));
}

}  // namespace nerveload
