#include "app/interrupt.hpp"

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <thread>

namespace nerveload::app {
namespace {

std::atomic<bool> requested{false};

sigset_t stop_signals() {
  sigset_t all;
  sigemptyset(&all);
  sigaddset(&all, SIGINT);
  sigaddset(&all, SIGTERM);
  return all;
}

/// Libraries start threads as they are loaded (OpenBLAS), and set handlers while they work (METIS, for SIGTERM, with a jump that must not be
/// taken by another thread). So stop signals are held back before any library begins, which all threads inherit.
void hold_stop_signals(int, char**, char**) {
  const sigset_t stop = stop_signals();
  sigprocmask(SIG_BLOCK, &stop, nullptr);
}

[[gnu::section(".preinit_array"), gnu::used]] void (*const before_any_library)(int, char**, char**) = hold_stop_signals;

}  // namespace

void end_at_stop_signals() {
  const sigset_t stop = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
}

void catch_stop_signals() {
  const sigset_t stop = stop_signals();
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::thread([stop] {
    for (int signal = 0; sigwait(&stop, &signal) == 0;) requested = true;
  }).detach();
}

bool stop_requested() { return requested; }

}  // namespace nerveload::app
