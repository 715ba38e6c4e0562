#include "postprocess/pictures/apart.hpp"

#include <fcntl.h>
#include <omp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "solver/base/held_signals.hpp"

namespace nerveload {
namespace {

[[noreturn]] void work_and_leave(int pipe, const std::string& display, const std::function<void()>& work) {
  hold_no_signals();  // it ends as soon as it is told, or when its parent does
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  for (const int signal : {SIGINT, SIGTERM, SIGABRT, SIGSEGV, SIGPIPE}) ::signal(signal, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 1);
  dup2(nothing, 2);
  setenv("DISPLAY", display.c_str(), 1);
  omp_set_num_threads(1);  // the threads of the parent do not exist here
  std::string failure;
  try {
    work();
  } catch (const std::exception& e) {
    failure = e.what();
    if (failure.empty()) failure = "unknown failure";
  }
  const ssize_t told = write(pipe, failure.data(), failure.size());
  // No clean-up of what was copied: it belongs to the parent.
  _exit(told == static_cast<ssize_t>(failure.size()) && failure.empty() ? 0 : 1);
}

}  // namespace

std::string run_apart(const std::string& display, const std::function<void()>& work, std::chrono::seconds limit) {
  int ends[2];
  if (pipe(ends) != 0) return std::string("no pipe: ") + std::strerror(errno);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    work_and_leave(ends[1], display, work);
  }
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return std::string("no second process: ") + std::strerror(errno);
  }
  // The pipe closes when the child ends, whatever its end.
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + limit;
  std::string told;
  bool ended = false;
  while (!ended && clock::now() < deadline) {
    pollfd waiting{ends[0], POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    if (poll(&waiting, 1, static_cast<int>(std::max<long>(left, 1))) <= 0) continue;
    char text[512];
    const ssize_t count = read(ends[0], text, sizeof text);
    if (count > 0) told.append(text, static_cast<std::size_t>(count));
    ended = count <= 0;
  }
  close(ends[0]);
  if (!ended) kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  if (!ended) return "drawing took longer than " + std::to_string(limit.count()) + " s";
  if (!told.empty()) return told;
  if (WIFSIGNALED(status)) return std::string("the graphics driver failed (") + strsignal(WTERMSIG(status)) + ")";
  return status == 0 ? "" : "drawing failed";
}

}  // namespace nerveload
