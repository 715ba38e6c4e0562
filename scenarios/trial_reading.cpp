#include "scenarios/trial_reading.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace nerveload {
namespace {

[[noreturn]] void try_reading(rlim_t seconds, const std::function<void()>& read) {
  const rlimit time{seconds, seconds}, no_core{0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_CORE, &no_core);
  // What the C library or a sanitizer says of a broken heap is no message for the user.
  if (const int nowhere = open("/dev/null", O_WRONLY); nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  try {
    read();
  } catch (...) {  // the caller will see it for itself
  }
  _exit(0);
}

}  // namespace

bool survives_reading(const std::filesystem::path& file, const std::function<void()>& read) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(file, none);
  const rlim_t seconds = 60 + (none ? 0 : bytes / 1'000'000);
  const pid_t child = fork();
  if (child < 0) return true;  // no process to be had: as without a trial
  if (child == 0) try_reading(seconds, read);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return true;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace nerveload
