#include "app/open_page.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <iostream>
#include <string>

#include "solver/base/held_signals.hpp"

extern char** environ;

namespace nerveload::app {

void open_page(const std::filesystem::path& page) {
  const std::string file = std::filesystem::absolute(page).string();
  std::string program = "xdg-open", argument = file;
  char* words[] = {program.data(), argument.data(), nullptr};
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) posix_spawn_file_actions_addopen(&silent, stream, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t undisturbed;  // the browser may be stopped like any program, this one holds back what stops it
  posix_spawnattr_init(&undisturbed);
  const sigset_t none = no_signals();
  posix_spawnattr_setsigmask(&undisturbed, &none);
  posix_spawnattr_setflags(&undisturbed, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, program.c_str(), &silent, &undisturbed, words, environ);
  posix_spawnattr_destroy(&undisturbed);
  posix_spawn_file_actions_destroy(&silent);
  int status = 0;
  // xdg-open hands the page to a browser that is already there, or stays with the one that it starts: only a quick failure is waited for.
  for (int tenth = 0; failed == 0 && tenth < 20; ++tenth) {
    if (waitpid(child, &status, WNOHANG) == child) {
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
      std::cerr << "nerveload: xdg-open found nothing to show " << file << " with; open it with your browser\n";
      return;
    }
    usleep(100'000);
  }
  if (failed != 0) std::cerr << "nerveload: --open needs xdg-open (" << std::strerror(failed) << "); open " << file << " with your browser\n";
}

}  // namespace nerveload::app
