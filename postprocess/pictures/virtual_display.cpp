#include "postprocess/pictures/virtual_display.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "solver/base/held_signals.hpp"

namespace nerveload {
namespace {

/// What the server writes to its display pipe: the number it chose and a line end. Empty when it does not come.
std::string read_number(int pipe) {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::seconds(10);
  std::string text;
  while (clock::now() < deadline) {
    pollfd waiting{pipe, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    if (poll(&waiting, 1, static_cast<int>(std::max<long>(left, 1))) <= 0) continue;
    char c;
    if (read(pipe, &c, 1) != 1) return {};
    if (c == '\n') return text;
    text += c;
  }
  return {};
}

[[noreturn]] void become_server(int pipe, pid_t parent) {
  hold_no_signals();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  // An interrupt from the keyboard is for the program, which then ends the server.
  setpgid(0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(nothing, 1);
  dup2(nothing, 2);
  const std::string number = std::to_string(pipe);
  execlp("Xvfb", "Xvfb", "-displayfd", number.c_str(), "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset", "+extension", "GLX",
         static_cast<char*>(nullptr));
  _exit(127);
}

}  // namespace

std::unique_ptr<VirtualDisplay> VirtualDisplay::start() {
  int ends[2];
  if (pipe(ends) != 0) return nullptr;
  const pid_t parent = getpid(), server = fork();
  if (server == 0) {
    close(ends[0]);
    become_server(ends[1], parent);
  }
  close(ends[1]);
  if (server < 0) {
    close(ends[0]);
    return nullptr;
  }
  std::unique_ptr<VirtualDisplay> display(new VirtualDisplay(server));
  const std::string number = read_number(ends[0]);
  close(ends[0]);
  if (number.empty()) return nullptr;
  display->name_ = ":" + number;
  return display;
}

VirtualDisplay::~VirtualDisplay() {
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
}

}  // namespace nerveload
